package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that hangs is seen by those who run the study and by those who look. */
class LivenessTest {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final long MILLIS_BETWEEN_LOOKS = 200;

    @TempDir
    Path temporary;

    @Tag("slow")
    @Test
    void whoIsSilentIsSaidWhileItHangs() throws Exception {
        Shell shell = new Shell(temporary);
        Files.setPosixFilePermissions(shell.write("train.sh", """
                        #!/bin/sh
                        while [ "$EVOLVENT_MEMBER" = 1 ] && [ ! -f go ]; do sleep 0.1; done
                        echo 1 > "$1/weights"
                        echo '{"score": 1}' > "$2"
                        """), PosixFilePermissions.fromString("rwxr-xr-x"));
        shell.write("study.yaml", Shell.STUDY.replace("java: org.evolvent.cli.trainers.Hill", """
                command: [./train.sh, "{checkpoint_out}", "{metrics_out}"]"""));
        CompletableFuture<Shell.Answer> run = CompletableFuture.supplyAsync(
                () -> shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=10"));
        String status = "";
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!status.contains("nothing heard from member 1 for 0:1") && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
            if (Files.exists(temporary.resolve("d/study.yaml"))) {
                status = shell.call("status", "d").out();
            }
        }
        assertThat(status)
                .contains(
                        "hill: running, by process %s on "
                                .formatted(ProcessHandle.current().pid()),
                        "1 slot trains",
                        "nothing heard from member 1 for 0:1",
                        "trains for");
        assertThat(shell.call("status", "d", "--json").json().get("status").asString())
                .isEqualTo("running");
        shell.write("go", "");
        Shell.Answer answer = run.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(shell.call("status", "d").out()).contains("hill: done").doesNotContain("nothing heard");
        assertThat(temporary.resolve("d/logs/now.txt")).doesNotExist();
    }
}
