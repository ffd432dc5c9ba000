package org.evolvent.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.evolvent.core.decision.Decision;
import org.evolvent.core.explore.Perturb;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.testing.Populations;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    @Nested
    class RandomSchedulesTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return new RandomSchedules(Perturb.standard());
        }
    }

    /** Rungs after 1, 2 and 4 intervals. */
    @Nested
    class AshaTest {
        private Strategy asha = new Asha(1, 2);

        @Test
        void ofFourTheUpperHalfGoesOn() {
            double[] scores = {4, 1, 3, 2};
            Population population = Populations.scored(scores);
            for (int i = 0; i < 4; i++) {
                asha = asha.observe(Populations.point(i, 0, scores[i]));
            }
            assertThat(decide(population, 0)).isInstanceOf(Decision.Continue.class);
            assertThat(decide(population, 1)).isInstanceOf(Decision.Stop.class);
            assertThat(decide(population, 2)).isInstanceOf(Decision.Continue.class);
            assertThat(decide(population, 3)).isInstanceOf(Decision.Stop.class);
        }

        @Test
        void whoeverComesFirstGoesOn() {
            asha = asha.observe(Populations.point(0, 0, -5));
            assertThat(decide(Populations.scored(-5, Double.NEGATIVE_INFINITY), 0))
                    .isInstanceOf(Decision.Continue.class);
        }

        @Test
        void nobodyStopsBetweenRungs() {
            ReadyPoint third = Populations.point(0, 2, -5);
            asha = asha.observe(Populations.point(1, 2, 5)).observe(third);
            Population population = Populations.scored(0, 5);
            population = population.with(population.get(third.member()).ready(third, 10));
            assertThat(decide(population, 0).reason()).contains("between two rungs");
        }

        @Test
        void theInvalidStop() {
            Population population = Populations.scored(Double.NaN, 1);
            asha = asha.observe(population.get(StrategyLaws.id(0)).last().orElseThrow());
            assertThat(decide(population, 0)).isInstanceOf(Decision.Stop.class);
        }

        @Test
        void refusesWhatDoesNotHalve() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Asha(1, 1))
                    .withMessageContaining("eta is 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Asha(0, 2))
                    .withMessageContaining("grace is 0");
        }

        private Decision decide(Population population, int member) {
            Situation situation = new Situation(
                    Populations.SPACE,
                    new Objective("accuracy", Goal.MAXIMIZE),
                    population,
                    population.get(StrategyLaws.id(member)));
            return asha.decide(situation, new RandomStream(1)).get(0);
        }
    }
}
