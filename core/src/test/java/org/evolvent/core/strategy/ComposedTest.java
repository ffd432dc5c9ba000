package org.evolvent.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.bandit.Pb2;
import org.evolvent.core.internal.bandit.TrustRegion;
import org.evolvent.core.internal.exploit.Average;
import org.evolvent.core.internal.exploit.Backtrack;
import org.evolvent.core.internal.exploit.Bands;
import org.evolvent.core.internal.exploit.EqualProgress;
import org.evolvent.core.internal.exploit.Gap;
import org.evolvent.core.internal.exploit.SameStep;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.Mutate;
import org.evolvent.core.internal.explore.PairwiseLearning;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Resample;
import org.evolvent.core.internal.strategy.RandomSchedules;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.StrategyLaws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The laws of strategies for what is composed of operators that remember, and for those that keep their memory to themselves. */
class ComposedTest {
    private static final Truncation QUARTER = new Truncation(0.25);

    private static Strategy of(Exploit exploit, Explore explore) {
        return new Pbt(exploit, explore, Pbt.Copied.EVERYTHING);
    }

    @Nested
    class EqualProgressTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return of(new Gap(new EqualProgress(QUARTER), 0.1, 0, 0), new Resample(0.1, new PairwiseLearning(1, 1)));
        }
    }

    @Nested
    class AverageTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return of(new Average(new SameStep(QUARTER), 3), Mutate.standard().then(new PairwiseLearning(1, 1)));
        }

        @Override
        protected int cases() {
            return 20;
        }
    }

    @Nested
    class BandsTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return of(new Bands(0.5, 0), Mutate.standard());
        }
    }

    @Nested
    class BanditTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return of(QUARTER, new Pb2(Pb2.Categories.BANDIT, 8));
        }

        @Override
        protected int cases() {
            return 2;
        }
    }

    @Nested
    class TrustRegionTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return of(QUARTER, new TrustRegion(8));
        }

        @Override
        protected int cases() {
            return 2;
        }
    }

    @Nested
    class SchedulesTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return new RandomSchedules(new PairwiseLearning(1, 1));
        }
    }

    @Test
    void whoGoesBackToTheBestRemembersWhatItsOperatorRemembers() {
        ReadyPoint point = Populations.point(1, 0, 0.5);
        Exploit seen = new EqualProgress(QUARTER).observe(point);
        Exploit remembering = new Backtrack(new EqualProgress(QUARTER))
                .remembering(seen.memory().orElseThrow());
        assertThat(remembering.memory()).isEqualTo(seen.memory());
        assertThat(remembering).isInstanceOf(Backtrack.class);
    }

    /** Counts what it sees and tells nobody. */
    private record Secretive(int seen) implements Exploit {
        @Override
        public Verdict judge(Population population, ReadyPoint self, RandomStream random) {
            return QUARTER.judge(population, self, random);
        }

        @Override
        public Exploit observe(ReadyPoint point) {
            return new Secretive(seen + 1);
        }
    }

    @Test
    void whatRemembersAndDoesNotTellHasNoMemoryWhateverItIsPartOf() {
        assertThat(new Secretive(0).memory()).isEmpty();
        assertThat(of(new Gap(new Secretive(0), 1, 0, 0), Perturb.standard()).memory())
                .isEmpty();
        assertThat(new EqualProgress(new Secretive(0)).memory()).isEmpty();
    }

    @Test
    void whatRemembersNothingIsNotMadeToRemember() {
        assertThat(Pbt.standard().memory()).contains(Memory.NONE);
        Memory strange = Memory.of(Map.of("exploit", Map.of("rungs", 1)));
        assertThatThrownBy(() -> Pbt.standard().remembering(strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Truncation remembers nothing but is to remember [rungs]");
    }
}
