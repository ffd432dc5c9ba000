package org.evolvent.core.internal.mfpbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.StrategyLaws;
import org.junit.jupiter.api.Test;

class MfPbtTest extends StrategyLaws {
    /** Two sub-populations of four: the even members are due after every interval, the odd ones after every second. */
    private final MfPbt two = new MfPbt(List.of(1, 2), new NoExplore());

    @Override
    protected Strategy strategy() {
        return new MfPbt(List.of(1, 3, 5), Perturb.standard());
    }

    @Test
    void theLastQuarterCopiesTheFirstAtHome() {
        Population population = Populations.scored(4, 0, 3, 0, 2, 0, 1, 0);
        Decision.Exploit exploit = (Decision.Exploit) decide(population, 6).get(0);
        assertThat(exploit.donor()).isEqualTo(id(0));
        assertThat(exploit.weights()).isEqualTo(point(population, 0));
        assertThat(decide(population, 0).get(0)).isInstanceOf(Decision.Continue.class);
        assertThat(decide(population, 2).get(0)).isInstanceOf(Decision.Continue.class);
    }

    /** Member 4 is in the third quarter at home; member 1, of the slower sub-population, is better: its hyperparameters come along. */
    @Test
    void aSlowerMigrantBringsItsHyperparameters() {
        Population population = Populations.scored(4, 9, 3, 0, 2, 0, 1, 0);
        Decision.Exploit exploit = (Decision.Exploit) decide(population, 4).get(0);
        assertThat(exploit.donor()).isEqualTo(id(1));
        assertThat(exploit.after()).isEqualTo(population.get(id(1)).hyperparameters());
    }

    /** Member 5 belongs to the slower ones; member 0 is faster, so that the hyperparameters of the best at home are taken. */
    @Test
    void aFasterMigrantDoesNot() {
        Population population = Populations.scored(9, 4, 0, 3, 0, 2, 0, 1);
        Population later = population;
        for (int i = 0; i < 8; i++) {
            later = later.with(later.get(id(i))
                    .ready(
                            Populations.point(
                                    i,
                                    1,
                                    population.get(id(i)).last().orElseThrow().fitness()),
                            10));
        }
        Decision.Exploit exploit = (Decision.Exploit) decide(later, 5).get(0);
        assertThat(exploit.donor()).isEqualTo(id(0));
        assertThat(exploit.after().with("layers", exploit.before().get("layers")))
                .isEqualTo(later.get(id(1))
                        .hyperparameters()
                        .with("layers", exploit.before().get("layers")));
        assertThat(exploit.after().get("layers"))
                .isEqualTo(later.get(id(0)).hyperparameters().get("layers"));
    }

    @Test
    void theSlowWait() {
        Population population = Populations.scored(9, 4, 0, 3, 0, 2, 0, 1);
        assertThat(decide(population, 7).get(0).reason()).contains("every 2 intervals");
    }

    @Test
    void withoutABetterMigrantTheThirdQuarterGoesOn() {
        Population population = Populations.scored(4, 0, 3, 0, 2, 0, 1, 0);
        assertThat(decide(population, 4).get(0).reason()).contains("No migrant is better");
    }

    @Test
    void refusesPeriodsThatAreNotAscending() {
        for (List<Integer> periods : List.of(List.of(1), List.of(0, 1), List.of(2, 2), List.of(3, 1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MfPbt(periods, new NoExplore()))
                    .withMessageContaining(periods.toString());
        }
    }

    private List<Decision> decide(Population population, int member) {
        Situation situation = new Situation(
                Populations.SPACE,
                new Objective("accuracy", Goal.MAXIMIZE),
                population,
                population.get(new MemberId(member)),
                Rules.LATEST);
        return two.decide(situation, new RandomStream(1));
    }

    private static Optional<CheckpointRef> point(Population population, int member) {
        return population.get(id(member)).last().orElseThrow().checkpoint();
    }
}
