package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.tasks.internal.DesignedTasks;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Forecast;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a strategy would do at a barrier, told from a log. */
class BarrierTest {
    private static final SyntheticTask TASK = DesignedTasks.stepwise();

    private static Study study(Mode mode, Map<String, ?> strategy) {
        Study study = TaskStudy.of(
                        TASK,
                        List.of(
                                Setting.parse("interval.steps=16"),
                                Setting.parse("execution.mode=" + mode.name().toLowerCase(Locale.ROOT))))
                .study();
        return TaskStudy.onTask(study, TASK, Catalogue.builtIn().strategy(strategy), 8, 3);
    }

    private static List<Event> log(Study study, double failureRate) {
        SimulatedCosts costs = new SimulatedCosts(
                Duration.ofSeconds(1),
                Duration.ZERO,
                Duration.ZERO,
                Collections.nCopies(4, 1.0),
                List.of(1.0, 0.7),
                failureRate,
                0);
        List<Event> log = new ArrayList<>();
        Forecast.of(study, TASK.trainer(), costs, new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                log.addAll(events);
            }
        });
        return log;
    }

    private static Barrier read(Study study, List<Event> log) {
        Barrier barrier = new Barrier(study);
        log.forEach(barrier::accept);
        return barrier;
    }

    /** Where there is a barrier, it is what was done; attempts that failed and were tried again change nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"truncation", "tournament", "welch"})
    void ofASynchronousLogItIsWhatWasDone(String exploit) {
        Study study = study(Mode.SYNCHRONOUS, Map.of("exploit", exploit));
        List<Event> log = log(study, 0.2);
        assertThat(log).anyMatch(Event.AttemptFailed.class::isInstance);
        double intervals =
                log.stream().filter(Event.IntervalFinished.class::isInstance).count();
        double exploits = log.stream()
                .filter(event ->
                        event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit)
                .count();
        assertThat(read(study, log).exploitsPerInterval())
                .hasValueSatisfying(wanted -> assertThat(wanted).isCloseTo(exploits / intervals, within(0.01)));
    }

    /** By the latest results alone, who reports first never ranks last, so that most of the copies of a barrier are not made. */
    @Test
    void ofAnAsynchronousLogItIsWhatTheMissingResultsWouldHaveMade() {
        Study study = study(Mode.ASYNCHRONOUS, Map.of("exploit", "tournament", "explore", "pb2"));
        assertThat(read(study, log(study, 0)).exploitsPerInterval())
                .hasValueSatisfying(wanted -> assertThat(wanted).isBetween(0.35, 0.5));
    }

    @Test
    void withoutAWholeRoundOrWithLostCheckpointsNobodyCanTell() {
        Study study = study(Mode.ASYNCHRONOUS, Map.of());
        List<Event> log = log(study, 0);
        assertThat(read(study, log.subList(0, 10)).exploitsPerInterval()).isEmpty();
        assertThat(new Barrier(study).exploitsPerInterval()).isEmpty();
        log.add(20, new Event.CheckpointsLost(List.of(), List.of(), "", Instant.EPOCH));
        assertThat(read(study, log).exploitsPerInterval()).isEmpty();
    }
}
