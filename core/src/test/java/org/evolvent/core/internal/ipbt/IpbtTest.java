package org.evolvent.core.internal.ipbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.StrategyLaws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class IpbtTest extends StrategyLaws {
    @Override
    protected Strategy strategy() {
        return new Ipbt(Pbt.standard(), terms(2, 4));
    }

    private static Terms terms(int patience, int slow) {
        return new Terms(patience, 2, 0.25, slow, "", false);
    }

    @Nested
    class FirstRulesTest extends StrategyLaws {
        @Override
        protected Strategy strategy() {
            return new Ipbt(Pbt.standard(), terms(2, 0)).ofFirstRules();
        }
    }

    private static Situation situation(SearchSpace space, Population population, int member) {
        return new Situation(
                space, new Objective("accuracy", Goal.MAXIMIZE), population, population.get(id(member)), Rules.LATEST);
    }

    /** Eight members whose scores rise for six steps and then stand still; the decisions of each interval. */
    private static List<List<List<Decision>>> decisions(Strategy begun, SearchSpace space, int intervals) {
        Strategy strategy = begun;
        List<Member> members = new ArrayList<>();
        List<RandomStream> streams =
                IntStream.range(0, 8).mapToObj(RandomStream::new).toList();
        for (Hyperparameters first : strategy.first(space, streams)) {
            members.add(Member.created(id(members.size()), first));
        }
        Population population = Population.of(members);
        List<List<List<Decision>>> made = new ArrayList<>();
        for (int interval = 0; interval < intervals; interval++) {
            for (int i = 0; i < 8; i++) {
                ReadyPoint drawn = Populations.point(i, interval, Math.min(interval, 6) + 0.01 * i);
                Member member = population.get(id(i));
                ReadyPoint point = new ReadyPoint(
                        id(i),
                        interval,
                        drawn.step(),
                        drawn.score(),
                        drawn.fitness(),
                        List.of(),
                        member.hyperparameters(),
                        drawn.checkpoint());
                strategy = strategy.observe(point);
                population = population.with(member.ready(point, 10));
            }
            Population round = population;
            List<List<Decision>> each = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                List<Decision> decisions =
                        strategy.decide(situation(space, round, i), new RandomStream(100L * interval + i));
                each.add(decisions);
                Hyperparameters next = round.get(id(i)).hyperparameters();
                for (Decision decision : decisions) {
                    strategy = strategy.observe(id(i), decision);
                    next = decision instanceof Decision.Exploit copy
                            ? copy.after()
                            : decision instanceof Decision.Explore explore ? explore.after() : next;
                }
                population = population.with(
                        population.get(id(i)).next(next, round.get(id(i)).parent(), false));
            }
            made.add(each);
        }
        return made;
    }

    private static int restart(List<List<List<Decision>>> made) {
        int interval = 0;
        while (made.get(interval).get(0).stream().noneMatch(d -> d.reason().contains("starts again"))) {
            interval++;
        }
        return interval;
    }

    /** Smoothing rounds the corner at 6; the third step that is not above the one before is over when the next one ends. */
    @Test
    void afterPatienceEverybodyStartsAgainWithTheBestWeightsAndAllElseDrawn() {
        List<List<List<Decision>>> made = decisions(new Ipbt(Pbt.randomSearch(), terms(3, 0)), Populations.SPACE, 20);
        int restart = restart(made);
        assertThat(restart).isBetween(9, 12);
        for (int i = 0; i < 8; i++) {
            List<Decision> decisions = made.get(restart).get(i);
            Decision last = decisions.get(decisions.size() - 1);
            Decision.Explore explore = (Decision.Explore) last;
            assertThat(explore.after().get("rate"))
                    .isNotEqualTo(explore.before().get("rate"));
            assertThat(explore.after().get("layers")).isEqualTo(explore.before().get("layers"));
            assertThat(explore.evidence().facts())
                    .containsEntry("iteration", 1L)
                    .containsEntry("length", 2L);
            if (i >= 6) {
                assertThat(decisions)
                        .as("member %s is one of the best quarter", i)
                        .hasSize(1);
            } else {
                Decision.Exploit copy = (Decision.Exploit) decisions.get(0);
                assertThat(copy.donor().index()).isBetween(6, 7);
                assertThat(copy.weights()).isPresent();
                assertThat(explore.before()).isEqualTo(copy.after());
            }
            assertThat(made.get(restart + 1).get(i).get(0).reason())
                    .isEqualTo("It has trained 1 of the 2 intervals of its step");
        }
    }

    private static final SearchSpace RENEWED = SearchSpace.of(
            Parameter.of("rate", Reals.log(1e-4, 1e-1)),
            new Parameter(
                    "weights",
                    new Choice(List.of(Value.of("keep"), Value.of("shrink"), Value.of("fresh")), false),
                    true));

    private static final Terms TELLING = new Terms(3, 2, 0.25, 0, "weights", false);

    @Test
    void whoCopiesAMemberThatHasJustStartedAgainGoesOnAsUsual() {
        Population population = Populations.unpublished(2);
        for (int i = 0; i < 2; i++) {
            ReadyPoint drawn = Populations.point(i, 0, i);
            ReadyPoint point = new ReadyPoint(
                    id(i),
                    0,
                    drawn.step(),
                    drawn.score(),
                    drawn.fitness(),
                    List.of(),
                    Hyperparameters.of(Map.of("rate", Value.of(0.01), "weights", Value.of("shrink"))),
                    drawn.checkpoint());
            population = population.with(
                    Member.created(id(i), point.hyperparameters()).ready(point, 10));
        }
        Strategy strategy = new Ipbt(Pbt.standard(), TELLING);
        List<Decision> decisions = strategy.decide(situation(RENEWED, population, 0), new RandomStream(1));
        assertThat(((Decision.Exploit) decisions.get(0)).after().text("weights"))
                .isEqualTo("keep");
        assertThat(((Decision.Explore) decisions.get(1)).before().text("weights"))
                .isEqualTo("keep");
    }

    @Test
    void aParameterTellsTheTrainerOfARestartForOneInterval() {
        List<List<List<Decision>>> made = decisions(new Ipbt(Pbt.standard(), TELLING), RENEWED, 20);
        int restart = restart(made);
        Set<String> told = new HashSet<>();
        for (int interval = 0; interval < 20; interval++) {
            for (List<Decision> decisions : made.get(interval)) {
                for (Decision decision : decisions) {
                    if (decision instanceof Decision.Explore explore && interval == restart) {
                        told.add(explore.after().text("weights"));
                    } else if (decision instanceof Decision.Explore explore) {
                        assertThat(explore.after().text("weights")).isEqualTo("keep");
                    } else if (decision instanceof Decision.Exploit copy) {
                        assertThat(copy.after().text("weights")).isEqualTo("keep");
                    }
                }
            }
        }
        assertThat(told).containsExactlyInAnyOrder("shrink", "fresh");
        assertThat(made.get(restart + 1))
                .as("all go on as usual after it, though in the middle of a step")
                .allSatisfy(decisions -> assertThat(decisions.get(0)).isInstanceOf(Decision.Explore.class));
        assertThat(made.get(restart + 2).get(7).get(0)).isInstanceOf(Decision.Continue.class);
    }

    @Test
    void whatTellsTheTrainerIsAFixedChoice() {
        for (String name : List.of("layers", "only", "optimizer", "weights")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Ipbt(Pbt.standard(), new Terms(3, 2, 0.25, 0, name, false))
                            .first(Populations.SPACE, List.of(new RandomStream(1))))
                    .withMessageContaining("renew is '%s' but must be the name of a parameter that is fixed", name);
        }
    }

    @Test
    void slowIsARiseOfLessThanADeviation() {
        OuterProgress slow = OuterProgress.NONE;
        OuterProgress fast = OuterProgress.NONE;
        for (int step = 0; step < 10; step++) {
            slow = slow.with(step, step < 5 ? step : 4 + 0.01 * step);
            fast = fast.with(step, step);
        }
        assertThat(fast.isSlow(5)).as("0 to 8, of which the last four make 4").isFalse();
        assertThat(slow.isSlow(5)).isTrue();
        assertThat(slow.isSlow(9)).as("since the first").isFalse();
        assertThat(slow.isSlow(10)).as("there are not as many").isFalse();
        assertThat(OuterProgress.NONE.with(0, 1).with(1, 1).with(2, 1).isSlow(2))
                .isTrue();
    }

    /** The best rises for ten steps and then stands still: five steps later all draw anew, and go on in steps of two intervals. */
    @Test
    void underTheFirstRulesAllKeepTheirWeights() {
        Strategy strategy = new Ipbt(Pbt.randomSearch(), terms(5, 0)).ofFirstRules();
        Population population = Populations.unpublished(2);
        List<List<Decision>> made = List.of(new ArrayList<>(), new ArrayList<>());
        for (int interval = 0; interval < 24; interval++) {
            for (int i = 0; i < 2; i++) {
                ReadyPoint point = Populations.point(i, interval, Math.min(interval, 10) + 0.1 * i);
                strategy = strategy.observe(point);
                population = population.with(population.get(id(i)).ready(point, 10));
            }
            for (int i = 0; i < 2; i++) {
                Member member = population.get(id(i));
                Decision decision = strategy.decide(
                                new Situation(
                                        Populations.SPACE,
                                        new Objective("accuracy", Goal.MAXIMIZE),
                                        population,
                                        member,
                                        Rules.LATEST),
                                new RandomStream(interval))
                        .get(0);
                made.get(i).add(decision);
                strategy = strategy.observe(member.id(), decision);
                population = population.with(member.next(member.hyperparameters(), member.parent(), false));
            }
        }
        for (List<Decision> decisions : made) {
            int restart = 0;
            while (decisions.get(restart) instanceof Decision.Continue) {
                restart++;
            }
            // Smoothing rounds the corner at 10.
            assertThat(restart).isBetween(16, 20);
            Decision.Explore explore = (Decision.Explore) decisions.get(restart);
            assertThat(explore.after().get("rate"))
                    .isNotEqualTo(explore.before().get("rate"));
            assertThat(explore.after().get("layers")).isEqualTo(explore.before().get("layers"));
            assertThat(explore.evidence().facts()).containsEntry("length", 2L);
            assertThat(decisions.get(restart + 1).reason())
                    .isEqualTo("It has trained 1 of the 2 intervals of its step");
            assertThat(decisions.get(restart + 2).reason()).isEqualTo("This strategy does not exploit");
        }
    }

    @Test
    void whatRisesHasNotStagnated() {
        OuterProgress progress = OuterProgress.NONE;
        RandomStream random = new RandomStream(1);
        for (int step = 0; step < 200; step++) {
            progress = progress.with(step, 0.1 * step + 0.1 * random.gaussian());
            assertThat(progress.hasStagnated(5)).as("after step %s", step).isFalse();
        }
        assertThat(progress.finished()).hasSize(100);
    }

    /** Up to 20 and down again: the top is the 21st step, and patience ends five steps after it. */
    @Test
    void patienceCountsFromTheTop() {
        OuterProgress progress = OuterProgress.NONE;
        int steps = 0;
        while (!progress.hasStagnated(5)) {
            progress = progress.with(steps, steps <= 20 ? steps : 40 - steps);
            steps++;
        }
        assertThat(progress.finished()).hasSize(26);
    }

    /** Three steps before the end everybody is lucky once: the record is new, but smoothed it often counts for nothing. */
    @Test
    void oneLuckyStepIsNoProgress() {
        RandomStream random = new RandomStream(2);
        int stagnated = 0;
        for (int run = 0; run < 100; run++) {
            OuterProgress progress = OuterProgress.NONE;
            for (int step = 0; step < 41; step++) {
                progress = progress.with(step, step == 37 ? 5.35 : 5 + 0.1 * random.gaussian());
            }
            stagnated += progress.hasStagnated(5) ? 1 : 0;
        }
        assertThat(stagnated).isGreaterThan(20);
    }

    @Test
    void constantScoresStagnateAsSoonAsPatienceAllows() {
        OuterProgress progress = OuterProgress.NONE;
        for (int step = 0; step < 4; step++) {
            progress = progress.with(step, 7);
            assertThat(progress.hasStagnated(3)).isFalse();
        }
        assertThat(progress.with(4, 7).hasStagnated(3)).isTrue();
    }

    @Test
    void whoIsLateAddsNothing() {
        OuterProgress progress = OuterProgress.NONE.with(0, 1).with(1, 2);
        assertThat(progress.with(0, 100)).isEqualTo(progress);
        assertThat(progress.with(1, Double.NEGATIVE_INFINITY)).isEqualTo(progress);
        assertThat(progress.finished()).containsExactly(1.0);
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> terms(0, 0)).withMessageContaining("patience is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> terms(5, 1))
                .withMessageContaining("slow is 1 but must be 0 or at least 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Terms(5, 1, 0.25, 0, "", false))
                .withMessageContaining("growth is 1");
    }
}
