package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A run that is over is verified, explained, and asked what would have been. */
class AuditingTest {
    @TempDir
    static Path temporary;

    private static Shell shell;

    private Path copy = Path.of("");

    @BeforeAll
    static void run() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
        assertThat(shell.call("run", "study.yaml", "--dir", "d", "--set", "baseline=random")
                        .code())
                .isZero();
    }

    @BeforeEach
    void copied() throws IOException {
        copy = Files.createTempDirectory(temporary, "copy");
        Path original = temporary.resolve("d");
        try (Stream<Path> walk = Files.walk(original)) {
            for (Path path : walk.skip(1).toList()) {
                Files.copy(path, copy.resolve(original.relativize(path).toString()));
            }
        }
    }

    private static JsonNode verified(Path directory) {
        return shell.call("verify", directory.toString(), "--json").json();
    }

    private static List<String> flaws(Path directory) {
        return Stream.concat(
                        verified(directory)
                                .path("directories")
                                .path(0)
                                .path("flaws")
                                .valueStream(),
                        verified(directory)
                                .path("directories")
                                .path(1)
                                .path("flaws")
                                .valueStream())
                .map(flaw -> flaw.path("where").asString() + ": "
                        + flaw.path("message").asString())
                .toList();
    }

    @Test
    void aTrueRunIsClean() {
        Answer answer = shell.call("verify", "d");
        assertThat(answer.out()).endsWith("Nothing is wrong.\n").contains("72 intervals", "d/baseline: ");
        assertThat(answer.code()).isZero();
        JsonNode directory = verified(copy).path("directories").path(0);
        assertThat(directory.path("intervals").asInt()).isEqualTo(72);
        assertThat(directory.path("decisions_derived").asInt()).isGreaterThan(72);
        assertThat(directory.path("decisions_consistent").asInt()).isZero();
        assertThat(directory.path("checkpoints").asInt()).isBetween(1, 7);
        assertThat(directory.path("best").asBoolean()).isTrue();
    }

    @Test
    void anEventThatLiesIsNamed() throws SQLException {
        int event = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("events.db"));
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "SELECT seq FROM events WHERE body LIKE '%\"exploit\"%' ORDER BY seq LIMIT 1 OFFSET 2")) {
                event = rows.getInt(1);
            }
            assertThat(statement.executeUpdate(
                            "UPDATE events SET body = replace(body, 'in the bottom', 'in the middle') WHERE seq = "
                                    + event))
                    .isOne();
        }
        Answer answer = shell.call("verify", copy.toString());
        assertThat(answer.code()).isEqualTo(ExitCode.FAILED);
        assertThat(answer.out()).contains("WRONG: events.db", "vent " + event, "1 thing is wrong.");
    }

    @Test
    void aDamagedCheckpointIsNamedWithItsFile() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("events.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE checkpoints SET content = zeroblob(length(content))"))
                    .isPositive();
        }
        assertThat(flaws(copy).stream().filter(flaw -> flaw.startsWith("checkpoint ")))
                .isNotEmpty()
                .allMatch(flaw -> flaw.contains("'model.txt'"));
    }

    @Test
    void anotherBestModelIsNamed() throws IOException {
        Path schedule = copy.resolve("best/schedule.json");
        String text = Files.readString(schedule);
        Files.writeString(schedule, text.replaceFirst("\"rate\" : [0-9.E-]+", "\"rate\" : 0.05"));
        assertThat(flaws(copy)).singleElement().asString().contains("best/schedule.json", "schedule");
        Files.writeString(schedule, text.replaceFirst("\"score\" : -?[0-9.E-]+", "\"score\" : 0.5"));
        assertThat(flaws(copy)).singleElement().asString().contains("best/schedule.json: it says score 0.5");
        Files.writeString(schedule, text.replaceFirst("\"interval\" : [0-9]+", "\"interval\" : 700"));
        assertThat(flaws(copy)).singleElement().asString().contains("no result of member");
        Files.writeString(schedule, "{\"score\":");
        assertThat(flaws(copy)).singleElement().asString().contains("best/schedule.json: it cannot be read");
        Files.writeString(schedule, text);
        assertThat(flaws(copy)).isEmpty();
        Files.delete(copy.resolve("best/checkpoint/model.txt"));
        Files.writeString(copy.resolve("best/checkpoint/model.txt"), "better");
        assertThat(flaws(copy)).singleElement().asString().startsWith("best/checkpoint: its files are not those");
        Files.delete(schedule);
        assertThat(flaws(copy)).singleElement().asString().startsWith("best/schedule.json: it is missing");
    }

    @Test
    void aSnapshotThatIsNotWholeIsNamed() throws IOException {
        Files.writeString(copy.resolve("snapshot.jsonl"), "{\"v\": 1}\njunk\n");
        assertThat(flaws(copy))
                .singleElement()
                .asString()
                .startsWith("snapshot.jsonl: ")
                .contains("ignored", "delete");
    }

    @Test
    void aChangedStudyFileIsNamed() throws IOException {
        Path study = copy.resolve("study.yaml");
        String text = Files.readString(study);
        Files.writeString(study, text.replace("seed: 17", "seed: 18"));
        assertThat(flaws(copy))
                .singleElement()
                .asString()
                .startsWith("study.yaml: ")
                .contains("Event 1 of the log", "the study");
        Files.writeString(study, "study: [");
        assertThat(flaws(copy)).singleElement().asString().startsWith("study.yaml: ");
        Files.writeString(study, text);
        Path baseline = copy.resolve("baseline/study.yaml");
        Files.writeString(baseline, Files.readString(baseline).replace("seed: 17", "seed: 18"));
        assertThat(flaws(copy)).singleElement().asString().contains("Event 1 of the log");
    }

    @Test
    void everyDecisionIsExplained() {
        int copies = 0;
        for (int member = 0; member < 6; member++) {
            for (int interval = 0; interval < 12; interval++) {
                Answer answer = shell.call("explain", "d", member + "", interval + "");
                assertThat(answer.code()).as(answer.out()).isZero();
                assertThat(answer.out())
                        .contains(
                                "Member %s after interval %s, at step".formatted(member, interval),
                                "decides",
                                "Derived again from the ",
                                ": identical.",
                                "key ");
                if (answer.out().contains("It copied weights and hyperparameters of member")) {
                    copies++;
                    assertThat(answer.out())
                            .contains("is copied, top", "decides, bottom", "Why it copied: It ranks")
                            .containsAnyOf("moved by a factor of ", "drawn anew");
                }
            }
        }
        assertThat(copies).isPositive();
        JsonNode json = shell.call("explain", "d", "3", "5", "--json").json();
        assertThat(json.path("derived_again").asString()).isEqualTo("identical");
        assertThat(json.path("ranking").size()).isEqualTo(6);
        assertThat(json.path("random_key").asString()).matches("[0-9a-f]{16}");
        assertThat(json.path("decisions").size()).isPositive();
    }

    @Test
    void whatIsNotThereIsRefusedWithWhatThereIs() {
        Answer member = shell.call("explain", "d", "6", "0");
        assertThat(member.code()).isEqualTo(ExitCode.USAGE);
        assertThat(member.err()).contains("MEMBER is 6 but must be from 0 to 5");
        Answer interval = shell.call("explain", "d", "2", "12");
        assertThat(interval.code()).isEqualTo(ExitCode.USAGE);
        assertThat(interval.err()).contains("INTERVAL is 12", "intervals 0 to 11");
    }

    @Test
    void theSameStrategyWouldHaveDecidedTheSame() {
        Answer answer = shell.call("what-if", "d", "--set", "strategy.exploit.truncation.fraction=0.3");
        assertThat(answer.out())
                .contains("72 of 72 decisions would have been the same", "exact to the end of the log", "in 72 of 72");
        assertThat(answer.code()).isZero();
    }

    @Test
    void anotherStrategyDiffersUpToAHorizon() {
        Answer answer = shell.call("what-if", "d", "--set", "strategy={random_search: {}}");
        assertThat(answer.out())
                .contains("The first difference is at event", "it would have been: goes on", "is exact up to event");
        JsonNode json = shell.call("what-if", "d", "--set", "seed=5", "--json").json();
        assertThat(json.path("decisions").asInt()).isEqualTo(72);
        assertThat(json.path("equal").asInt()
                        + json.path("different").asInt()
                        + json.path("not_comparable").asInt())
                .isEqualTo(72);
        assertThat(json.path("different").asInt())
                .isEqualTo(json.path("differences").size());
        assertThat(json.path("horizon").path("because").asString()).isEqualTo("another_result");
    }

    @Test
    void whatWouldTrainOtherwiseIsRefused() {
        for (String setting : List.of("population=8", "budget.steps=60", "interval.steps=5", "attempts=9")) {
            Answer answer = shell.call("what-if", "d", "--set", setting);
            assertThat(answer.code()).as(setting).isEqualTo(ExitCode.USAGE);
            assertThat(answer.err()).contains("--set changes " + setting.replaceFirst("=.*", ""), "Maybe strategy");
        }
        Answer own = shell.call("what-if", "d", "--set", "strategy={java: com.example.Mine}");
        assertThat(own.code()).isEqualTo(ExitCode.USAGE);
    }
}
