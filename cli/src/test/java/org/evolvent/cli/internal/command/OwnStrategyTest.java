package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.internal.contract.PythonInterpreter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operators and strategies of the user's own, in Java and in Python, named by a study file. */
class OwnStrategyTest {
    private static final String OPERATORS = """
              exploit: {truncation: {fraction: 0.3}}
              explore: {perturb: {factors: [0.8, 1.25]}, resample: 0.25}
            """;

    @TempDir
    Path temporary;

    private Shell shell;
    private Path root;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        root = Files.isDirectory(module.resolve("python"))
                ? module
                : module.resolveSibling("").normalize();
        System.setProperty("evolvent.home", root.toString());
    }

    @AfterEach
    void forgetHome() {
        System.clearProperty("evolvent.home");
    }

    private static String study(String operators) {
        return Shell.STUDY.replace(OPERATORS.indent(0), operators.indent(2));
    }

    @Tag("slow")
    @Test
    void theManualsExampleRunsFromAStudyFile() throws Exception {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(root.resolve("docs/your-own-strategy.md")));
        assertThat(block.find()).isTrue();
        Path source = shell.write("com/example/OneAtATime.java", block.group(1));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(temporary.resolve("target/classes"));
        assertThat(compiler.run(
                        null,
                        null,
                        null,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString()))
                .isZero();
        Matcher yaml = Pattern.compile("```yaml\nstrategy:\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(root.resolve("docs/your-own-strategy.md")));
        assertThat(yaml.find()).isTrue();
        shell.write("study.yaml", study(yaml.group(1)));
        Answer run = shell.call("run", "study.yaml", "--dir", "d", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("exploits").asInt()).isPositive();
        assertThat(shell.call("show", "d", "--member", "0", "--full").out() + allMembers())
                .contains("One parameter moves at a time, this time rate");
        assertThat(shell.call("status", "d").code()).isZero();
        Answer compared = shell.call("compare", "study.yaml", "--seeds", "1", "--fresh", "0");
        assertThat(compared.code()).as(compared.err()).isZero();
    }

    private String allMembers() {
        StringBuilder all = new StringBuilder();
        for (int member = 0; member < 6; member++) {
            all.append(shell.call("show", "d", "--member", Integer.toString(member), "--full")
                    .out());
        }
        return all.toString();
    }

    @Test
    void classesOnTheTrainersClassPathNeedNoOther() {
        shell.write(
                "study.yaml",
                study(
                        "exploit: {java: org.evolvent.cli.trainers.Meek}\nexplore: {java: {org.evolvent.cli.trainers.Halving: {by: 4}}}\n"));
        Answer run = shell.call("run", "study.yaml", "--dir", "d", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("exploits").asInt()).isEqualTo(11);
        assertThat(allMembers()).contains("The last shall copy the first", "Everything is divided by 4");
        shell.write("idle.yaml", study("java: org.evolvent.cli.trainers.Idle\n"));
        assertThat(shell.call("run", "idle.yaml", "--json")
                        .json()
                        .get("exploits")
                        .asInt())
                .isZero();
    }

    /** The same log from any number of slots, and after a resumption that does not ask again. */
    @NeedsProgram("python3")
    @Tag("slow")
    @Test
    void aProgramExplores() {
        shell.write("explore.py", """
                import evolvent

                def explore(handover):
                    print("asked")
                    best = handover.population[0]
                    rate = (handover.inherited["rate"] + best.hyperparameters["rate"]) / 2
                    return {"rate": rate * handover.random.uniform(0.9, 1.0)}, f"near member {best.member}"

                evolvent.serve_explore(explore)
                """);
        shell.write(
                "study.yaml",
                study("exploit: {truncation: {fraction: 0.3}}\nexplore: {command: [" + PythonInterpreter.path()
                        + ", explore.py]}\n"));
        Answer run = shell.call("run", "study.yaml", "--dir", "d", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().get("exploits").asInt()).isEqualTo(11);
        assertThat(allMembers()).contains("near member");
        assertThat(temporary.resolve("d/logs/explore.log")).content().contains("asked");
        assertThat(shell.call("run", "study.yaml", "--json", "--slots", "5")
                        .json()
                        .get("state_digest"))
                .isEqualTo(run.json().get("state_digest"));
        Answer forecast = shell.call("simulate", "study.yaml", "--mode", "synchronous", "--json");
        assertThat(forecast.json().get("forecasts").get(0).get("explores").asInt())
                .isEqualTo(11);
    }

    @NeedsProgram("python3")
    @Tag("slow")
    @Test
    void aProgramThatFailsStopsTheStudyWhichGoesOnWhenItIsMended() {
        shell.write("explore.py", "import sys\nprint('no idea', file=sys.stderr)\nsys.exit(4)\n");
        shell.write("study.yaml", study("explore: {command: [" + PythonInterpreter.path() + ", explore.py]}\n"));
        Answer failed = shell.call("run", "study.yaml", "--dir", "d");
        assertThat(failed.code()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.err())
                .contains(
                        "evolvent: The program that explores, '" + PythonInterpreter.path()
                                + " explore.py', failed twice",
                        "it exited with code 4",
                        "Maybe mend it and resume",
                        "| no idea");
        shell.write(
                "explore.py",
                "import evolvent\nevolvent.serve_explore(lambda h: {'rate': 0.01 * h.random.uniform(1, 2)})\n");
        Answer resumed = shell.call("resume", "d", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        Answer straight = shell.call("run", "study.yaml", "--json");
        assertThat(resumed.json().get("state_digest")).isEqualTo(straight.json().get("state_digest"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "explore: {java: a.B} | study.yaml:10: strategy.explore.java.a.B: The class is 'a.B' but there is no such class",
                "explore: {java: a.B, resample: 0.1} | Maybe strategy.classpath is missing?",
                "explore: {java: org.evolvent.cli.trainers.Hill} | must be a class that implements org.evolvent.core.explore.Explore",
                "exploit: {java: org.evolvent.cli.trainers.Halving} | must be a class that implements org.evolvent.core.exploit.Exploit",
                "java: org.evolvent.cli.trainers.Meek | must be a class that implements org.evolvent.core.strategy.Strategy",
                "explore: {java: {org.evolvent.cli.trainers.Halving: {by: 1}}} | It divides by 1 but must by at least 2",
                "explore: {java: {org.evolvent.cli.trainers.Halving: {bye: 3}}} | bye is no key of explore.java.org.evolvent.cli.trainers.Halving; its keys are by",
                "exploit: {java: {org.evolvent.cli.trainers.Meek: {bye: 3}}} | bye is no key of exploit.java.org.evolvent.cli.trainers.Meek; there are none",
                "explore: {java: org.evolvent.core.explore.Explore} | must be a public class with a public constructor",
                "explore: {java: {a.B: {}, c.D: {}}} | must have the name of one class",
                "explore: {command: explore.py} | must begin with a program, such as [python3, explore.py]",
                "explore: {command: {words: [python3], seconds: 0}} | seconds is 0 but must be a number above 0",
                "explore: {command: [no-such-thing]} | begins with 'no-such-thing' but there is no such program",
                "explore: {command: [./no.sh]} | begins with './no.sh' but there is no such program",
            })
    void whatCannotBeIsRefused(String operators, String said) {
        shell.write("study.yaml", study(operators + "\n"));
        Answer answer = shell.call("run", "study.yaml");
        assertThat(answer.err()).contains(said);
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(temporary.resolve("evolvent-runs")).doesNotExist();
    }

    @Test
    void aClassPathThatIsNotThereIsNamed() {
        shell.write("study.yaml", study("explore: {java: a.B}\nclasspath: [lib/*.jar]\n"));
        assertThat(shell.call("run", "study.yaml").err())
                .contains("strategy.classpath has 'lib/*.jar' but there is no such file or directory");
        shell.write("study.yaml", study("explore: {java: a.B}\nclasspath: lib\n"));
        assertThat(shell.call("run", "study.yaml").err())
                .contains("study.yaml:11: strategy.classpath is 'lib' but must be a list of texts");
    }
}
