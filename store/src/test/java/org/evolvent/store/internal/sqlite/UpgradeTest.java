package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.store.internal.json.EventJson;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of schema version 1, with the golden log of that version. */
class UpgradeTest {
    @TempDir
    Path directory;

    private Path file;
    private final List<Event> log = new ArrayList<>();

    @BeforeEach
    void write() throws SQLException, IOException {
        file = directory.resolve("events.db");
        List<String> sql = new ArrayList<>(List.of(
                "PRAGMA journal_mode = WAL",
                "PRAGMA application_id = " + Schema.APPLICATION_ID,
                "PRAGMA user_version = 1",
                Schema.script(1)));
        for (String body : golden()) {
            Event event = EventJson.read(log.size() + 1L, body);
            log.add(event);
            sql.add("INSERT INTO events VALUES (%s, '%s', 1, '%s')"
                    .formatted(log.size(), EventJson.type(event), body.replace("'", "''")));
        }
        Sql.execute(file, sql.toArray(String[]::new));
    }

    private static List<String> golden() throws IOException {
        try (InputStream in = UpgradeTest.class.getResourceAsStream("/golden/events-v1.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void areReadAsTheyAre() throws SQLException {
        try (SqliteEventStore store = SqliteEventStore.read(file)) {
            assertThat(read(store)).isEqualTo(log);
            assertThat(store.isChained()).isFalse();
            assertThat(store.chain(1)).isEmpty();
            assertThat(store.checkpoints().list()).isEmpty();
            List<Event> found = new ArrayList<>();
            store.readMember(new MemberId(1), found::add);
            assertThat(found).isNotEmpty();
            assertThat(store.finished(new MemberId(1), 0)).isPresent();
        }
        assertThat(Sql.rows(file, "PRAGMA user_version")).containsExactly("1");
    }

    @Test
    void becomeVersion2WhenTheyAreWritten() throws SQLException {
        List<List<String>> views = views();
        SqliteEventStore.open(file).close();
        assertThat(views()).isEqualTo(views);
        try (SqliteEventStore store = SqliteEventStore.open(file)) {
            assertThat(store.isChained()).isTrue();
            store.check();
            store.append(SampleEvents.interval(7));
            log.addAll(SampleEvents.interval(7));
            assertThat(read(store)).isEqualTo(log);
            assertThat(store.finished(new MemberId(1), 0)).isPresent();
        }
        assertThat(Sql.rows(file, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'trigger')"))
                .containsExactlyInAnyOrder("events", "checkpoints");
        assertThat(Sql.rows(file, "SELECT DISTINCT version FROM events ORDER BY version"))
                .as("what was written stays as it was written")
                .containsExactly("1", Integer.toString(EventJson.VERSION));
    }

    /** The columns that the views had in version 1. */
    private static final String INTERVALS =
            "member, interval, attempt, step_from, step_to, score, metrics, hyperparameters, parent, checkpoint, slot, started_at, finished_at, status, message, training_seconds, seq FROM intervals";

    private static final String DECISIONS =
            "seq, member, interval, kind, donor, donor_interval, reason, evidence, before, after FROM decisions";

    private List<List<String>> views() throws SQLException {
        List<List<String>> views = new ArrayList<>();
        for (String view : List.of("* FROM members", INTERVALS, DECISIONS, "* FROM lineage")) {
            views.add(Sql.rows(file, "SELECT " + view));
        }
        return views;
    }

    private static List<Event> read(SqliteEventStore store) {
        List<Event> events = new ArrayList<>();
        store.read(events::add);
        return events;
    }
}
