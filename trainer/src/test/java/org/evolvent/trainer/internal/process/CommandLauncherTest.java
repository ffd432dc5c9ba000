package org.evolvent.trainer.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.place.CommandLauncher;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stand-ins for {@code ssh}, which forget the directory and the variables, and one of which has a shell at the far end. */
@NeedsProgram("python3")
class CommandLauncherTest {
    private static final String SSH = "cd /; shift; exec env -i PATH=\"$PATH\" sh -c \"$*\"";
    private static final String EXEC = "cd /; shift; exec env -i PATH=\"$PATH\" \"$@\"";

    @TempDir
    Path directory;

    private void trains(CommandLauncher launcher) throws Exception {
        String secret = "two words, $HOME, it's \\ \\n \"quoted\" %s\nand a second line";
        Path told = directory.resolve("told it's.txt");
        Files.createFile(directory.resolve("wayward-was-here"));
        Launch plain = Python.launch("wayward.py", directory, 2, "exit");
        Map<String, String> variables = new LinkedHashMap<>(plain.environment());
        variables.put("SECRET", secret);
        String script = "printf %s \"$SECRET\" >\"$1\"; shift; exec \"$@\"";
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", script, "sh", told.getFileName().toString()));
        command.addAll(plain.command());
        Launch launch = new Launch(
                        command, directory, variables, plain.logs(), plain.slots(), plain.limits(), plain.launcher())
                .withLauncher(launcher);
        assertThat(launch.words(0, launch.command()).toString()).doesNotContain("second line");
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                Executor executor = new ProcessExecutor(launch, List.of(), checkpoints, InstantSource.system())) {
            assertThat(Attempts.run(executor, Attempts.first(3, 0))).isInstanceOf(ExecutorEvent.Done.class);
            assertThat(executor.places()).anyMatch(place -> place.contains(", process group "));
        }
        assertThat(told).content().isEqualTo(secret);
    }

    @Test
    void reachesAFarEndWithAShell() throws Exception {
        trains(new CommandLauncher(List.of("sh", "-c", SSH, "ssh", "{host}"), List.of("a", "b"), true));
    }

    @Test
    void reachesAFarEndWithoutAShell() throws Exception {
        trains(new CommandLauncher(List.of("sh", "-c", EXEC, "run", "{host}"), List.of("a", "b"), false));
    }

    @Tag("slow")
    @Test
    void leavesNobodyWhereTheConnectionIsGone() throws Exception {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", "setsid \"$@\" & wait", "sshd"));
        List<String> trainer = List.of("/bin/sh", "-c", "echo $$; exec sleep 1000");
        words.addAll(new CommandLauncher(List.of("env"), List.of(), false).command(0, trainer, directory));
        Process connection = new ProcessBuilder(words)
                .redirectInput(
                        Files.writeString(directory.resolve("nothing"), "\n").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ProcessHandle left = ProcessHandle.of(
                        Long.parseLong(connection.inputReader().readLine()))
                .orElseThrow();
        try {
            connection.destroyForcibly();
            assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(20));
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void killsAProcessGroupThatIsGivenUp() throws Exception {
        Process process = new ProcessBuilder("setsid", "sleep", "1000").start();
        try {
            // Once it is a group's leader: before that there is none of its number.
            CommandLauncher launcher =
                    new CommandLauncher(List.of("sh", "-c", SSH, "ssh", "{host}"), List.of("a"), true);
            while (process.isAlive() && !ofGroup(process.pid())) {
                Thread.onSpinWait();
            }
            launcher.release(0, Long.toString(process.pid()));
            assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean ofGroup(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/stat"))
                .split(" ", 6)[4]
                .equals(Long.toString(pid));
    }

    @Test
    void dealsHostsOutInTurn() {
        CommandLauncher launcher = new CommandLauncher(List.of("ssh", "{host}"), List.of("a", "b"), true);
        List<String> trainer = List.of("it's");
        assertThat(launcher.command(0, trainer, directory))
                .startsWith("ssh", "a", "'/bin/sh'")
                .endsWith("'it'\\''s'");
        assertThat(launcher.command(3, trainer, directory)).startsWith("ssh", "b");
    }
}
