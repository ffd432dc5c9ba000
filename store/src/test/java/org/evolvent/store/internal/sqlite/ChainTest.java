package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.MemberEvents;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that was changed says so. */
class ChainTest {
    private static final int PAGE_BYTES = 4096;

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() {
        file = directory.resolve("events.db");
        try (SqliteEventStore store = SqliteEventStore.create(file)) {
            for (int i = 0; i < 10; i++) {
                store.append(SampleEvents.interval(i));
            }
        }
    }

    /** As the manual of the chain says it; whoever does not trust this program can do it in ten lines of another. */
    @Test
    void isWhatTheManualSays() throws Exception {
        byte[] chain = new byte[32];
        for (String row : Sql.rows(
                file,
                "SELECT seq, lower(hex(chain)), type || char(10) || version || char(10) || body FROM events ORDER BY seq")) {
            String[] columns = row.split("\\|", 3);
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(chain);
            chain = sha.digest((columns[0] + "\n" + columns[2]).getBytes(StandardCharsets.UTF_8));
            assertThat(columns[1]).isEqualTo(HexFormat.of().formatHex(chain));
        }
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            assertThat(store.chain(20)).contains(HexFormat.of().formatHex(chain));
            assertThat(store.chain(0)).contains("0".repeat(64));
            assertThat(store.chain(21)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE events SET body = replace(body, '0.', '1.') WHERE seq = 7",
                "UPDATE events SET body = body || ' ' WHERE seq = 7",
                "UPDATE events SET type = 'decided' WHERE seq = 7",
                "UPDATE events SET version = 1 WHERE seq = 7",
                "UPDATE events SET chain = zeroblob(32) WHERE seq = 7",
                "UPDATE events SET chain = zeroblob(0) WHERE seq = 7",
                "UPDATE events SET member = 3 WHERE seq = 7",
                "UPDATE events SET interval = NULL WHERE seq = 7",
                "DELETE FROM events WHERE seq = 7",
                "UPDATE events SET seq = 99 WHERE seq = 7",
                "UPDATE events SET body = (SELECT body FROM events WHERE seq = 9) WHERE seq = 7"
            })
    void aChangeIsNamedAndWhatCanBeTrustedBeforeIt(String change) throws Exception {
        Sql.execute(file, change);
        List<Event> read = new ArrayList<>();
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            DamagedLogException damage = catchThrowableOfType(DamagedLogException.class, () -> store.read(read::add));
            assertThat(damage).hasMessageContaining("event 7").hasMessageContaining("first 6 events can be trusted");
            assertThat(damage).hasMessageContaining("evolvent resume %s --keep-events 6".formatted(directory));
            assertThat(damage.trusted()).isEqualTo(6);
            assertThat(read).hasSize(6);
        }
    }

    /** They are checked a thousand at a time, ahead of who reads them. */
    @ParameterizedTest
    @ValueSource(ints = {999, 1000, 1001, 1002, 2000, 2001, 2399})
    void aChangeInALongLogIsNamedToo(int damaged) throws Exception {
        lengthen();
        List<Event> all = new ArrayList<>();
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            store.read(all::add);
        }
        assertThat(all).hasSize(2400);
        for (String change :
                List.of("UPDATE events SET body = body || ' ' WHERE seq = ", "DELETE FROM events WHERE seq = ")) {
            Sql.execute(file, change + damaged);
            List<Event> read = new ArrayList<>();
            try (SqliteEventStore store = SqliteEventStore.read(file)) {
                DamagedLogException damage =
                        catchThrowableOfType(DamagedLogException.class, () -> store.read(read::add));
                assertThat(damage).hasMessageContaining("event " + damaged);
                assertThat(damage.trusted()).isEqualTo(damaged - 1);
            }
            assertThat(read).isEqualTo(all.subList(0, damaged - 1));
        }
    }

    @Test
    void pagesThatAreGoneEndWhatCanBeTrusted() throws Exception {
        lengthen();
        Sql.execute(file, "PRAGMA wal_checkpoint(TRUNCATE)");
        try (RandomAccessFile pages = new RandomAccessFile(file.toFile(), "rw")) {
            pages.seek(pages.length() / 2 / PAGE_BYTES * PAGE_BYTES);
            pages.write(new byte[20 * PAGE_BYTES]);
        }
        List<Event> read = new ArrayList<>();
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            DamagedLogException damage = catchThrowableOfType(DamagedLogException.class, () -> store.read(read::add));
            assertThat(damage).hasMessageContaining("is malformed behind event " + damage.trusted());
            assertThat(damage.trusted()).isEqualTo(read.size()).isGreaterThan(100);
        }
    }

    private void lengthen() {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            for (int i = 10; i < 1200; i++) {
                store.append(SampleEvents.interval(i));
            }
        }
    }

    @Test
    void whoeverSkipsEventsIsToldToo() throws Exception {
        Sql.execute(file, "UPDATE events SET body = body || ' ' WHERE seq = 7");
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            List<Event> read = new ArrayList<>();
            store.read(7, read::add);
            assertThat(read).hasSize(13);
            assertThatThrownBy(() -> store.read(6, read::add)).isInstanceOf(DamagedLogException.class);
        }
    }

    @Test
    void aRepairedLinkBreaksTheNext() throws Exception {
        byte[] before = HexFormat.of()
                .parseHex(Sql.rows(file, "SELECT hex(chain) FROM events WHERE seq = 6")
                        .get(0));
        byte[] forged = new Chain().link(before, 7, "study_resumed", 2, "{}".getBytes(StandardCharsets.UTF_8));
        Sql.execute(
                file,
                "UPDATE events SET type = 'study_resumed', version = 2, body = '{}', chain = x'%s' WHERE seq = 7"
                        .formatted(HexFormat.of().formatHex(forged)));
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            assertThatThrownBy(() -> store.read(7, event -> {}))
                    .isInstanceOf(DamagedLogException.class)
                    .hasMessageContaining("event 8");
        }
    }

    @Test
    void lookupsFindWhatAReadingFinds() throws Exception {
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            store.append(SampleEvents.all());
            List<Event> all = new ArrayList<>();
            store.read(all::add);
            List<Event> found = new ArrayList<>();
            store.readMember(new MemberId(1), found::add);
            assertThat(found)
                    .isNotEmpty()
                    .isEqualTo(all.stream()
                            .filter(new MemberEvents(new MemberId(1)))
                            .toList());
            assertThat(store.finished(new MemberId(1), 0))
                    .isEqualTo(found.stream()
                            .filter(Event.IntervalFinished.class::isInstance)
                            .map(Event.IntervalFinished.class::cast)
                            .filter(finished -> finished.attempt().interval() == 0)
                            .findFirst());
            assertThat(store.finished(new MemberId(77), 0)).isEmpty();
        }
        assertThat(Sql.rows(file, "EXPLAIN QUERY PLAN SELECT * FROM events WHERE member = 1 AND interval = 2"))
                .anyMatch(plan -> plan.contains("events_of_members"));
    }

    @Test
    void lookupsAreCheckedToo() throws Exception {
        Sql.execute(file, "UPDATE events SET body = body || ' ' WHERE seq = 7");
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            assertThatThrownBy(() -> store.readMember(new MemberId(0), event -> {}))
                    .isInstanceOf(DamagedLogException.class)
                    .hasMessageContaining("event 7");
        }
    }
}
