package org.evolvent.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.strategy.Asha;
import org.evolvent.core.internal.strategy.Grid;
import org.evolvent.core.internal.strategy.RandomSchedules;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.StrategyLaws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    @Nested
    class RandomSchedulesTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return new RandomSchedules(Perturb.standard());
        }

        /** Also an operator that learns can be asked: its own latest result is what there is to go on from. */
        @Test
        void whoeverExploresAloneGoesOnFromItself() {
            Population population = Populations.scored(1, 2);
            Situation situation = new Situation(
                    Populations.SPACE,
                    new Objective("accuracy", Goal.MAXIMIZE),
                    population,
                    population.get(StrategyLaws.id(0)),
                    Rules.LATEST);
            Explore asked = (handover, random) -> {
                assertThat(handover.isCopy()).isFalse();
                assertThat(handover.self()).isEqualTo(situation.point());
                assertThat(handover.donor()).isEqualTo(situation.point());
                assertThat(handover.population()).isEqualTo(population);
                return new Explore.Exploration(handover.inherited(), "asked", Evidence.NONE);
            };
            Hyperparameters own = situation.ready().hyperparameters();
            assertThat(new RandomSchedules(asked).decide(situation, new RandomStream(1)))
                    .containsExactly(new Decision.Explore(own, own, "asked", Evidence.NONE));
        }
    }

    @Nested
    class GridTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return new Grid();
        }

        private static List<Hyperparameters> first(int members, Parameter... parameters) {
            List<RandomStream> streams =
                    IntStream.range(0, members).mapToObj(RandomStream::new).toList();
            SearchSpace space = new SearchSpace(List.of(parameters));
            List<Hyperparameters> first = new Grid().first(space, streams);
            assertThat(first).hasSize(members).allMatch(space::contains);
            return first;
        }

        private static Parameter real(String name, double low, double high, Scale scale) {
            return new Parameter(name, new Reals(low, high, scale), false);
        }

        private static List<Double> values(List<Hyperparameters> points, String name) {
            return points.stream()
                    .map(point -> StrictMath.round(1e6 * point.real(name)) / 1e6)
                    .toList();
        }

        @Test
        void oneParameterTakesAllLevels() {
            assertThat(values(first(4, real("x", 0, 1, Scale.LINEAR)), "x"))
                    .containsExactly(0.125, 0.375, 0.625, 0.875);
            assertThat(values(first(2, real("x", 1e-4, 1, Scale.LOG)), "x")).containsExactly(0.001, 0.1);
        }

        @Test
        void levelsAreSharedOutEvenlyAndTheRestIsDrawn() {
            List<Hyperparameters> first = first(7, real("x", 0, 1, Scale.LINEAR), real("y", 0, 1, Scale.LINEAR));
            assertThat(values(first.subList(0, 6), "x"))
                    .containsExactly(0.166667, 0.166667, 0.5, 0.5, 0.833333, 0.833333);
            assertThat(values(first.subList(0, 6), "y")).containsExactly(0.25, 0.75, 0.25, 0.75, 0.25, 0.75);
            assertThat(first.get(6)).isNotIn(first.subList(0, 6));
        }

        @Test
        void fewValuesLeaveTheLevelsToOthers() {
            List<Hyperparameters> first = first(
                    13,
                    new Parameter("flag", Choice.flag(), false),
                    new Parameter("layers", new Ints(1, 3, Scale.LINEAR), false),
                    new Parameter("only", new Choice(List.of(Value.of("a")), false), true),
                    real("x", 0, 1, Scale.LINEAR));
            assertThat(first.subList(0, 12)).doesNotHaveDuplicates();
            assertThat(first.subList(0, 12))
                    .extracting(point -> point.flag("flag"))
                    .containsOnly(true, false);
            assertThat(first.subList(0, 12))
                    .extracting(point -> point.integer("layers"))
                    .containsOnly(1, 2, 3);
            assertThat(values(first.subList(0, 12), "x")).containsOnly(0.25, 0.75);
        }

        @Test
        void nobodyEverChanges() {
            Population population = Populations.scored(1, 2, 3);
            Situation situation = new Situation(
                    Populations.SPACE,
                    new Objective("accuracy", Goal.MAXIMIZE),
                    population,
                    population.get(new MemberId(0)),
                    Rules.LATEST);
            assertThat(new Grid().decide(situation, new RandomStream(1)))
                    .hasOnlyElementsOfType(Decision.Continue.class);
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
            asha = asha.observe(population.get(new MemberId(0)).last().orElseThrow());
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

        /** The ceiling keeps more than one in eta: 10 of 19, then 5 and 3. */
        @Test
        void asManyMembersAsSpendTheSame() {
            // Rungs after 1, 2, 4 intervals of 10 steps, and 55 steps in all: of 19 members 19 * 10 + 10 * 10 + 5 * 20
            // + 3 * 15 = 435.
            assertThat(new Asha(1, 2).membersOfEqualCompute(8, 55, 10, 0)).isEqualTo(19);
            // Nobody stops before 20 steps are behind its weights: 12 * 20 + 6 * 20 + 3 * 15 = 405.
            assertThat(new Asha(1, 2).membersOfEqualCompute(8, 55, 10, 20)).isEqualTo(12);
            assertThat(new Asha(6, 2).membersOfEqualCompute(8, 60, 10, 0)).isEqualTo(8);
            assertThat(new Asha(100, 2).membersOfEqualCompute(8, 60, 10, 0)).isEqualTo(8);
            assertThat(new Asha(1, 4).membersOfEqualCompute(2_000_000_000, 1L << 60, 1, 0))
                    .isEqualTo(Integer.MAX_VALUE - 1);
        }

        private Decision decide(Population population, int member) {
            Situation situation = new Situation(
                    Populations.SPACE,
                    new Objective("accuracy", Goal.MAXIMIZE),
                    population,
                    population.get(new MemberId(member)),
                    Rules.LATEST);
            return asha.decide(situation, new RandomStream(1)).get(0);
        }
    }
}
