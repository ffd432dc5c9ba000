package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Strategy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What others expect of their Population Based Training in their tests, told anew for ours. */
class PeersStoriesTest {
    private static final SearchSpace SPACE = SearchSpace.of(Parameter.of("a", new Ints(1, 100, Scale.LINEAR)));

    private static Strategy copying(double fraction) {
        return new Pbt(new Truncation(fraction), new NoExplore(), Copied.EVERYTHING);
    }

    private static Study.Builder study(Objective objective, int rounds, int... values) {
        return Study.named("story", SPACE, objective, Budget.ofSteps(rounds * 10L), 10)
                .population(values.length)
                .mode(Mode.SYNCHRONOUS)
                .attempts(1)
                .initial(Arrays.stream(values)
                        .mapToObj(value -> Hyperparameters.of(Map.of("a", Value.of(value))))
                        .toList());
    }

    /** Ray Tune: {@code PopulationBasedTrainingSynchTest} and the suite of its scheduler. */
    @Nested
    class Ray {
        private static final int ROUNDS = 30;

        /** Three trials report iteration + a; the weights know the iteration, and a is copied with them. */
        private List<Double> last(int... values) {
            ToyLog log = new ToyLog(study(Objective.maximize("score"), 3, values)
                    .strategy(copying(0.25))
                    .build());
            Map<Integer, Double> last = new TreeMap<>();
            while (log.state.end().isEmpty()) {
                for (int member = 0; member < values.length; member++) {
                    Attempt attempt = log.attempt(member);
                    double score =
                            attempt.stepTo() / 10.0 + attempt.hyperparameters().integer("a");
                    last.put(member, score);
                    log.finish(member, score);
                }
            }
            return List.copyOf(last.values());
        }

        @Test
        void allEndAt43() {
            assertThat(last(10, 20, 40)).containsOnly(43.0);
        }

        @Test
        void allEndAt33WhenTheBestReportsFirst() {
            assertThat(last(30, 20, 10)).containsOnly(33.0);
        }

        @Test
        void theLowPerformingAreReplacedByTheTopPerforming() {
            for (long seed = 0; seed < 50; seed++) {
                ToyLog log = new ToyLog(study(Objective.maximize("score"), 3, 1, 2, 3, 4, 5)
                        .strategy(copying(0.4))
                        .seed(seed)
                        .build());
                for (int member = 0; member < 5; member++) {
                    log.finish(member, 50.0 * member);
                }
                Map<Integer, Integer> donors = donors(log);
                assertThat(donors.keySet()).containsExactlyInAnyOrder(0, 1);
                assertThat(donors.values()).allMatch(donor -> donor >= 3);
            }
        }

        /** Ray keeps 6 of 8; here, who meets an equal has nothing to gain from its weights. */
        @Test
        void equalScoresKeepTheirAncestors() {
            for (Mode mode : Mode.values()) {
                for (Map<String, ?> options : List.<Map<String, ?>>of(
                        Map.of(),
                        Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.5))),
                        Map.of("exploit", "tournament", "compare", "latest"),
                        Map.of("exploit", Map.of("truncation", Map.of(), "backtrack", true)),
                        Map.of("exploit", "truncation", "compare", "equal_progress"),
                        Map.of("exploit", Map.of("truncation", Map.of(), "gap", Map.of("absolute", 0.1))),
                        Map.of("explore", "pb2"),
                        Map.of("mf_pbt", Map.of("periods", List.of(1, 5))),
                        Map.of("ipbt", Map.of()))) {
                    assertAllAncestorsLeft(mode, Catalogue.builtIn().strategy(options));
                }
            }
        }

        /** FIRE's evaluators copy parents to see what becomes of them; children and parents keep their own weights. */
        @Test
        void equalScoresKeepTheAncestorsOfChildrenAndParents() {
            for (Mode mode : Mode.values()) {
                ToyLog log = allEqual(mode, Catalogue.builtIn().strategy(Map.of("fire", Map.of("period", 3))));
                assertThat(donors(log).keySet()).isSubsetOf(6, 7);
            }
        }

        private static void assertAllAncestorsLeft(Mode mode, Strategy strategy) {
            ToyLog log = allEqual(mode, strategy);
            assertThat(log.state.tally().exploits()).as("%s %s", mode, strategy).isZero();
            for (Member member : log.state.population()) {
                assertThat(member.parent().map(CheckpointRef::member)).contains(member.id());
                assertThat(member.trained()).isEqualTo(ROUNDS * 10L);
            }
        }

        private static ToyLog allEqual(Mode mode, Strategy strategy) {
            ToyLog log = new ToyLog(study(Objective.maximize("score"), ROUNDS, 1, 2, 3, 4, 5, 6, 7, 8)
                    .strategy(strategy)
                    .mode(mode)
                    .build());
            while (log.state.end().isEmpty()) {
                for (int member = 0; member < 8; member++) {
                    if (log.member(member).status() == Status.TRAINING) {
                        log.finish(member, 0);
                    }
                }
            }
            return log;
        }
    }

    /** Determined AI: {@code TestPBTSearcherWorkloads} and {@code TestPBTSearchMethod}. A copy is a new trial there. */
    @Nested
    class Determined {
        /**
         * Returns how many rounds each trial lasts, from the first to the last.
         *
         * @param score by the trial's number, from 1
         * @param exits which trials end early, in their second round
         */
        private List<Integer> lives(
                Objective objective, int members, int rounds, IntToDoubleFunction score, Set<Integer> exits) {
            int[] values = new int[members];
            Arrays.fill(values, 5);
            ToyLog log = new ToyLog(
                    study(objective, rounds, values).strategy(copying(0.5)).build());
            int[] trials = new int[members];
            Map<Integer, Integer> lives = new TreeMap<>();
            for (int member = 0; member < members; member++) {
                trials[member] = member + 1;
                lives.put(member + 1, 0);
            }
            int seen = 0;
            while (log.state.end().isEmpty()) {
                for (int member = 0; member < members; member++) {
                    int trial = trials[member];
                    lives.merge(trial, 1, Integer::sum);
                    if (exits.contains(trial) && lives.get(trial) == 2) {
                        log.fail(member, Event.Fault.TRAINER);
                    } else {
                        log.finish(member, score.applyAsDouble(trial));
                    }
                }
                for (Event event : log.events.subList(seen, log.events.size())) {
                    if (event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit) {
                        trials[decided.member().index()] = lives.size() + 1;
                        lives.put(lives.size() + 1, 0);
                    }
                }
                seen = log.events.size();
            }
            return List.copyOf(lives.values());
        }

        private List<Integer> lives(int members, int rounds, IntToDoubleFunction score) {
            return lives(Objective.maximize("score"), members, rounds, score, Set.of());
        }

        @Test
        void simple() {
            assertThat(lives(2, 2, trial -> trial)).containsExactlyInAnyOrder(2, 1, 1);
        }

        @Test
        void evenOdd() {
            assertThat(lives(2, 3, trial -> trial % 2 == 0 ? -trial : trial)).containsExactly(2, 1, 2, 1);
        }

        @Test
        void newIsBetter() {
            List<Integer> lives = lives(4, 8, trial -> trial);
            assertThat(lives).hasSize(18).filteredOn(rounds -> rounds == 2).hasSize(14);
            assertThat(lives).filteredOn(rounds -> rounds == 1).hasSize(4);
        }

        @Test
        void oldIsBetter() {
            List<Integer> lives = lives(Objective.minimize("score"), 4, 8, trial -> trial, Set.of());
            assertThat(lives).hasSize(18).startsWith(8, 8);
            assertThat(lives.subList(2, 18)).containsOnly(1);
        }

        @Test
        void withoutTruncationTheFirstPopulationLastsForEver() {
            ToyLog log = new ToyLog(study(Objective.maximize("score"), 4, 1, 2, 3)
                    .strategy(Pbt.randomSearch())
                    .build());
            for (int round = 0; round < 4; round++) {
                for (int member = 0; member < 3; member++) {
                    log.finish(member, member);
                }
            }
            assertThat(log.state.end()).contains(Event.End.BUDGET);
            assertThat(donors(log)).isEmpty();
        }

        @Test
        void whateverIsBetterTheGenerationsAreTheSameAlsoWhenOneExitsEarly() {
            double[] errors = {0.5, 0.6, 0.1, 0.2, 0.3};
            double[] accuracies = {0.5, 0.4, 0.9, 0.8, 0.7};
            for (Set<Integer> exits : List.of(Set.<Integer>of(), Set.of(1))) {
                assertThat(lives(Objective.minimize("score"), 2, 4, trial -> errors[trial - 1], exits))
                        .containsExactly(2, 1, 3, 1, 1);
                assertThat(lives(Objective.maximize("score"), 2, 4, trial -> accuracies[trial - 1], exits))
                        .containsExactly(2, 1, 3, 1, 1);
            }
        }
    }

    /** Syne Tune: its scheduler looks at a trial when it reports, and at those that have reported. */
    @Nested
    class SyneTune {
        private final ToyLog log = new ToyLog(study(Objective.maximize("score"), 3, 1, 2, 3, 4)
                .strategy(Catalogue.builtIn()
                        .strategy(Map.of(
                                "exploit",
                                Map.of("truncation", Map.of("fraction", 0.25)),
                                "explore",
                                "none",
                                "compare",
                                "latest")))
                .mode(Mode.ASYNCHRONOUS)
                .build());

        @Test
        void oneAloneHasNobodyToCopy() {
            log.finish(0, -1);
            assertThat(donors(log)).isEmpty();
            assertThat(log.member(0).status()).isEqualTo(Status.TRAINING);
        }

        @Test
        void whoReportsInTheLowerQuantileGoesOnFromTheUpper() {
            log.finish(3, 4);
            log.finish(2, 3);
            log.finish(1, 2);
            assertThat(donors(log)).isEmpty();
            log.finish(0, 1);
            assertThat(donors(log)).isEqualTo(Map.of(0, 3));
            assertThat(log.attempt(0).parent()).isEqualTo(log.member(3).parent());
            assertThat(log.attempt(0).hyperparameters().integer("a")).isEqualTo(4);
        }

        @Test
        void whoIsInNeitherGoesOnAsItIs() {
            log.finish(3, 4);
            log.finish(0, 1);
            log.finish(1, 2);
            log.finish(2, 3);
            assertThat(donors(log)).isEmpty();
            for (int member = 0; member < 4; member++) {
                assertThat(log.attempt(member).hyperparameters().integer("a")).isEqualTo(member + 1);
            }
        }

        @Test
        void whoHasTrainedAllStopsHoweverBadItIs() {
            for (int round = 0; round < 3; round++) {
                log.finish(3, 4);
                log.finish(2, 3);
                log.finish(1, 2);
            }
            long before = log.state.tally().exploits();
            log.finish(0, 1);
            assertThat(log.member(0).status()).isEqualTo(Status.STOPPED);
            assertThat(log.state.tally().exploits()).isEqualTo(before);
            assertThat(log.state.end()).contains(Event.End.BUDGET);
        }
    }

    /** Orion: what is done about broken trials. */
    @Nested
    class Orion {
        private final ToyLog log = new ToyLog(study(Objective.maximize("score"), 5, 1, 2, 3, 4)
                .strategy(Catalogue.builtIn()
                        .strategy(
                                Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.25)), "compare", "latest")))
                .mode(Mode.ASYNCHRONOUS)
                .build());

        @Test
        void aBrokenRootIsNotGoneOnFrom() {
            log.fail(0, Event.Fault.TRAINER);
            assertThat(log.attempt(0).parent()).as("it begins anew").isEmpty();
            assertThat(log.attempt(0).stepFrom()).isZero();
            assertThat(log.attempt(0).hyperparameters().integer("a"))
                    .as("with other hyperparameters")
                    .isNotEqualTo(1);
        }

        @Test
        void aBrokenChildGoesOnFromWhatIsWhole() {
            for (int member = 0; member < 4; member++) {
                log.finish(member, member);
            }
            Set<CheckpointRef> whole = whole();
            for (int member = 0; member < 4; member++) {
                log.fail(member, Event.Fault.TRAINER);
                assertThat(log.attempt(member).parent()).isPresent().get().isIn(whole);
            }
        }

        @Test
        void soDoesOneThatBreaksAfterItHasCopied() {
            for (int member = 3; member >= 0; member--) {
                log.finish(member, member);
            }
            assertThat(donors(log)).isEqualTo(Map.of(0, 3));
            Set<CheckpointRef> whole = whole();
            log.fail(0, Event.Fault.TRAINER);
            assertThat(log.attempt(0).parent()).isPresent().get().isIn(whole);
            assertThat(log.member(0).status()).isEqualTo(Status.TRAINING);
        }

        @Test
        void whatIsPendingIsNotLookedAt() {
            log.finish(3, 4);
            log.finish(0, 1);
            assertThat(donors(log)).as("two are pending").isEmpty();
            log.fail(1, Event.Fault.PLACE);
            assertThat(log.attempt(1).number())
                    .as("an interruption is no failure")
                    .isEqualTo(1);
            assertThat(donors(log)).isEmpty();
        }

        /** Returns the weights that somebody has published with a score. */
        private Set<CheckpointRef> whole() {
            List<CheckpointRef> whole = new ArrayList<>();
            for (ReadyPoint point : log.state.population().ranking()) {
                if (point.isDonor()) {
                    whole.add(point.checkpoint().orElseThrow());
                }
            }
            return Set.copyOf(whole);
        }
    }

    /** Returns who has copied whom last. */
    private static Map<Integer, Integer> donors(ToyLog log) {
        Map<Integer, Integer> donors = new HashMap<>();
        for (Event event : log.events) {
            if (event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit copy) {
                MemberId member = decided.member();
                donors.put(member.index(), copy.donor().index());
            }
        }
        return donors;
    }
}
