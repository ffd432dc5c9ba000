package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way out of a damaged log. */
class SalvageTest {
    private static final CheckpointId ID = new CheckpointId("a".repeat(64));
    private static final int INTERVALS = 500;

    @TempDir
    Path directory;

    private Path write() {
        Path file = directory.resolve("events.db");
        try (SqliteEventStore store = SqliteEventStore.create(file)) {
            store.checkpoints().put(ID, new CheckpointTable.Row("manifest", new byte[] {1, 2, 3}));
            for (int i = 0; i < INTERVALS; i++) {
                store.append(SampleEvents.interval(i));
            }
        }
        return file;
    }

    @Test
    void keepsWhatCanBeTrustedAndTheDamagedFile() throws Exception {
        Path file = write();
        Sql.execute(file, "UPDATE events SET body = '{}' WHERE seq = 700");
        assertThatThrownBy(() -> Salvage.keep(file, 700)).isInstanceOf(DamagedLogException.class);
        assertThat(Salvage.keep(file, 699)).isEqualTo(directory.resolve("events.db.damaged-1"));
        assertThat(count(file)).isEqualTo(699);
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(SampleEvents.interval(1));
            assertThat(store.checkpoints().get(ID).orElseThrow().content()).containsExactly(1, 2, 3);
            store.check();
        }
        try (SqliteEventStore damaged = SqliteEventStore.read(directory.resolve("events.db.damaged-1"))) {
            assertThat(damaged.size()).isEqualTo(2 * INTERVALS);
        }
        assertThat(Files.exists(directory.resolve(".events.db.salvaged"))).isFalse();
    }

    /** The database and the log that belongs to it are kept together. */
    @Test
    void takesTheWriteAheadLogIntoAccount() throws IOException {
        Path killed = directory.resolve("killed.db");
        Path file = directory.resolve("events.db");
        try (SqliteEventStore store = SqliteEventStore.create(killed)) {
            store.append(SampleEvents.all());
            Files.copy(killed, file);
            Files.copy(WriteAheadLog.of(killed), WriteAheadLog.of(file));
        }
        Path damaged = Salvage.keep(file, 3);
        assertThat(count(file)).isEqualTo(3);
        assertThat(count(damaged)).isEqualTo(SampleEvents.all().size());
    }

    @Test
    void aMalformedDatabaseIsNamedAndItsBeginningSaved() throws IOException {
        Path file = write();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4096), channel.size() / 2 / 4096 * 4096);
        }
        assertThatThrownBy(() -> SqliteEventStore.open(file))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("half-written or damaged")
                .hasMessageContaining("--keep-events " + SqliteEventStore.trusted(file));
        long trusted = SqliteEventStore.trusted(file);
        assertThat(trusted).isBetween(10L, 2L * INTERVALS - 1);
        Salvage.keep(file, trusted);
        assertThat(count(file)).isEqualTo(trusted);
    }

    @Test
    void refusesToKeepMoreThanThereIs() {
        Path file = write();
        assertThatThrownBy(() -> Salvage.keep(file, 2 * INTERVALS + 1))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("1000 events");
        assertThat(count(file)).isEqualTo(2 * INTERVALS);
    }

    private static long count(Path file) {
        List<Event> read = new ArrayList<>();
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            store.read(read::add);
        }
        return read.size();
    }
}
