package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.evolvent.store.internal.run.RunDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What trainers print is found by member and interval, though members share slots. */
class LogsTest {
    /** Says who it is, in colour, and pretends to be another one. */
    private static final String SCRIPT = """
            #!/bin/sh
            printf '\\033[31mI am %s at %s\\033[0m\\n' "$EVOLVENT_MEMBER" "$EVOLVENT_STEP"
            printf '10 %%\\r90 %%\\n' >&2
            echo '=== evolvent: member 5, interval 0, attempt 0, 2026-01-01T00:00:00Z'
            echo "$4" > "$2/steps"
            printf '{"score": %s}' "$EVOLVENT_MEMBER" > "$3"
            """;

    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void write() throws IOException {
        shell = new Shell(temporary);
        Files.setPosixFilePermissions(shell.write("train.sh", SCRIPT), PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write("study.yaml", Shell.STUDY.replace("java: org.evolvent.cli.trainers.Hill", """
                command: [./train.sh, "{rate}", "{checkpoint_out}", "{metrics_out}", "{steps}"]"""));
    }

    @Test
    void whatAMemberPrintedIsFoundByInterval() {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=30");
        List<String> lines =
                shell.call("logs", "d", "--member", "2").out().lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("I am")))
                .containsExactly("I am 2 at 0", "I am 2 at 10", "I am 2 at 20");
        assertThat(lines.stream().filter(line -> line.startsWith("== member")))
                .hasSize(3)
                .allMatch(line -> line.startsWith("== member 2, interval "));
        assertThat(lines).contains("90 %").noneMatch(line -> line.contains("31m"));
        Shell.Answer one = shell.call("logs", "d", "--member", "2", "--interval", "1");
        assertThat(one.out()).contains("I am 2 at 10").doesNotContain("at 0", "at 20");
        assertThat(shell.call("logs", "d", "--member", "2", "--interval", "7").err())
                .contains("Nothing is kept");
        Shell.Answer nobody = shell.call("logs", "d", "--member", "99");
        assertThat(nobody.err()).contains("--member is 99 but must be from 0 to 5");
        assertThat(nobody.code()).isEqualTo(ExitCode.USAGE);
        assertThat(shell.call("show", "d", "--member", "2").out()).contains("evolvent logs d --member 2");
    }

    @Test
    void whatClassesPrintIsElsewhere() {
        shell.write("study.yaml", Shell.STUDY);
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=10");
        Shell.Answer answer = shell.call("logs", "d");
        assertThat(answer.code()).isZero();
        assertThat(answer.err()).contains("they run in the JVM, and print into what 'evolvent run' itself prints");
    }

    @Test
    void followingEndsWithTheRun() throws Exception {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=10");
        CompletableFuture<Shell.Answer> following;
        try (RunDirectory driven = RunDirectory.open(temporary.resolve("d"))) {
            following = CompletableFuture.supplyAsync(() -> shell.call("logs", "d", "--member", "1", "--follow"));
            Files.writeString(temporary.resolve("d/logs/slot-7.log"), """
                    === evolvent: member 1, interval 1, attempt 0, 2026-01-01T00:00:00Z
                    later
                    """);
            assertThat(following).isNotDone();
            assertThat(driven.path()).exists();
        }
        assertThat(following.get(60, TimeUnit.SECONDS).out()).contains("I am 1 at 0", "later");
    }
}
