package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.api.Test;

/** What the driver does when there is no room for the log. */
class FullLogTest extends DriverScene {
    private final StorageException full =
            new StorageException(StorageException.Kind.FULL, "no room, says the test", new IOException());
    private final List<String> told = new ArrayList<>();

    /** Its medium is full for some appends. */
    private class FullNowAndThen extends ForwardingEventStore {
        private final int failures;
        private int appends;

        private FullNowAndThen(int failures) {
            super(log);
            this.failures = failures;
        }

        @Override
        public void append(List<? extends Event> events) {
            if (++appends > 10 && appends <= 10 + failures) {
                throw full;
            }
            super.append(events);
        }
    }

    private StudyListener pauses(Runnable paused) {
        return new StudyListener() {
            @Override
            public void paused(String reason) {
                told.add(reason);
                paused.run();
            }

            @Override
            public void unpaused() {
                told.add("unpaused");
            }
        };
    }

    @Test
    void waitsForRoomForTheLog() {
        StudyState end = run(new FullNowAndThen(3), pauses(() -> {}));
        assertThat(end.end()).contains(Event.End.BUDGET);
        assertThat(told).hasSize(4).endsWith("unpaused");
        assertThat(told.subList(0, 3)).allMatch(reason -> reason.contains("no room, says the test"));
        assertThat(StateDigest.of(log.events())).isEqualTo(undisturbed());
        assertThat(checkpoints.list()).isEqualTo(end.population().reachable());
    }

    @Test
    void aStopDoesNotWaitForRoom() {
        assertThatThrownBy(() ->
                        run(new FullNowAndThen(1), pauses(() -> driver.get().stop())))
                .isSameAs(full);
        assertThat(told).hasSize(1);
        run(log, new StudyListener() {});
        assertThat(StateDigest.of(log.events())).isEqualTo(undisturbed());
    }

    @Test
    void asksForHelpWhenThereIsNoRoomForTooLong() {
        assertThatThrownBy(() -> run(new FullNowAndThen(1_000_000), pauses(() -> {})))
                .isSameAs(full);
        assertThat(now).isAfter(Instant.EPOCH.plus(Duration.ofHours(1)));
    }

    /** An echo of the past that came while the end of the study waited for room: its checkpoint kept its pin for ever. */
    @Test
    void whatCameWhileTheEndWaitedForRoomIsGivenBack() {
        boolean[] paused = {false};
        EventStore noRoomForTheEnd = new FullNowAndThen(0) {
            @Override
            public void append(List<? extends Event> events) {
                if (!paused[0] && events.get(events.size() - 1) instanceof Event.StudyEnded) {
                    throw full;
                }
                super.append(events);
            }
        };
        try (ScriptedExecutor executor = new ScriptedExecutor(
                2,
                checkpoints,
                (attempt, parent, save) -> {
                    Files.writeString(save.resolve("echo"), paused[0] + " " + attempt);
                    return Map.of("height", 1.0 * attempt.stepTo());
                },
                clock)) {
            StudyState end = run(study(Budget.ofSteps(30)), noRoomForTheEnd, executor, clock, pauses(() -> {
                paused[0] = true;
                executor.start(firstAttempt());
            }));
            assertThat(end.end()).contains(Event.End.BUDGET);
            assertThat(paused[0]).isTrue();
            assertThat(checkpoints.list()).isEqualTo(end.population().reachable());
        }
    }

    private Attempt firstAttempt() {
        return log.events().stream()
                .filter(event -> event instanceof Event.IntervalFinished)
                .map(event -> ((Event.IntervalFinished) event).attempt())
                .findFirst()
                .orElseThrow();
    }
}
