package org.evolvent.testkit.internal.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;

/**
 * A log of three members that holds every type of event, decision, value and fact, and the numbers that are hard to store. It is a fixed
 * text as far as the contract kits go: no study would come to just these decisions.
 */
public final class SampleEvents {
    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private SampleEvents() {}

    /** Returns the whole log. */
    public static List<Event> all() {
        Hyperparameters first = hyperparameters(0.1, 1.0, 32, "adam", true);
        Hyperparameters second =
                hyperparameters(2.0e-3, 0.30000000000000004, 64, "sgd \"nesterov\"\n\u00e9\u2713", false);
        Hyperparameters third = hyperparameters(Double.MIN_VALUE, -0.0, Long.MIN_VALUE, "", false);
        CheckpointRef zero = new CheckpointRef(new MemberId(0), 0, 500, checkpoint(1));
        CheckpointRef one = new CheckpointRef(new MemberId(1), 0, 500, checkpoint(2));
        return List.of(
                new Event.StudyCreated("study: sample\nseed: 17\n", START),
                new Event.PopulationCreated(List.of(first, second, third)),
                finished(
                        attempt(0, 0, 0, first, Optional.empty()),
                        new Score.Valid(0.9),
                        Map.of("accuracy", 0.9),
                        List.of(),
                        zero.id()),
                decided(
                        0,
                        0,
                        new Decision.Continue(
                                "Only 1 of 3 members have a result to compare with; 2 are needed",
                                Evidence.NONE.with("rank", 1).with("ranked", 1).with("fitness", 0.9))),
                new Event.AttemptFailed(
                        attempt(1, 0, 0, second, Optional.empty()),
                        Event.Fault.PLACE,
                        "The process was killed",
                        execution(1, 3)),
                new Event.StudyResumed(START.plusSeconds(60)),
                finished(
                        attempt(1, 0, 1, second, Optional.empty()),
                        new Score.Valid(0.30000000000000004),
                        metrics(),
                        List.of(1.0, -2.5, Double.NaN, 1.0e300),
                        one.id()),
                decided(
                        1,
                        0,
                        new Decision.Exploit(
                                new MemberId(0),
                                0,
                                Optional.of(zero),
                                second,
                                first,
                                "It ranks 2 of 2, in the bottom 1",
                                Evidence.NONE
                                        .with("rank", 2)
                                        .with("donor_fitness", 0.9)
                                        .with("fitness", Double.NEGATIVE_INFINITY))),
                decided(
                        1,
                        0,
                        new Decision.Explore(
                                first,
                                hyperparameters(0.125, 1.0, 32, "adam", true),
                                "Each parameter is resampled or perturbed",
                                Evidence.NONE
                                        .with("perturbed", List.of("learning_rate"))
                                        .with("resampled", List.of())
                                        .with("shares", List.of(0.25, 1.0))
                                        .with("forced", false))),
                new Event.AttemptFailed(
                        attempt(2, 0, 0, third, Optional.empty()),
                        Event.Fault.TRAINER,
                        "java.lang.IllegalStateException: diverged",
                        execution(0, 7)),
                finished(
                        attempt(2, 0, 1, third, Optional.empty()),
                        new Score.Invalid("the trainer reported accuracy = NaN"),
                        Map.of("accuracy", Double.NaN),
                        List.of(),
                        checkpoint(3)),
                decided(
                        2,
                        0,
                        new Decision.Exploit(
                                new MemberId(0),
                                0,
                                Optional.empty(),
                                third,
                                first,
                                "Only hyperparameters are copied",
                                Evidence.NONE)),
                finished(
                        attempt(0, 1, 0, first, Optional.of(zero)),
                        new Score.Valid(Double.MAX_VALUE),
                        Map.of("accuracy", Double.MAX_VALUE),
                        List.of(),
                        checkpoint(4)),
                decided(
                        0,
                        1,
                        new Decision.Stop(
                                "Its budget of 1000 steps is spent",
                                Evidence.NONE.with("trained", 1000L).with("budget", Long.MAX_VALUE))),
                new Event.CheckpointsLost(
                        List.of(one.id(), checkpoint(3)),
                        List.of(new MemberId(1), new MemberId(2)),
                        "Their weights are missing from the store",
                        START.plusSeconds(70)),
                new Event.StudyEnded(Event.End.TARGET, START.plusMillis(90_001)));
    }

    /** Returns an amendment, which later programs have added to version 2. */
    public static Event.StudyAmended amendment() {
        Hyperparameters first = hyperparameters(0.1, 1.0, 32, "adam", true);
        Hyperparameters second = hyperparameters(2.0e-3, 0.30000000000000004, 64, "sgd", false);
        return new Event.StudyAmended(
                "study: sample\nseed: 17\nsteps: 2000\n",
                List.of(
                        new Event.Change("budget.steps", Optional.of("1000"), Optional.of("2000")),
                        new Event.Change("budget.target", Optional.empty(), Optional.of("0.99"))),
                Map.of(new MemberId(1), second),
                List.of(
                        new Event.Newcomer(
                                new MemberId(3),
                                first,
                                Optional.of(new CheckpointRef(new MemberId(0), 0, 500, checkpoint(1)))),
                        new Event.Newcomer(new MemberId(4), second, Optional.empty())),
                List.of(new MemberId(2)),
                START.plusSeconds(80));
    }

    /** Returns an interval as if a slot in some place had trained it. */
    public static Event.IntervalFinished in(String place, Event.IntervalFinished finished) {
        Execution execution = finished.execution();
        return new Event.IntervalFinished(
                finished.attempt(),
                finished.score(),
                finished.metrics(),
                finished.samples(),
                finished.checkpoint(),
                finished.checkpointBytes(),
                new Execution(
                        execution.slot(),
                        execution.startedAt(),
                        execution.finishedAt(),
                        execution.training(),
                        Optional.of(place)));
    }

    /** Returns the checkpoint of member 0 that member 1 copies. */
    public static CheckpointId copied() {
        return checkpoint(1);
    }

    /** Returns the events that one more interval of member 0 brings. */
    public static List<Event> interval(int interval) {
        Hyperparameters values = hyperparameters(0.1, 1.0, 32, "adam", true);
        return List.of(
                finished(
                        attempt(0, interval, 0, values, Optional.empty()),
                        new Score.Valid(interval),
                        Map.of("accuracy", (double) interval),
                        List.of(),
                        checkpoint(interval)),
                decided(0, interval, new Decision.Continue("It ranks first", Evidence.NONE)));
    }

    private static Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("accuracy", 0.30000000000000004);
        metrics.put("loss", Double.POSITIVE_INFINITY);
        metrics.put("drift", Double.NEGATIVE_INFINITY);
        metrics.put("gradient norm", Double.NaN);
        // What JDK 17 and 19 print differently.
        metrics.put("awkward", 2.0e-3);
        metrics.put("more awkward", 2.2250738585072014e-308);
        metrics.put("most awkward", 2.0e23);
        return metrics;
    }

    private static Hyperparameters hyperparameters(
            double rate, double momentum, long batch, String kind, boolean flag) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("learning_rate", new Value.Real(rate));
        values.put("momentum", new Value.Real(momentum));
        values.put("batch_size", new Value.Int(batch));
        values.put("optimizer", new Value.Text(kind));
        values.put("augment", new Value.Flag(flag));
        return Hyperparameters.of(values);
    }

    private static Attempt attempt(
            int member, int interval, int number, Hyperparameters values, Optional<CheckpointRef> parent) {
        return new Attempt(
                new MemberId(member), interval, number, interval * 500L, 500, values, parent, -1234567890123456789L);
    }

    private static Event finished(
            Attempt attempt, Score score, Map<String, Double> metrics, List<Double> samples, CheckpointId checkpoint) {
        return new Event.IntervalFinished(attempt, score, metrics, samples, checkpoint, 100, execution(0, 1));
    }

    private static Event decided(int member, int interval, Decision decision) {
        return new Event.Decided(new MemberId(member), interval, decision);
    }

    private static Execution execution(int slot, int seconds) {
        return new Execution(
                slot,
                START,
                START.plusSeconds(seconds).plusNanos(123_456_789),
                Duration.ofNanos(seconds * 999_999_999L));
    }

    private static CheckpointId checkpoint(int number) {
        return new CheckpointId("c0ffee%058x".formatted(number));
    }
}
