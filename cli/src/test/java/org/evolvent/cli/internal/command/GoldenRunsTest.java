package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Run directories that released formats left behind, made by {@link GoldenRuns}: every later version reads them and goes on with them. */
class GoldenRunsTest {
    private static final List<String> STABLE =
            List.of("status", "best", "members", "intervals", "exploits", "failures");

    @TempDir
    Path temporary;

    static Stream<String> all() throws IOException, URISyntaxException {
        Path root = golden();
        try (Stream<Path> walk = Files.walk(root)) {
            return walk
                    .filter(path -> path.toString().endsWith(".zip"))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Path golden() throws URISyntaxException {
        return Path.of(GoldenRunsTest.class.getResource("/golden").toURI());
    }

    /** SQLite would read the log up to there and say nothing. */
    @Test
    void aDamagedWriteAheadLogIsNamedAndNothingIsDeletedForIt() throws Exception {
        Shell shell = unpacked("v2/synchronous.zip");
        Path log = temporary.resolve("run/events.db-wal");
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        assertThat(shell.call("status", "run").err()).contains("write-ahead log", "is damaged in frame");
        Answer verified = shell.call("verify", "run");
        assertThat(verified.code()).isEqualTo(ExitCode.FAILED);
        assertThat(verified.out()).contains("WRONG: events.db-wal");
        Answer collected = shell.call("gc", "run");
        assertThat(collected.code()).isEqualTo(ExitCode.FAILED);
        assertThat(collected.err()).contains("Nothing was deleted", "evolvent resume");
        assertThat(log).hasBinaryContent(bytes);
        assertThat(shell.call("resume", "run").out()
                        + shell.call("status", "run").err())
                .contains("A copy of it is kept");
    }

    private Shell unpacked(String name) throws IOException, URISyntaxException {
        Archive.unzip(golden().resolve(name), temporary);
        return new Shell(temporary);
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("all")
    void everyReleasedFormatIsReadAndGoneOnWith(String name) throws Exception {
        Shell shell = unpacked(name);
        JsonNode expected = JsonMapper.shared().readTree(Files.readString(temporary.resolve("expected.json")));

        JsonNode killed = shell.call("status", "run", "--json").json();
        assertSame(killed, expected.get("killed"));
        assertThat(shell.call("show", "run", "--members").out().lines())
                .hasSize(1 + killed.get("members").asInt())
                .noneMatch(line -> line.contains(" training "));
        assertThat(shell.call("show", "run", "--member", "0", "--full").out()).contains("interval 0: step 0 to 10");
        assertThat(shell.call("show", "run", "--best").code()).isZero();

        Answer end = shell.call("resume", "run", "--json");
        assertThat(end.code()).as(end.err()).isZero();
        if (name.contains("asynchronous")) {
            assertThat(end.json().get("intervals"))
                    .isEqualTo(expected.get("undisturbed").get("intervals"));
        } else {
            assertSame(end.json(), expected.get("undisturbed"));
        }
        assertSame(shell.call("resume", "run", "--json").json(), end.json());
        assertThat(temporary.resolve("run/best/checkpoint/model.txt")).exists();
        assertThat(shell.call("gc", "run").code()).isZero();
    }

    private static void assertSame(JsonNode actual, JsonNode expected) {
        for (String name : STABLE) {
            assertThat(actual.get(name)).as(name).isEqualTo(expected.get(name));
        }
        assertThat(actual.get("state_digest")).isEqualTo(expected.get("state_digest"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRAGMA user_version = 99",
                "UPDATE events SET version = 99, body = replace(body, '\"v\":1,', '\"v\":99,') WHERE seq = 7"
            })
    void whatANewerVersionWroteIsRefusedAndLeftAlone(String change) throws Exception {
        Shell shell = unpacked("v1/synchronous.zip");
        try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("run/events.db"))) {
            database.createStatement().execute(change);
        }
        byte[] before = Files.readAllBytes(temporary.resolve("run/events.db"));
        for (String command : List.of("status", "show", "resume", "gc")) {
            Answer answer = shell.call(command, "run");
            assertThat(answer.code()).as(command).isEqualTo(ExitCode.FAILED);
            assertThat(answer.err()).contains("version 99", "Maybe it was written by a newer Evolvent: use that one");
        }
        assertThat(Files.readAllBytes(temporary.resolve("run/events.db"))).isEqualTo(before);
    }
}
