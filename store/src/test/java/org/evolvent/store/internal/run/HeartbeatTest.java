package org.evolvent.store.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers on two hosts, of which one is a file here. */
class HeartbeatTest {
    private static final Heartbeat.Pace QUICK =
            new Heartbeat.Pace(Duration.ofMillis(5), Duration.ofSeconds(30), Duration.ofDays(1));
    private static final Heartbeat.Pace SLOW =
            new Heartbeat.Pace(Duration.ofDays(1), Duration.ofMillis(50), Duration.ofDays(1));

    /** Looks at every append, as one does that stood still. */
    private static final Heartbeat.Pace STOOD_STILL =
            new Heartbeat.Pace(Duration.ofDays(1), Duration.ofMillis(50), Duration.ZERO);

    @TempDir
    Path directory;

    private Heartbeat begin(String host, boolean takeOver, Heartbeat.Pace pace) throws IOException {
        return Heartbeat.begin(directory, "7 on %s since noon".formatted(host), host, takeOver, pace);
    }

    @Test
    void whoLivesOnAnotherHostIsNamed() throws IOException {
        try (Heartbeat first = begin("one", false, QUICK)) {
            assertThatThrownBy(() -> begin("two", false, QUICK))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("in use by process 7 on one since noon, last heard from at");
            first.requireMine();
        }
        assertThat(directory.resolve("driver")).doesNotExist();
    }

    @Test
    void whoIsDeadIsTakenOverAndFindsOut() throws IOException {
        try (Heartbeat first = begin("one", false, SLOW)) {
            Heartbeat second = begin("two", false, STOOD_STILL);
            first.requireMine();
            try (second) {
                assertThat(Files.readString(directory.resolve("driver"))).startsWith("7 on two since noon");
            }
        }
        Heartbeat stood = begin("one", false, STOOD_STILL);
        try (Heartbeat second = begin("two", true, STOOD_STILL)) {
            assertThatThrownBy(stood::requireMine)
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("was taken over by process 7 on two since noon");
            stood.close();
            second.requireMine();
            assertThat(directory.resolve("driver"))
                    .as("the loser leaves it alone")
                    .exists();
        }
    }

    @Test
    void whoIsTakenOverAliveHasLookedBeforeTheOtherWrites() throws IOException {
        Heartbeat.Pace pace = new Heartbeat.Pace(Duration.ofDays(1), Duration.ofDays(1), Duration.ofMillis(200));
        try (Heartbeat first = begin("one", false, pace);
                Heartbeat second = begin("two", true, pace)) {
            assertThatThrownBy(first::requireMine).hasMessageContaining("was taken over by process 7 on two");
            second.requireMine();
        }
    }

    @Test
    void onOneHostNobodyWaits() throws IOException {
        Files.writeString(directory.resolve("driver"), "6 on one since morning\nlast heard from at ten\n");
        try (Heartbeat next =
                begin("one", false, new Heartbeat.Pace(Duration.ofDays(1), Duration.ofDays(1), Duration.ZERO))) {
            next.requireMine();
        }
    }

    @Test
    void whoHasLostTheRunAppendsNothing() throws IOException {
        Path run = directory.resolve("run");
        try (RunDirectory created = RunDirectory.create(run, "study: s\n")) {
            Event event = new Event.StudyResumed(java.time.Instant.EPOCH);
            created.events().append(List.of(event));
            created.events().fencedBy(() -> {
                throw new EvolventException("taken over");
            });
            assertThatThrownBy(() -> created.events().append(List.of(event))).hasMessageContaining("taken over");
            assertThat(created.events().size()).isEqualTo(1);
        }
        assertThat(run.resolve("events.db-wal"))
                .as("what another driver may be writing to")
                .exists();
        Files.writeString(run.resolve("driver"), "6 on elsewhere since morning\nlast heard from at ten\n");
        assertThatCode(() -> RunDirectory.open(run, true).close()).doesNotThrowAnyException();
    }
}
