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
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Event.End;
import org.evolvent.core.study.Execution;
import org.junit.jupiter.api.Test;

class TraceTest {
    private static final Objective LOSS = new Objective("loss", Goal.MINIMIZE);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Trace.Reader reader = new Trace.Reader(LOSS, "test");

    private static Event finished(int member, int interval, long seconds, Map<String, Double> metrics) {
        Attempt attempt = new Attempt(
                new MemberId(member),
                interval,
                0,
                interval * 10L,
                10,
                Hyperparameters.of(Map.of()),
                Optional.empty(),
                0);
        Instant end = START.plusSeconds(seconds);
        return new Event.IntervalFinished(
                attempt,
                LOSS.scoreOf(metrics),
                metrics,
                List.of(),
                new CheckpointId("0".repeat(64)),
                0,
                new Execution(0, end.minusSeconds(1), end, Duration.ofSeconds(1)));
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
                        new Trace.Point(10, 2, 10),
                        new Trace.Point(20, 5, 30),
                        new Trace.Point(30, 7, 40),
                        new Trace.Point(40, 8, 40),
                        new Trace.Point(50, 9, 40));
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
        assertThat(reader.trace().points()).containsExactly(new Trace.Point(10, 5, 30), new Trace.Point(20, 8, 20));
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
