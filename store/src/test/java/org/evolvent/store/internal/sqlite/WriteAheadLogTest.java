package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite would drop in silence is kept and said. */
class WriteAheadLogTest {
    private static final int FRAME_BYTES = 24 + 4096;

    @TempDir
    Path directory;

    private byte[] database;
    private byte[] log;
    private final List<Event> events = new ArrayList<>();

    /** As a killed process leaves it. */
    @BeforeEach
    void write() throws IOException {
        Path file = directory.resolve("killed.db");
        try (SqliteEventStore store = SqliteEventStore.create(file)) {
            for (int i = 0; i < 6; i++) {
                store.append(SampleEvents.interval(i));
                events.addAll(SampleEvents.interval(i));
            }
            database = Files.readAllBytes(file);
            log = Files.readAllBytes(WriteAheadLog.of(file));
        }
    }

    @Test
    void nothingIsWrongAfterAKill() throws IOException {
        Path file = found(log);
        assertThat(WriteAheadLog.preserve(file)).isEmpty();
        assertThat(read(file)).isEqualTo(events);
        assertThat(WriteAheadLog.damage(file)).as("without a log").isEmpty();
    }

    @Test
    void nothingIsWrongWhenTheLastWriteWasCut() throws IOException {
        for (int cut = 0; cut < log.length; cut += 1000) {
            Path file = found(Arrays.copyOf(log, cut));
            assertThat(WriteAheadLog.preserve(file)).as("cut at %s", cut).isEmpty();
        }
    }

    @Test
    void aFlippedByteNeverDropsAnythingInSilence() throws IOException {
        int told = 0;
        for (int position = 0; position < log.length; position += position < 60 ? 3 : 1499) {
            byte[] flipped = log.clone();
            flipped[position] ^= 0x40;
            Path file = found(flipped);
            Optional<String> warning = WriteAheadLog.preserve(file);
            List<Event> read = readOrNothing(file);
            if (!read.equals(events)) {
                assertThat(warning).as("byte %s", position).isPresent();
                assertThat(file.resolveSibling("events.db-wal.damaged-1")).hasBinaryContent(flipped);
                told++;
            }
        }
        assertThat(told).isPositive();
    }

    @Test
    void saysWhereTheDamageIsAndHowMuchIsBehindIt() throws IOException {
        byte[] flipped = log.clone();
        flipped[32 + FRAME_BYTES + 100] ^= 1;
        Path file = found(flipped);
        assertThat(WriteAheadLog.damage(file).orElseThrow()).contains(file.toString(), "in frame 2", "transactions");
        assertThat(WriteAheadLog.preserve(file).orElseThrow()).contains("events.db-wal.damaged-1");
        assertThat(WriteAheadLog.preserve(file).orElseThrow()).contains("events.db-wal.damaged-2");
        flipped[3] ^= 1;
        assertThat(WriteAheadLog.damage(found(flipped)).orElseThrow()).contains("in its header");
    }

    /** Frames of an earlier turn of the file lie behind those of the present one. */
    @Test
    void whatAnEarlierTurnLeftIsNotMissed() throws IOException {
        Path file = directory.resolve("turned.db");
        try (SqliteEventStore store = SqliteEventStore.create(file)) {
            for (int i = 0; i < 1800; i++) {
                store.append(SampleEvents.interval(i));
            }
            assertThat(Files.size(WriteAheadLog.of(file)))
                    .as("written over from its beginning")
                    .isBetween(16L << 20, 17L << 20);
            assertThat(WriteAheadLog.damage(file)).isEmpty();
        }
    }

    private Path found(byte[] content) throws IOException {
        Path file = Files.createDirectories(directory.resolve("found")).resolve("events.db");
        for (String left : List.of("-shm", "-wal", "-wal.damaged-1", "-wal.damaged-2")) {
            Files.deleteIfExists(file.resolveSibling("events.db" + left));
        }
        Files.write(file, database);
        Files.write(WriteAheadLog.of(file), content);
        return file;
    }

    private static List<Event> readOrNothing(Path file) {
        try {
            return read(file);
        } catch (EvolventException e) {
            return List.of();
        }
    }

    private static List<Event> read(Path file) {
        List<Event> read = new ArrayList<>();
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.read(read::add);
        }
        return read;
    }
}
