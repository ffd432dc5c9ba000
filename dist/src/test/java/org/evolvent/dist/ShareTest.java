package org.evolvent.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Shells and {@code man} understand what is written, and find every command and option there. */
class ShareTest {
    private static final String BASH = "bash-completion/completions/evolvent";
    private static final String ZSH = "zsh/site-functions/_evolvent";
    private static final String FISH = "fish/vendor_completions.d/evolvent.fish";
    private static final String MANUAL = "man/man1/evolvent.1";

    @TempDir
    Path share;

    @BeforeEach
    void write() throws IOException {
        Share.main(new String[] {share.toString(), "1.2"});
    }

    @ParameterizedTest
    @ValueSource(strings = {BASH, ZSH, FISH, MANUAL})
    void everyCommandAndOptionIsThere(String file) throws IOException {
        String text = Files.readString(share.resolve(file));
        Map<String, CommandLine> commands = Share.command().getSubcommands();
        assertThat(commands).hasSizeGreaterThan(10);
        commands.forEach((command, line) -> {
            assertThat(text).containsPattern("\\b" + command.replace("-", "\\\\?-") + "\\b");
            for (OptionSpec option : line.getCommandSpec().options()) {
                if (!option.usageHelp() && !option.versionHelp()) {
                    String name = option.longestName().substring(2).replace("-", "\\\\?-");
                    assertThat(text).containsPattern("(--|\\\\-\\\\-|-l )" + name + "\\b");
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"bash, " + BASH, "zsh, " + ZSH, "fish, " + FISH})
    void theShellFindsNoMistakes(String shell, String file) throws Exception {
        assumeTrue(isThere(shell), shell + " is not here");
        assertThat(run(shell, "-n", share.resolve(file).toString())).isEmpty();
    }

    /** Which the shells would not notice: two of them balance. */
    @Test
    void quotesAreQuoted() throws IOException {
        assertThat(Files.readString(share.resolve(ZSH))).contains("--strategy '\\''greedy=");
        assertThat(Files.readString(share.resolve(FISH))).contains("--strategy \\'greedy=");
    }

    @Test
    void bashCompletes() throws Exception {
        assumeTrue(isThere("bash"), "bash is not here");
        assertThat(bash("COMP_WORDS=(evolvent re); COMP_CWORD=1"))
                .containsExactlyInAnyOrder("resume", "replay", "report");
        assertThat(bash("COMP_WORDS=(evolvent run --se); COMP_CWORD=2")).containsExactlyInAnyOrder("--set", "--seed");
    }

    @Test
    void fishCompletes() throws Exception {
        assumeTrue(isThere("fish"), "fish is not here");
        assertThat(fish("evolvent re")).containsExactlyInAnyOrder("resume", "replay", "report");
        assertThat(fish("evolvent run --se")).containsExactlyInAnyOrder("--set", "--seed");
        assertThat(fish("evolvent init --trainer ")).containsExactlyInAnyOrder("python", "java", "command");
    }

    @Test
    void manHasNothingToComplainAbout() throws Exception {
        assumeTrue(isThere("groff"), "groff is not here");
        String page = run(
                "groff", "-man", "-Tascii", "-ww", "-P-c", share.resolve(MANUAL).toString());
        assertThat(page.replaceAll(".\\x08", "")
                        .replaceAll("\\s+", " ")) // What is bold is struck twice, and lines are justified.
                .doesNotContain("warning", "error")
                .contains(
                        "evolvent - Population Based Training",
                        "evolvent resume DIR",
                        "--keep-events N",
                        "evolvent 1.2");
    }

    private List<String> bash(String words) throws Exception {
        String reply = "; _complete_evolvent 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\"";
        return run("bash", "-c", ". " + share.resolve(BASH) + "; " + words + reply)
                .lines()
                .map(String::strip)
                .toList();
    }

    private List<String> fish(String line) throws Exception {
        return run("fish", "-c", "source " + share.resolve(FISH) + "; complete -C '" + line + "'")
                .lines()
                .map(found -> found.split("\t", -1)[0])
                .toList();
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static String run(String... words) throws Exception {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }
}
