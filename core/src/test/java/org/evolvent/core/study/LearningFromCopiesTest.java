package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.Randomness;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model learns from whole studies: the gain of every interval that began with a checkpoint whose score is known. */
class LearningFromCopiesTest {
    private static Study study(Mode mode, Map<String, ?> exploit, String explore, String compare, long seed) {
        return ToyLog.study()
                .population(8)
                .mode(mode)
                .strategy(Catalogue.builtIn()
                        .strategy(Map.of("exploit", exploit, "explore", explore, "compare", compare)))
                .seed(seed)
                .build();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({
        "SYNCHRONOUS, truncation, true, same_step",
        "ASYNCHRONOUS, truncation, true, same_step",
        "ASYNCHRONOUS, truncation, true, equal_progress",
        "SYNCHRONOUS, tournament, false, latest",
        "SYNCHRONOUS, tournament, false, same_step",
        "ASYNCHRONOUS, tournament, false, same_step"
    })
    void everyIntervalTeachesWhatItIsWorth(Mode mode, String exploit, boolean backtrack, String compare) {
        ToyLog log = new ToyLog(study(mode, Map.of(exploit, Map.of(), "backtrack", backtrack), "pb2", compare, 0));
        trainNoisily(log);
        assertThat(log.state.tally().exploits()).isGreaterThan(5);
        List<Double> learned = log.state.strategy().memory().orElseThrow().memory("explore").memories("rows").stream()
                .map((Memory row) -> row.real("gain"))
                .toList();
        assertThat(learned).containsExactlyElementsOf(gains(log));
    }

    @ParameterizedTest
    @CsvSource({
        "SYNCHRONOUS, same_step",
        "SYNCHRONOUS, latest",
        "ASYNCHRONOUS, same_step",
        "ASYNCHRONOUS, latest",
        "ASYNCHRONOUS, equal_progress"
    })
    void backtrackGoesBackToTheBestAndRanksAsIt(Mode mode, String compare) {
        int older = 0;
        for (long seed = 0; seed < 5; seed++) {
            Map<String, ?> exploit = Map.of("truncation", Map.of("fraction", 0.25), "backtrack", true);
            older += copiesOfOlder(study(mode, exploit, "perturb", compare, seed));
        }
        assertThat(older).as("copies of what the donor no longer has").isPositive();
    }

    private static int copiesOfOlder(Study study) {
        ToyLog log = new ToyLog(study);
        trainNoisily(log);
        StudyState state = StudyState.initial(study);
        int older = 0;
        for (Event event : log.events) {
            Optional<ReadyPoint> best = state.population().best();
            state = state.after(event);
            if (event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit copy) {
                assertThat(copy.weights()).isEqualTo(best.orElseThrow().checkpoint());
                assertThat(state.population().get(decided.member()).last())
                        .contains(best.orElseThrow().heldBy(decided.member()));
                Member donor = state.population().get(copy.donor());
                older += donor.last().orElseThrow().checkpoint().equals(copy.weights()) ? 0 : 1;
            }
        }
        return older;
    }

    /** Scores go up and down, so that the best ever is soon behind somebody's present weights. */
    private static void trainNoisily(ToyLog log) {
        while (log.state.end().isEmpty()) {
            for (Member member : log.state.population()) {
                int index = member.id().index();
                if (log.state.end().isEmpty() && log.member(index).status() == Member.Status.TRAINING) {
                    Attempt attempt = log.attempt(index);
                    long noise = Randomness.mix(attempt.seed() + attempt.interval()) % 100;
                    log.finish(index, ToyLog.formula(attempt) + noise / 100.0);
                }
            }
        }
    }

    /** Returns the gains of all intervals that began and ended with a valid score, from the log alone. */
    private static List<Double> gains(ToyLog log) {
        Map<CheckpointRef, Double> scores = new HashMap<>();
        List<Double> gains = new ArrayList<>();
        for (Event event : log.events) {
            if (event instanceof Event.IntervalFinished finished && finished.score() instanceof Score.Valid valid) {
                Attempt attempt = finished.attempt();
                Optional<Double> before = attempt.parent().map(scores::get);
                before.ifPresent(from -> gains.add((valid.value() - from) / (attempt.stepTo() - attempt.stepFrom())));
                scores.put(
                        new CheckpointRef(
                                attempt.member(), attempt.interval(), attempt.stepTo(), finished.checkpoint()),
                        valid.value());
            }
        }
        return gains;
    }
}
