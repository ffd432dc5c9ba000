package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views as any SQLite program sees them, while the store is open. */
class ViewsTest {
    @TempDir
    Path directory;

    private SqliteEventStore store;

    @BeforeEach
    void createStore() {
        store = SqliteEventStore.create(directory.resolve("events.db"));
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void haveThePromisedColumns() throws SQLException {
        assertThat(columns("members"))
                .contains("member", "interval", "step", "score", "status", "hyperparameters", "checkpoint");
        assertThat(columns("intervals"))
                .contains("member", "interval", "attempt", "step_from", "step_to", "score", "metrics")
                .contains("hyperparameters", "parent", "checkpoint", "slot", "started_at", "finished_at", "status");
        assertThat(columns("decisions"))
                .contains("seq", "member", "interval", "kind", "donor", "donor_interval", "reason", "evidence")
                .contains("before", "after", "at");
        assertThat(columns("lineage")).contains("member", "interval", "parent_member", "parent_interval");
    }

    @Test
    void listPartsOfIntervals() throws SQLException {
        List<Event> log = SampleEvents.all();
        append(log.subList(0, 2));
        Event.IntervalFinished whole = (Event.IntervalFinished) log.get(2);
        append(List.of(new Event.IntervalSuspended(
                whole.attempt().having(7), whole.metrics(), List.of(), SampleEvents.copied(), 100, whole.execution())));
        assertThat(rows("SELECT member, attempt, step_from, step_to, score, status, checkpoint FROM intervals"))
                .containsExactly(
                        "0|0|0|7|null|suspended|" + SampleEvents.copied().digest());
        assertThat(members().get(0)).isEqualTo("0|0|0|null|training");
    }

    @Test
    void tellWhereAnIntervalWasTrained() throws SQLException {
        List<Event> log = SampleEvents.all();
        append(log.subList(0, 2));
        append(List.of(SampleEvents.in("node n1, job step 17.0", (Event.IntervalFinished) log.get(2)), log.get(4)));
        assertThat(rows("SELECT member, slot, place FROM intervals ORDER BY seq"))
                .containsExactly("0|0|node n1, job step 17.0", "1|1|null");
    }

    @Test
    void followTheMembersThroughTheLog() throws SQLException {
        List<Event> log = SampleEvents.all();
        append(log.subList(0, 2));
        assertThat(members()).containsExactly("0|0|0|null|training", "1|0|0|null|training", "2|0|0|null|training");
        append(log.subList(2, 3));
        assertThat(members().get(0)).isEqualTo("0|0|500|0.9|ready");
        append(log.subList(3, 5));
        assertThat(members()).containsExactly("0|1|500|0.9|training", "1|0|0|null|failed", "2|0|0|null|training");
        append(log.subList(5, 11));
        assertThat(members())
                .containsExactly("0|1|500|0.9|training", "1|1|500|0.30000000000000004|training", "2|0|500|null|ready");
        append(log.subList(11, 14));
        assertThat(members().get(0)).isEqualTo("0|1|1000|1.7976931348623157E308|stopped");
        assertThat(members().get(1)).isEqualTo("1|1|500|0.30000000000000004|training");
        assertThat(rows("SELECT json_extract(hyperparameters, '$.learning_rate'), substr(checkpoint, -1) FROM members"))
                .as("after copying weights and exploring; after copying hyperparameters only")
                .containsExactly("0.1|4", "0.125|1", "0.1|3");
        append(log.subList(15, 16));
        assertThat(members().get(1)).isEqualTo("1|1|500|0.30000000000000004|ended");
    }

    @Test
    void followTheMembersThroughALoss() throws SQLException {
        List<Event> log = SampleEvents.all();
        append(log.subList(0, 14));
        append(log.subList(14, 15));
        String weights = "SELECT member, step, score, status, substr(checkpoint, -1) FROM members WHERE member > 0";
        assertThat(rows(weights))
                .as("nobody can tell yet what they go on with")
                .containsExactly("1|null|null|failed|null", "2|null|null|failed|null");
        assertThat(rows("SELECT seq, substr(checkpoint, -1), stranded, reason, at FROM losses"))
                .containsExactly(
                        "15|2|[1,2]|Their weights are missing from the store|2026-01-02T03:05:15Z",
                        "15|3|[1,2]|Their weights are missing from the store|2026-01-02T03:05:15Z");
        Event.IntervalFinished last = (Event.IntervalFinished) log.get(12);
        append(List.of(new Event.CheckpointsLost(List.of(last.checkpoint()), List.of(), "It rotted", Instant.EPOCH)));
        assertThat(members().get(0))
                .as("it lacks nothing, but nobody can have it")
                .isEqualTo("0|1|1000|null|stopped");
        append(List.of(log.get(7)));
        assertThat(rows(weights)).containsExactly("1|500|null|training|1", "2|null|null|failed|null");
    }

    @Test
    void followTheMembersThroughAnAmendment() throws SQLException {
        List<Event> log = SampleEvents.all();
        append(log.subList(0, 11));
        append(List.of(SampleEvents.amendment()));
        assertThat(members())
                .containsExactly(
                        "0|1|500|0.9|training",
                        "1|1|500|0.30000000000000004|training",
                        "2|0|500|null|left",
                        "3|0|500|null|training",
                        "4|0|0|null|training");
        String values = "SELECT json_extract(hyperparameters, '$.learning_rate'), substr(checkpoint, -1) FROM members";
        assertThat(rows(values)).containsExactly("0.1|1", "0.002|1", "4.9E-324|3", "0.1|1", "0.002|null");
        append(List.of(log.get(8)));
        assertThat(rows(values).get(1)).as("what comes later counts").isEqualTo("0.125|1");
    }

    @Test
    void beginWithTheFoundersModels() throws SQLException {
        Event.PopulationCreated created =
                (Event.PopulationCreated) SampleEvents.all().get(1);
        append(List.of(new Event.PopulationCreated(
                created.hyperparameters(),
                List.of(new Event.Founder(
                        new MemberId(1), SampleEvents.copied(), 700, Map.of("accuracy", 0.5), List.of(), "digits")))));
        assertThat(rows("SELECT member, step, substr(checkpoint, -1) FROM members"))
                .containsExactly("0|0|null", "1|700|1", "2|0|null");
    }

    /** Those of a log of the same version, written when they told less. */
    @Test
    void areRenewedWhenALogIsWrittenTo() throws SQLException, IOException {
        store.close();
        Path file = directory.resolve("events.db");
        Sql.execute(
                file,
                "DROP VIEW losses",
                "DROP VIEW members",
                "CREATE VIEW members AS SELECT 1 AS member",
                "CREATE VIEW mine AS SELECT 2 AS one");
        SqliteEventStore.read(file).close();
        assertThat(columns("members")).as("looking changes nothing").containsExactly("member");
        store = SqliteEventStore.open(file);
        assertThat(columns("members")).contains("member", "hyperparameters");
        assertThat(columns("losses")).contains("seq", "checkpoint", "stranded", "reason", "at");
        assertThat(columns("mine")).containsExactly("one");
        List<String> schema = rows("SELECT sql FROM sqlite_schema WHERE type = 'view' ORDER BY name");
        store.close();
        Files.delete(file);
        store = SqliteEventStore.create(file);
        schema.remove("CREATE VIEW mine AS SELECT 2 AS one");
        assertThat(rows("SELECT sql FROM sqlite_schema WHERE type = 'view' ORDER BY name"))
                .isEqualTo(schema);
    }

    @Test
    void listEveryAttempt() throws SQLException {
        append(SampleEvents.all());
        assertThat(rows("SELECT member, interval, attempt, step_from, step_to, score, status, slot FROM intervals"))
                .containsExactly(
                        "0|0|0|0|500|0.9|finished|0",
                        "1|0|0|0|null|null|lost|1",
                        "1|0|1|0|500|0.30000000000000004|finished|0",
                        "2|0|0|0|null|null|failed|0",
                        "2|0|1|0|500|null|invalid|0",
                        "0|1|0|500|1000|1.7976931348623157E308|finished|0");
        assertThat(rows("SELECT started_at, finished_at, metrics, substr(parent, -1), substr(checkpoint, -1),"
                        + " json_extract(hyperparameters, '$.batch_size') FROM intervals WHERE parent IS NOT NULL"))
                .containsExactly("2026-01-02T03:04:05Z|2026-01-02T03:04:06.123456789Z"
                        + "|{\"accuracy\":1.7976931348623157E308}|1|4|32");
    }

    @Test
    void listEveryDecisionAndDescent() throws SQLException {
        append(SampleEvents.all());
        assertThat(rows("SELECT seq, member, interval, kind, donor, donor_interval FROM decisions"))
                .containsExactly(
                        "4|0|0|continue|null|null",
                        "8|1|0|exploit|0|0",
                        "9|1|0|explore|null|null",
                        "12|2|0|exploit|0|0",
                        "14|0|1|stop|null|null");
        assertThat(rows("SELECT decisions.seq FROM decisions JOIN intervals ON decisions.at = finished_at"
                        + " WHERE intervals.seq = (SELECT max(seq) FROM intervals WHERE seq < decisions.seq)"))
                .as("a decision follows on the end of an attempt")
                .containsExactly("4", "8", "9", "12", "14");
        assertThat(rows("SELECT reason, json_extract(evidence, '$.perturbed[0]'),"
                        + " json_extract(before, '$.learning_rate'), json_extract(after, '$.learning_rate')"
                        + " FROM decisions WHERE kind = 'explore'"))
                .containsExactly("Each parameter is resampled or perturbed|learning_rate|0.1|0.125");
        assertThat(rows("SELECT member, interval, parent_member, parent_interval FROM lineage"))
                .containsExactly("0|0|null|null", "1|0|null|null", "2|0|null|null", "0|1|0|0");
    }

    private void append(List<Event> events) {
        store.append(events);
    }

    private List<String> members() throws SQLException {
        return rows("SELECT member, interval, step, score, status FROM members");
    }

    private List<String> columns(String view) throws SQLException {
        return rows("SELECT name FROM pragma_table_info('" + view + "')");
    }

    private List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("events.db"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row.stream().collect(Collectors.joining("|")));
            }
        }
        return rows;
    }
}
