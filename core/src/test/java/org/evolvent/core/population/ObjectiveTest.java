package org.evolvent.core.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.evolvent.core.population.Objective.Goal;
import org.junit.jupiter.api.Test;

class ObjectiveTest {
    private final Objective loss = new Objective("loss", Goal.MINIMIZE);
    private final Objective accuracy = new Objective("accuracy", Goal.MAXIMIZE);

    @Test
    void moreFitnessIsBetter() {
        assertThat(loss.fitness(new Score.Valid(2))).isEqualTo(-2);
        assertThat(accuracy.fitness(new Score.Valid(2))).isEqualTo(2);
        assertThat(loss.fitness(new Score.Invalid("no"))).isNegative().isInfinite();
        assertThat(accuracy.fitness(new Score.Invalid("no"))).isNegative().isInfinite();
        assertThat(accuracy.fitness(new Score.Absent("no"))).isNegative().isInfinite();
    }

    @Test
    void zeroHasNoSign() {
        for (Objective objective : new Objective[] {loss, accuracy}) {
            assertThat(Double.compare(
                            objective.fitness(new Score.Valid(0.0)), objective.fitness(new Score.Valid(-0.0))))
                    .isZero();
        }
    }

    @Test
    void whatIsMissingIsAbsentAndWhatIsNotFiniteInvalidAndBothSayWhy() {
        assertThat(loss.scoreOf(Map.of("loss", 0.5, "accuracy", 1.0))).isEqualTo(new Score.Valid(0.5));
        assertThat(((Score.Invalid) loss.scoreOf(Map.of("loss", Double.NaN))).reason())
                .contains("loss = NaN");
        assertThat(((Score.Invalid) loss.scoreOf(Map.of("loss", Double.NEGATIVE_INFINITY))).reason())
                .contains("-Infinity");
        // In one order, whatever the map's: the log must not differ from run to run.
        assertThat(((Score.Absent) loss.scoreOf(Map.of("c", 1.0, "a", 2.0, "d", 3.0, "b", 4.0))).reason())
                .contains("no metric 'loss'", "[a, b, c, d]");
    }

    @Test
    void aValidScoreIsFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Score.Valid(Double.NaN))
                .withMessageContaining("NaN");
        assertThat(new Score.Valid(1).isValid()).isTrue();
        assertThat(new Score.Invalid("no").isValid()).isFalse();
    }
}
