package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Event.End;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final Objective LOSS = new Objective("loss", Goal.MINIMIZE);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Study STUDY = Study.named(
                    "toy", SearchSpace.of(Parameter.of("x", Reals.linear(0, 1))), LOSS, Budget.ofSteps(100), 10)
            .build();

    private final TraceReader reader = new TraceReader(STUDY, "test", Optional.empty(), false);

    private static Event finished(int member, int interval, long seconds, Map<String, Double> metrics) {
        return finished(member, interval, seconds, metrics, List.of());
    }

    private static Event finished(
            int member, int interval, long seconds, Map<String, Double> metrics, List<Double> samples) {
        return new Event.IntervalFinished(
                attempt(member, interval),
                LOSS.scoreOf(metrics),
                metrics,
                samples,
                new CheckpointId("0".repeat(64)),
                0,
                execution(seconds, Duration.ofSeconds(1)));
    }

    private static Attempt attempt(int member, int interval) {
        return new Attempt(
                new MemberId(member),
                interval,
                0,
                interval * 10L,
                10,
                Hyperparameters.of(Map.of()),
                Optional.empty(),
                0);
    }

    private static Execution execution(long seconds, Duration training) {
        Instant end = START.plusSeconds(seconds);
        return new Execution(0, end.minus(training), end, training);
    }

    private static Trace.Point point(long steps, double seconds, double value) {
        return new Trace.Point(steps, seconds, value, value, 0);
    }

    private static Map<String, Double> metrics(double loss, double test) {
        return Map.of("loss", loss, "test", test);
    }

    /** The log of a synchronous round is in the order of members; what counts is time. */
    @Test
    void theObjectiveChoosesAndTheMetricIsReported() {
        reader.accept(new Event.StudyCreated("", START));
        reader.accept(finished(0, 0, 5, metrics(3, 30)));
        reader.accept(finished(1, 0, 2, metrics(4, 10)));
        reader.accept(finished(0, 1, 7, metrics(2, 40)));
        reader.accept(finished(1, 1, 8, metrics(2.5, 1)));
        reader.accept(finished(0, 2, 9, Map.of("loss", Double.NaN)));
        assertThat(reader.isOver()).isFalse();
        reader.accept(new Event.StudyEnded(End.BUDGET, START.plusSeconds(10)));
        assertThat(reader.isOver()).isTrue();
        Trace trace = reader.trace();
        assertThat(trace.points())
                .containsExactly(
                        point(10, 2, 10), point(20, 5, 30), point(30, 7, 40), point(40, 8, 40), point(50, 9, 40));
        assertThat(trace.score()).isEqualTo(40);
        assertThat(trace.within(29).score()).isEqualTo(30);
        assertThat(trace.within(29).steps()).isEqualTo(20);
        assertThat(trace.within(29).seconds()).isEqualTo(5);
        assertThat(trace.at(1.9, Trace.Point::seconds)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(trace.at(2, Trace.Point::seconds)).isEqualTo(10);
        assertThat(trace.at(6.9, Trace.Point::seconds)).isEqualTo(30);
        assertThat(trace.at(1e9, Trace.Point::steps)).isEqualTo(40);
    }

    @Test
    void pausesDoNotCount() {
        reader.accept(new Event.StudyCreated("", START));
        reader.accept(finished(0, 0, 5, metrics(3, 30)));
        reader.accept(new Event.StudyResumed(START.plusSeconds(1000)));
        reader.accept(finished(1, 0, 1003, metrics(2, 20)));
        assertThat(reader.trace().points()).containsExactly(point(10, 5, 30), point(20, 8, 20));
    }

    /** Nobody knows how far a failed attempt came: as far as others in its time, and no further than it was to come. */
    @Test
    void failedAttemptsAreSpentToo() {
        reader.accept(new Event.StudyCreated("", START));
        reader.accept(finished(0, 0, 5, metrics(3, 30)));
        reader.accept(
                new Event.AttemptFailed(attempt(1, 0), Event.Fault.TRAINER, "", execution(6, Duration.ofMillis(400))));
        reader.accept(
                new Event.AttemptFailed(attempt(1, 0), Event.Fault.PLACE, "", execution(7, Duration.ofSeconds(3))));
        assertThat(reader.trace().points()).containsExactly(point(10, 5, 30), point(14, 6, 30), point(24, 7, 30));
        assertThat(reader.trace().selection().intervals()).isEqualTo(1);
    }

    @Test
    void whoIsChosenByNoiseIsReportedByWhatChoseNothing() {
        TraceReader again = new TraceReader(STUDY, "loss", Optional.of("test"), false);
        again.accept(new Event.StudyCreated("", START));
        again.accept(finished(0, 0, 5, metrics(2, 4), List.of(1.0, 3.0)));
        // Without samples a score is exact.
        again.accept(finished(0, 1, 6, metrics(1, 99)));
        assertThat(again.trace().points())
                .containsExactly(new Trace.Point(10, 5, 4, 2, 1), new Trace.Point(20, 6, 1, 1, 0));
        assertThat(again.trace().chosen()).isEqualTo(1);
    }

    @Test
    void aStudyWithoutScoresIsInfinitelyBad() {
        reader.accept(new Event.StudyCreated("", START));
        assertThat(reader.trace().score()).isEqualTo(Double.POSITIVE_INFINITY);
        reader.accept(finished(0, 0, 5, Map.of("loss", Double.NaN)));
        assertThat(reader.trace().score()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(reader.trace().steps()).isEqualTo(10);
    }

    @Test
    void aMetricThatNobodyReportsIsNamedWithThoseThatThereAre() {
        reader.accept(finished(0, 0, 5, Map.of("loss", 1.0, "f1", 0.5)));
        assertThatThrownBy(reader::trace).hasMessageContainingAll("'test'", "[f1, loss]");
    }
}
