package org.evolvent.trainer.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.ChildJvm;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.evolvent.trainer.testing.Survivors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that left a plain command, its session and its environment behind ends with it, and holds nobody up. */
@NeedsProgram({"setsid", "perl"})
class EscapedCommandsTest {
    private static final String SCRIPT = """
            (env -i setsid sh -c 'echo $$ > escaped.tmp; mv escaped.tmp escaped.txt; exec sleep 3600' %s &)
            until [ -e escaped.txt ]; do sleep 0.01; done
            echo '{"score": 1}' > "$EVOLVENT_METRICS_OUT"
            echo x > "$EVOLVENT_CHECKPOINT_OUT/x"
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"", "< /dev/null > /dev/null 2>&1", "> /dev/null", "2> /dev/null"})
    void isEnded(String redirected) {
        Launch launch = Launch.of(
                List.of("sh", "-c", SCRIPT.formatted(redirected)),
                directory,
                directory.resolve("logs"),
                List.of(SlotResources.unlimited()));
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                CommandExecutor executor = new CommandExecutor(launch, checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(0, 0))).isInstanceOf(ExecutorEvent.Done.class);
            assertThat(Survivors.among(escaped())).isEmpty();
        }
    }

    /** Nobody finds it then, but its command is done when it is done. */
    @Tag("slow")
    @Test
    void holdsNobodyUpWhereThereIsNoPerl() throws Exception {
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder = ChildJvm.of(OneCommand.class, directory.toString(), SCRIPT.formatted(""))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("PATH", withoutPerl());
        Process driver = builder.start();
        try {
            assertThat(driver.waitFor(Python.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(Files.readString(output))
                    .isTrue();
            assertThat(Files.readString(output)).contains("Done[");
        } finally {
            driver.destroyForcibly();
            escaped().forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        }
    }

    private String withoutPerl() throws IOException {
        Path programs = Files.createDirectory(directory.resolve("bin"));
        for (String name : List.of("sh", "setsid", "env", "sleep", "mv", "cat", "grep", "sed", "tr", "awk")) {
            for (String place : List.of("/usr/bin", "/bin")) {
                Path program = Path.of(place, name);
                if (Files.exists(program) && !Files.exists(programs.resolve(name))) {
                    Files.copy(program.toRealPath(), programs.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return programs.toString();
    }

    private List<Long> escaped() {
        return Survivors.awaitIds(directory.resolve("escaped.txt"));
    }
}
