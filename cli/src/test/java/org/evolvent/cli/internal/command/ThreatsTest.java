package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.cli.trainers.Bomb;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * The threat model of {@code SECURITY.md}: what a run directory from a stranger may hold, and what the commands do then. Whatever it is,
 * nothing beside the directory changes, nothing that it names is loaded or started to look at it, nobody waits, and what is said can be
 * seen.
 */
@Timeout(120)
class ThreatsTest {
    /** Those that look, and {@code gc}, which deletes but does not run. */
    private static final List<List<String>> LOOKING = List.of(
            List.of("status", "stranger"),
            List.of("status", "stranger", "--json"),
            List.of("show", "stranger"),
            List.of("show", "stranger", "--best"),
            List.of("show", "stranger", "--member", "0"),
            List.of("compare", "stranger"),
            List.of("gc", "stranger"));

    /** Those that look too, and say of a study file that is not the log's that it is not. */
    private static final List<List<String>> JUDGING = List.of(
            List.of("verify", "stranger"),
            List.of("verify", "stranger", "--json"),
            List.of("explain", "stranger", "0", "0"),
            List.of("what-if", "stranger", "--set", "strategy.exploit.truncation.fraction=0.5"));

    private static final List<List<String>> RUNNING =
            List.of(List.of("resume", "stranger"), List.of("replay", "stranger"));

    /** Directories that every command refuses, with a message that has these words. */
    static final List<Arguments> REFUSED = List.of(
            attack("the lock is a link", run -> run.link(".lock"), ".lock is a link to"),
            attack("the study is a link", run -> run.link("study.yaml"), "study.yaml is a link to"),
            attack("the log is a link", run -> run.link("events.db"), "events.db is a link to"),
            attack("the write-ahead log is a link", run -> run.link("events.db-wal"), "events.db-wal is a link to"),
            attack("the journal is a link", run -> run.link("events.db-journal"), "events.db-journal is a link to"),
            attack("the snapshot is a link", run -> run.link("snapshot.jsonl"), "snapshot.jsonl is a link to"),
            attack("the checkpoints are a link", run -> run.link("checkpoints"), "checkpoints is a link to"),
            attack("the staging is a link", run -> run.link("checkpoints/.staging"), ".staging is a link to"),
            attack("the best is a link", run -> run.link("best"), "best is a link to"),
            attack("the schedule is a link", run -> run.link("best/schedule.json"), "schedule.json is a link to"),
            attack("the logs are a link", run -> run.link("logs"), "logs is a link to"),
            attack("a log is a link", run -> run.link("logs/evolvent.log"), "evolvent.log is a link to"),
            attack("the baseline is a link", run -> run.link("baseline"), "baseline is a link to"),
            attack("a file of ours to come is a link", run -> run.link("report.html"), "report.html is a link to"),
            attack("the study is a pipe", run -> run.pipe("study.yaml"), "study.yaml"),
            attack("the write-ahead log is a pipe", run -> run.pipe("events.db-wal"), "events.db-wal is neither"),
            attack("a log is a pipe", run -> run.pipe("logs/evolvent.log"), "evolvent.log is neither"),
            attack(
                    "an alias contains itself",
                    run -> run.study("study: hill", "study: &a [*a]"),
                    "50 collections in each other"),
            attack(
                    "collections without end",
                    run -> run.study("study: hill", "study: " + "[".repeat(200_000)),
                    "50 collections in each other"),
            attack("digits without end", run -> run.study("seed: 17", "seed: " + "1".repeat(1_000_000)), "400 digits"),
            attack("a study without end", run -> run.write("study.yaml", "# ".repeat(2_000_000)), "3000000"),
            attack("the study is not text", run -> run.write("study.yaml", "\0\0\0"), "study.yaml"),
            attack("the log is not a database", run -> run.write("events.db", "text ".repeat(1000)), "events.db"),
            attack("the log is empty", run -> run.write("events.db", ""), "events.db"));

    /** Study files that name code; it is whoever resumes that runs it. */
    static final List<Arguments> LOADED = List.of(
            code("trainer: {java: " + Bomb.class.getName() + "}", ""),
            code("trainer: {command: [touch, TRACE]}", ""),
            code("trainer: {command: [touch, TRACE], directory: /}", ""),
            code("", "strategy: {exploit: {java: " + Bomb.class.getName() + "}}"),
            code("", "strategy: {exploit: {java: {" + Bomb.class.getName() + ": {any: [1, option]}}}}"),
            code("", "strategy: {explore: {java: " + Bomb.class.getName() + "}, classpath: [/]}"),
            code("", "strategy: {java: " + Bomb.class.getName() + "}"),
            code("", "strategy: {explore: {command: [touch, TRACE]}}"));

    @TempDir
    static Path original;

    @TempDir
    Path place;

    private static Arguments attack(String name, Consumer<Stranger> change, String said) {
        return Arguments.of(name, change, said);
    }

    private static Arguments code(String trainer, String strategy) {
        return Arguments.of(trainer + strategy, trainer, strategy);
    }

    @BeforeAll
    static void run() {
        Shell shell = new Shell(original);
        shell.write("study.yaml", Shell.STUDY);
        assertThat(shell.call("run", "study.yaml", "--dir", "d").code()).isZero();
    }

    private Stranger stranger() throws IOException {
        return new Stranger(original.resolve("d"), place);
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSED")
    void isRefused(String name, Consumer<Stranger> change, String said) throws IOException {
        Stranger stranger = stranger();
        change.accept(stranger);
        Map<Path, String> before = stranger.surroundings();
        for (List<List<String>> commands : List.of(LOOKING, JUDGING, RUNNING)) {
            for (List<String> command : commands) {
                Answer answer = call(command);
                assertThat(answer.code()).as("%s: %s", command, answer.err()).isIn(ExitCode.FAILED, ExitCode.USAGE);
                // verify answers on stdout: what is wrong is what it was asked for.
                assertThat(answer.err() + answer.out())
                        .as("%s", command)
                        .contains(said)
                        .hasSizeLessThan(5000);
                assertCalm(answer);
                assertThat(stranger.surroundings()).as("%s", command).isEqualTo(before);
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @FieldSource("LOADED")
    void nothingIsLoadedOrStartedToLook(String name, String trainer, String strategy) throws IOException {
        Stranger stranger = stranger();
        String study = Shell.STUDY;
        if (!trainer.isEmpty()) {
            study = study.replace("trainer: {java: org.evolvent.cli.trainers.Hill}", trainer);
        }
        if (!strategy.isEmpty()) {
            study = study.replaceFirst("strategy:\n.*\n.*\n", strategy + "\n");
        }
        assertThat(study).isNotEqualTo(Shell.STUDY);
        stranger.write("study.yaml", study.replace("TRACE", stranger.trace().toString()));
        Map<Path, String> before = stranger.surroundings();
        for (List<String> command : LOOKING) {
            Answer answer = call(command);
            assertThat(answer.code()).as("%s: %s", command, answer.err()).isZero();
            assertCalm(answer);
        }
        for (List<String> command : JUDGING) {
            assertCalm(call(command));
        }
        assertThat(System.getProperty(Bomb.EXPLODED)).isNull();
        assertThat(stranger.surroundings()).isEqualTo(before);
    }

    /** Otherwise the test above would prove nothing. */
    @Test
    void theBombWorks() throws Exception {
        Class.forName(Bomb.class.getName());
        assertThat(System.clearProperty(Bomb.EXPLODED)).isEqualTo("true");
    }

    @Test
    void namesCannotWriteToTheTerminal() throws IOException {
        Stranger stranger = stranger();
        stranger.study("metric: score", "metric: \"\\e]0;owned\\a\\u202e\\u009b31m\\r\"");
        for (List<String> command : LOOKING) {
            assertCalm(call(command));
        }
        // Who looks goes by the log; who resumes is told what the file asks for.
        Answer amended = call(List.of("resume", "stranger"));
        assertCalm(amended);
        assertThat(amended.err()).contains("\\u001b]0;owned\\u0007\\u202e\\u009b31m\\u000d");
        stranger.study("study: hill", "study: \"\\e[2J\"");
        Answer refused = call(List.of("resume", "stranger"));
        assertCalm(refused);
        assertThat(refused.err()).contains("study is '\\u001b[2J'");
    }

    @Test
    void pathsCannotWriteToTheTerminal() throws IOException {
        Files.createDirectory(place.resolve("\u001b[31m"));
        Answer refused = new Shell(place).call("status", "\u001b[31m");
        assertCalm(refused);
        assertThat(refused.err()).contains("\\u001b[31m");
    }

    private Answer call(List<String> command) {
        return new Shell(place).call(command.toArray(String[]::new));
    }

    /** No stack trace, and nothing that a terminal would obey. */
    private static void assertCalm(Answer answer) {
        for (String text : List.of(answer.out(), answer.err())) {
            assertThat(text).doesNotContain("should not have happened", "\tat ");
            assertThat(text).doesNotMatch("(?s).*[\\p{Cntrl}\u0080-\u009f\u202a-\u202e\u2066-\u2069&&[^\n\t]].*");
        }
    }
}
