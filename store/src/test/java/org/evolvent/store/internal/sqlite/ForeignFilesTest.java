package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not an event store of this version is refused with its path, and not a byte of it changes. */
class ForeignFilesTest {
    @TempDir
    Path directory;

    @Test
    void refusesAMissingFile() {
        Path file = directory.resolve("events.db");
        assertThatThrownBy(() -> SqliteEventStore.open(file))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(file.toString());
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void refusesToMakeAStoreOverAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("events.db"), "mine");
        assertThatThrownBy(() -> SqliteEventStore.create(file))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(file + " exists already");
        assertThat(file).hasContent("mine");
    }

    @Test
    void takesNothingOverFromACreationThatWasKilled() throws Exception {
        Path file = directory.resolve("events.db");
        try (SqliteEventStore killed = SqliteEventStore.create(directory.resolve("killed.db"))) {
            killed.append(SampleEvents.all());
            for (String part : List.of("", "-wal", "-shm")) {
                Files.copy(directory.resolve("killed.db" + part), directory.resolve(".events.db.new" + part));
            }
        }
        try (SqliteEventStore store = SqliteEventStore.create(file)) {
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void refusesWhatIsNoDatabase() throws IOException {
        assertRefused(Files.writeString(directory.resolve("text"), "no database ".repeat(1000)), "not a database");
        assertRefused(Files.createFile(directory.resolve("empty")), "empty");
    }

    @Test
    void refusesAnotherProgramsDatabase() throws Exception {
        Path file = directory.resolve("other.db");
        sql(file, "CREATE TABLE events (seq INTEGER PRIMARY KEY, body TEXT)");
        assertRefused(file, "not an event store of Evolvent");
    }

    @Test
    void refusesWhatActsByItself() throws Exception {
        Path file = directory.resolve("events.db");
        SqliteEventStore.create(file).close();
        sql(file, "CREATE INDEX slow ON events (length(body))");
        assertRefused(file, "an index that Evolvent does not make");
        sql(file, "DROP INDEX slow");
        sql(file, "CREATE TRIGGER eager AFTER INSERT ON events BEGIN DELETE FROM events; END");
        assertRefused(file, "it has triggers");
        sql(file, "DROP TRIGGER eager");
        sql(file, "ALTER TABLE events RENAME TO others");
        sql(file, "CREATE VIEW events AS SELECT * FROM others");
        assertRefused(file, "its table 'events'");
    }

    @Test
    void givesUpWhatGivesNoRow() {
        Path file = directory.resolve("events.db");
        SqliteEventStore.create(file).close();
        try (Database database = Database.openToRead(file, Duration.ofMillis(50))) {
            assertThatThrownBy(() -> database.text(
                            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining("interrupted");
            assertThat(database.number("PRAGMA user_version")).isEqualTo(Schema.VERSION);
        }
    }

    @Test
    void refusesANewerSchema() throws Exception {
        Path file = directory.resolve("events.db");
        SqliteEventStore.create(file).close();
        sql(file, "PRAGMA user_version = 3");
        assertRefused(file, "schema version 3");
    }

    @Test
    void refusesTablesThatItDidNotMake() throws Exception {
        Path changed = directory.resolve("changed.db");
        SqliteEventStore.create(changed).close();
        sql(changed, "ALTER TABLE events ADD COLUMN more TEXT");
        assertRefused(changed, "table 'events'");
        Path view = directory.resolve("view.db");
        SqliteEventStore.create(view).close();
        sql(view, "DROP TABLE checkpoints");
        sql(view, "CREATE VIEW checkpoints AS SELECT 1 AS id, 2 AS manifest, 3 AS content");
        assertRefused(view, "table 'checkpoints'");
        Path triggered = directory.resolve("triggered.db");
        SqliteEventStore.create(triggered).close();
        sql(triggered, "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM events; END");
        assertRefused(triggered, "triggers");
        Path own = directory.resolve("own.db");
        SqliteEventStore.create(own).close();
        sql(own, "CREATE VIEW mine AS SELECT * FROM members");
        SqliteEventStore.open(own).close();
    }

    @Test
    void refusesAHalfWrittenDatabase() throws Exception {
        Path file = directory.resolve("events.db");
        SqliteEventStore.create(file).close();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(5000);
        }
        assertRefused(file, "half-written or damaged");
    }

    @Test
    void noticesDamageWhenItReads() throws Exception {
        Path file = directory.resolve("events.db");
        try (SqliteEventStore store = SqliteEventStore.create(file)) {
            for (int i = 0; i < 500; i++) {
                store.append(SampleEvents.interval(i));
            }
        }
        sql(file, "UPDATE events SET body = substr(body, 1, 50) WHERE seq = 321");
        assertReadFails(file, "event 321");
        sql(file, "DELETE FROM events WHERE seq = 123");
        assertReadFails(file, "no event 123");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2 / 4096 * 4096);
        }
        assertReadFails(file, "Maybe");
    }

    @Test
    void refusesAnEventOfANewerVersion() throws Exception {
        Path file = directory.resolve("events.db");
        SqliteEventStore.create(file).close();
        String body = "{\"v\":9,\"type\":\"study_resumed\"}";
        byte[] link = new Chain().link(Chain.beginning(), 1, "study_resumed", 9, body.getBytes(StandardCharsets.UTF_8));
        sql(
                file,
                "INSERT INTO events VALUES (1, 'study_resumed', 9, NULL, NULL, '%s', x'%s')"
                        .formatted(body, HexFormat.of().formatHex(link)));
        assertReadFails(file, "Event 1 of the log has version 9");
    }

    private static void assertReadFails(Path file, String complaint) {
        assertThatThrownBy(() -> {
                    try (SqliteEventStore store = SqliteEventStore.open(file)) {
                        store.read((Event event) -> {});
                    }
                })
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(complaint);
    }

    private static void assertRefused(Path file, String complaint) throws IOException {
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> SqliteEventStore.open(file))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(complaint)
                .hasMessageContaining("left alone");
        assertThatThrownBy(() -> SqliteEventStore.read(file)).isInstanceOf(EvolventException.class);
        assertThat(Arrays.equals(Files.readAllBytes(file), before))
                .as("unchanged")
                .isTrue();
    }

    private static void sql(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
