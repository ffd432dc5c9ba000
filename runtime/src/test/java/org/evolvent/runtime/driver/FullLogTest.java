package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;
import org.junit.jupiter.api.Test;

/** What the driver does when there is no room for the log. */
class FullLogTest extends DriverScene {
    private final StorageException full =
            new StorageException(StorageException.Kind.FULL, "no room, says the test", new IOException());
    private final List<String> told = new ArrayList<>();

    /** Its medium is full for some appends. */
    private final class FullNowAndThen implements EventStore {
        private final int failures;
        private int appends;

        private FullNowAndThen(int failures) {
            this.failures = failures;
        }

        @Override
        public void append(List<? extends Event> events) {
            if (++appends > 10 && appends <= 10 + failures) {
                throw full;
            }
            log.append(events);
        }

        @Override
        public void read(long skipped, Consumer<? super Event> reader) {
            log.read(skipped, reader);
        }

        @Override
        public long size() {
            return log.size();
        }

        @Override
        public void sync() {
            log.sync();
        }

        @Override
        public void close() {
            log.close();
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
}
