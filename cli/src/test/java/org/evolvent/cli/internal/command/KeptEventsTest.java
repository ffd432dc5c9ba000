package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.store.internal.sqlite.SqliteEventStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on from the beginning of a log, and beginning again where nothing was logged. */
class KeptEventsTest {
    @TempDir
    static Path temporary;

    private static Shell shell;

    private Path run;

    @BeforeAll
    static void run() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY.replace("steps: 120", "steps: 30"));
        assertThat(shell.call("run", "study.yaml", "--dir", "whole").code()).isZero();
    }

    @BeforeEach
    void copied() throws IOException {
        run = temporary.resolve("d");
        if (Files.exists(run)) {
            Archive.delete(run);
        }
        Archive.copy(temporary.resolve("whole"), Files.createDirectory(run));
    }

    private void execute(String sql) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + run.resolve("events.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void fewerThanBeginAStudyAreRefused() {
        for (String few : List.of("-1", "0", "1")) {
            Answer answer = shell.call("resume", "d", "--keep-events", few);
            assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
            assertThat(answer.err()).contains("--keep-events is " + few, "at least 2");
        }
        assertThat(run.resolve("events.db.damaged-1")).doesNotExist();
    }

    @Test
    void nothingIsDroppedOfALogThatIsInOrder() {
        Answer answer = shell.call("resume", "d", "--keep-events", "20");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("--keep-events is 20", "is in order");
        assertThat(run.resolve("events.db.damaged-1")).doesNotExist();
    }

    @Test
    void moreThanCanBeTrustedAreRefusedWithHowManyCan() throws SQLException {
        execute("UPDATE events SET body = replace(body, 'score', 'scare') WHERE seq = 20");
        for (String many : List.of("20", "1000000")) {
            Answer answer = shell.call("resume", "d", "--keep-events", many);
            assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
            assertThat(answer.err()).contains("--keep-events is " + many, "the first 19 events", "--keep-events 19");
        }
        assertThat(run.resolve("events.db.damaged-1")).doesNotExist();
    }

    /** Whatever is asked for, the study goes on from what was committed together before that. */
    @Tag("slow")
    @Test
    void aTransactionIsKeptWholeOrNotAtAll() throws IOException, SQLException {
        for (int events = 2; events < 36; events += 3) {
            copied();
            execute("UPDATE events SET body = body || ' ' WHERE seq = 40");
            Answer answer = shell.call("resume", "d", "--keep-events", Integer.toString(events));
            assertThat(answer.code())
                    .as("%s: %s%s", events, answer.out(), answer.err())
                    .isZero();
            assertThat(answer.out()).contains("The log begins anew with the first ", "Done: 6 members, ");
            assertThat(shell.call("verify", "d").code()).as("%s events", events).isZero();
        }
    }

    @Test
    void aRunThatWasKilledWhileItBeganIsBegunAgain() throws Exception {
        for (List<String> left : List.of(
                List.<String>of(),
                List.of(".events.db.new", ".events.db.new-journal", ".events.db.new-wal"),
                List.of("events.db", "events.db-wal", "events.db-shm"),
                List.of("events.db", "checkpoints/", "logs/", ".study.yaml.new"))) {
            Path begun = temporary.resolve("begun");
            shell.write("begun/.lock", "1\n");
            for (String name : left) {
                if (name.endsWith("/")) {
                    Files.createDirectories(begun.resolve(name));
                } else if (name.equals("events.db")) {
                    emptyLog(begun.resolve(name));
                } else if (!Files.exists(begun.resolve(name))) {
                    Files.createFile(begun.resolve(name));
                }
            }
            for (String command : List.of("resume", "status", "gc")) {
                Answer answer = shell.call(command, "begun");
                assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
                assertThat(answer.err()).contains("nothing was trained", "evolvent run STUDY --dir begun");
            }
            Answer again = shell.call("run", "study.yaml", "--dir", "begun");
            assertThat(again.code()).as("%s: %s", left, again.err()).isZero();
            Archive.delete(begun);
        }
    }

    private static void emptyLog(Path file) {
        SqliteEventStore.create(file).close();
    }

    @Test
    void aLogIsNoLeftover() throws IOException {
        Files.delete(run.resolve("study.yaml"));
        Files.deleteIfExists(run.resolve("snapshot.jsonl"));
        Files.deleteIfExists(run.resolve("report.html"));
        Archive.delete(run.resolve("best"));
        assertThat(shell.call("resume", "d").err()).contains("no study.yaml", "moved that file away");
        Answer answer = shell.call("run", "study.yaml", "--dir", "d");
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains("a log of ", "put it back");
    }
}
