package org.evolvent.core.strategy.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.evolvent.core.explore.Perturb;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.strategy.StrategyLaws;
import org.junit.jupiter.api.Test;

class FireTest extends StrategyLaws {
    @Override
    protected Strategy strategy() {
        return new Fire(3, 0.25, 0.2, Perturb.standard());
    }

    /** The first curve passes 2 at its third point; from there both have two points, and it is 4 ahead of 3. */
    @Test
    void curvesAreAlignedAtTheHigherBeginning() {
        List<Double> low = List.of(0.0, 1.0, 2.0, 3.0, 4.0);
        List<Double> high = List.of(2.0, 2.5, 3.0);
        assertThat(Curves.overlap(low, high)).isEqualTo(new Curves.Overlap(2, 0, 3));
        assertThat(Curves.overlap(high, low)).isEqualTo(new Curves.Overlap(0, 2, 3));
        assertThat(Curves.bestScoreDifference(low, high)).isCloseTo(1, within(1e-12));
        assertThat(Curves.bestScoreDifference(high, low)).isCloseTo(-1, within(1e-12));
    }

    @Test
    void curvesThatNeverMeetDoNotOverlap() {
        assertThat(Curves.overlap(List.of(0.0, 1.0), List.of(5.0, 6.0)).length())
                .isZero();
        assertThat(Curves.bestScoreDifference(List.of(0.0, 1.0), List.of(5.0, 6.0)))
                .isZero();
        assertThat(Curves.bestScoreDifference(List.of(), List.of(5.0))).isZero();
        assertThat(Curves.signTest(List.of(0.0, 1.0), List.of(5.0, 6.0))).isEqualTo(1);
    }

    /** Above all of the other: compared as if it had begun lower, it rises twice as fast. */
    @Test
    void aCurveAboveTheOtherIsShiftedDown() {
        assertThat(Curves.bestScoreDifference(List.of(10.0, 12.0, 14.0, 16.0), List.of(1.0, 2.0, 3.0, 4.0)))
                .isGreaterThan(1);
    }

    /** Five of five points above: 1/32. */
    @Test
    void theSignTestIsExact() {
        List<Double> above = List.of(1.0, 3.0, 5.0, 7.0, 9.0, 11.0);
        List<Double> below = List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
        assertThat(Curves.signTest(above, below)).isCloseTo(1.0 / 32, within(1e-12));
        assertThat(Curves.signTest(below, above)).isEqualTo(1);
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(1, 0.25, 0.01, Perturb.standard()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(10, 0.6, 0.01, Perturb.standard()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(10, 0.25, 0, Perturb.standard()));
    }
}
