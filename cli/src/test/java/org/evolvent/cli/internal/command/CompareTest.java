package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Comparing strategies: on tasks, by studies that run, and by studies that ran. */
class CompareTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY + "baseline: random\n");
    }

    private JsonNode compared(String... arguments) {
        Answer answer = shell.call(arguments);
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.json();
    }

    @Tag("slow")
    @Test
    void onADeceptiveTaskGreedLoses() throws Exception {
        Answer answer = shell.call(
                "compare",
                "--task",
                "deceptive",
                "--strategies",
                "pbt,random_search",
                "--strategy",
                "patient={mf_pbt: {periods: [1, 5, 12, 25]}}",
                "--seeds",
                "4",
                "--fresh",
                "2");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains(
                        "deceptive: score of the best model (more is better), seeds 0 to 3",
                        "Equal compute: all that a study reached within 22000 training steps counts (22 members of 1000 steps",
                        "simulated, asynchronous, a slot for each member",
                        "Best by IQM: patient. On fresh seeds (4 to 5)");
        List<String> rows =
                answer.out().lines().filter(line -> line.startsWith("| ")).toList();
        assertThat(rows).hasSize(4);
        assertThat(rows.get(1)).startsWith("| patient ");
        assertThat(rows.get(2)).startsWith("| random_search ");
        assertThat(rows.get(3)).startsWith("| pbt ").contains("1.00 (1.00 to 1.00)");
        Path results = temporary.resolve("evolvent-runs/compare-deceptive-1");
        assertThat(Files.readAllLines(results.resolve("results.csv")))
                .hasSize(1 + 3 * 4 + 2)
                .contains("strategy,seeds,seed,score,chosen,steps,seconds,intervals,exploits")
                .anyMatch(line -> line.startsWith("patient,reporting,5,1."));
        assertThat(Files.readAllLines(results.resolve("curves.csv"))).hasSizeGreaterThan(300);
        JsonNode whole = JsonMapper.shared().readTree(Files.readAllBytes(results.resolve("comparison.json")));
        assertThat(whole.get("strategies").get(0).get("strategy").stringValue()).isEqualTo("patient");
        assertThat(whole.get("curves").get("steps").get("pbt").size()
                        + whole.get("curves").get("steps").get("patient").size()
                        + whole.get("curves").get("steps").get("random_search").size())
                .isEqualTo((int) Files.readAllLines(results.resolve("curves.csv")).stream()
                        .filter(line -> line.contains(",steps,"))
                        .count());
        assertThat(svg(results).getDocumentElement().getTextContent())
                .contains("Over consumed steps", "Over wall-clock", "patient, fresh seeds", "random_search");
        assertThat(shell.call("compare", "--task", "deceptive", "--seeds", "1", "--fresh", "0")
                        .out())
                .contains("evolvent-runs/compare-deceptive-2", "expect a little less");
    }

    private static Document svg(Path results) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(results.resolve("compare.svg").toFile());
    }

    @Test
    void tasksCanBeSet() {
        JsonNode json = compared(
                "compare",
                "--task",
                "smooth",
                "--set",
                "population=8",
                "--set",
                "interval.steps=20",
                "--set",
                "execution.mode=synchronous",
                "--study-slots",
                "4",
                "--seeds",
                "2",
                "--fresh",
                "0",
                "--strategies",
                "pbt,asha",
                "--json");
        assertThat(json.get("compute").get("steps").asInt()).isEqualTo(8 * 400);
        assertThat(json.get("compute").get("interval_steps").asInt()).isEqualTo(20);
        assertThat(json.get("evaluation").asString()).isEqualTo("again");
        assertThat(json.has("winner")).isFalse();
        assertThat(json.get("undecided")).hasSize(1);
        assertThat(json.get("improvements").get(0).get("difference").asBoolean())
                .isFalse();
        for (JsonNode strategy : json.get("strategies")) {
            // 4 slots, a second for each step: a quarter of the steps, and more where slots wait for the end of a
            // round.
            assertThat(strategy.get("steps").asInt()).isBetween(3000, 3200);
            assertThat(strategy.get("seconds").asDouble()).isBetween(750.0, 900.0);
        }
    }

    @Tag("slow")
    @Test
    void studiesRunOnTheSameTrainerBudgetAndSeeds() {
        JsonNode json = compared(
                "compare",
                "study.yaml",
                "--strategies",
                "pbt,grid,exploit_only",
                "--seeds",
                "3",
                "--first-seed",
                "7",
                "--fresh",
                "2",
                "--dir",
                "c",
                "--slots",
                "2",
                "--json");
        assertThat(json.get("compute").get("steps").asInt()).isEqualTo(6 * 120);
        assertThat(json.get("strategies")).hasSize(3).allSatisfy(strategy -> {
            assertThat(strategy.get("steps").asInt()).isEqualTo(720);
            assertThat(strategy.get("scores").propertyNames()).containsExactly("7", "8", "9");
        });
        assertThat(json.get("fresh").get("scores").propertyNames()).containsExactly("10", "11");
        assertThat(json.get("improvements")).hasSize(6);
        // A run of a comparison is a run like any other.
        JsonNode alone =
                compared("run", "study.yaml", "--seed", "8", "--slots", "1", "--set", "baseline=random", "--json");
        assertThat(compared("status", "c/studies/pbt/seed-8", "--json").get("state_digest"))
                .isEqualTo(alone.get("state_digest"));
        assertThat(temporary.resolve("c/studies/pbt/seed-8/study.yaml"))
                .content()
                .doesNotContain("baseline");
    }

    @Tag("slow")
    @Test
    void whatRanIsReadAndNotRunAgain() throws Exception {
        String[] command = {"compare", "study.yaml", "--seeds", "2", "--fresh", "1", "--dir", "c", "--json"};
        JsonNode first = compared(command);
        String[] events = {"c/studies/pbt/seed-0/events.db", "c/fresh/pbt/seed-2/events.db"};
        byte[] before = Files.readAllBytes(temporary.resolve(events[0]));
        assertThat(compared(command)).isEqualTo(first);
        assertThat(compared("compare", "c", "--json")).isEqualTo(first);
        assertThat(Files.readAllBytes(temporary.resolve(events[0]))).isEqualTo(before);
        JsonNode other = compared("compare", "c", "--metric", "position", "--json");
        assertThat(other.get("metric").asString()).isEqualTo("position");
        assertThat(other.get("strategies").get(0).get("iqm").asDouble()).isBetween(0.0, 4.0);
        Answer extended = shell.call("compare", "study.yaml", "--seeds", "3", "--fresh", "0", "--dir", "c");
        assertThat(extended.out()).contains("seeds 0 to 2");
        Answer changed = shell.call("compare", "study.yaml", "--seeds", "2", "--dir", "c", "--set", "budget.steps=60");
        assertThat(changed.code()).isEqualTo(ExitCode.USAGE);
        assertThat(changed.err()).contains("seed-0 holds another study", "--dir");
    }

    @Tag("slow")
    @Test
    void aKilledComparisonGoesOn() throws Exception {
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Slow"));
        String[] command = {"compare", "study.yaml", "--seeds", "2", "--fresh", "0", "--slots", "1", "--dir", "c"};
        ChildProcess child = new ChildProcess(temporary, 100, command);
        // The first study is over, and the second stands still in its midst.
        child.awaitIntervals(shell, "c/studies/random_search/seed-0", 24);
        child.kill();
        assertThat(shell.call("compare", "c").err()).contains("is not over", "evolvent resume");
        Answer resumed = shell.call(command);
        assertThat(resumed.code()).isZero();
        shell.call("compare", "study.yaml", "--seeds", "2", "--fresh", "0", "--dir", "undisturbed");
        for (String run : List.of("pbt/seed-0", "random_search/seed-0", "pbt/seed-1", "random_search/seed-1")) {
            assertThat(compared("status", "c/studies/" + run, "--json").get("state_digest"))
                    .isEqualTo(compared("status", "undisturbed/studies/" + run, "--json")
                            .get("state_digest"));
        }
    }

    @Tag("slow")
    @Test
    void aSignalStopsInGoodOrder() throws Exception {
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Slow"));
        ChildProcess child =
                new ChildProcess(temporary, 30, "compare", "study.yaml", "--seeds", "2", "--slots", "1", "--dir", "c");
        child.awaitIntervals(shell, "c/studies/pbt/seed-0", 24);
        assertThat(child.terminate()).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(child.output())
                .contains("Interrupted. To go on: the same command with --dir")
                .doesNotContain("should not have happened");
    }

    @Test
    void studyFilesAreStrategiesToo() {
        shell.write("greedy.yaml", Shell.STUDY.replace("fraction: 0.3", "fraction: 0.5"));
        shell.write(
                "halving.yaml", Shell.STUDY.replaceAll("(?s)strategy:.*?execution", "strategy: {asha: {}}\nexecution"));
        JsonNode json = compared(
                "compare", "greedy.yaml", "halving.yaml", "--seeds", "2", "--fresh", "0", "--dir", "c", "--json");
        assertThat(json.get("strategies").findValuesAsString("strategy"))
                .containsExactlyInAnyOrder("greedy", "halving");
        shell.write("longer.yaml", Shell.STUDY.replace("steps: 120", "steps: 240"));
        Answer unequal = shell.call("compare", "greedy.yaml", "longer.yaml", "--dir", "d");
        assertThat(unequal.code()).isEqualTo(ExitCode.USAGE);
        assertThat(unequal.err()).contains("greedy and longer cannot be compared", "budget.steps: 120, but 240");
        assertThat(temporary.resolve("d")).doesNotExist();
    }

    @Tag("slow")
    @Test
    void runsOfTheSameTaskAreGroupedByStrategy() {
        for (String seed : List.of("1", "2")) {
            shell.call("run", "study.yaml", "--dir", "a" + seed, "--seed", seed);
            shell.call(
                    "run",
                    "study.yaml",
                    "--dir",
                    "b" + seed,
                    "--seed",
                    seed,
                    "--set",
                    "strategy={exploit: tournament}");
        }
        JsonNode json = compared("compare", "a1", "a2", "b1", "b2", "a1/baseline", "a2/baseline", "--json");
        assertThat(json.get("strategies").findValuesAsString("strategy"))
                .containsExactlyInAnyOrder("pbt-1", "pbt-2", "random_search");
        assertThat(json.get("notes").values())
                .extracting(JsonNode::asString)
                .containsExactly(
                        "pbt-1: {exploit: {truncation: {fraction: 0.3}, backtrack: false}, explore: {perturb: {factors: [0.8, 1.25]}, resample: 0.25}}",
                        "pbt-2: {exploit: {tournament: {}, backtrack: false}}");
        assertThat(shell.call("compare", "a1", "a1").err()).contains("second run", "with seed 1");
        shell.call("run", "study.yaml", "--dir", "e", "--seed", "3", "--set", "space.rate.float=[0.01, 0.1]");
        Answer other = shell.call("compare", "a1", "e");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE);
        assertThat(other.err()).contains("a1 and", "the task is not the same", "space: [", "0.01");
        shell.call("run", "study.yaml", "--dir", "f", "--seed", "4", "--set", "burn_in.steps=20");
        assertThat(shell.call("compare", "a1", "f").err()).contains("have the same strategy but", "burn_in: 0, but 20");
    }

    @Test
    void wrongUsageStartsNothing() {
        refuses("Either --task or study files", "compare");
        refuses("Either --task or study files", "compare", "study.yaml", "--task", "plain");
        refuses("'decptive' but must be one of figure-2", "compare", "--task", "decptive");
        refuses("no 'seed' to set, only budget.steps", "compare", "--task", "plain", "--set", "seed=1");
        refuses("population is 1 but must be", "compare", "--task", "plain", "--set", "population=1");
        refuses("--speed-spread is '2' but must be", "compare", "--task", "plain", "--speed-spread", "2");
        refuses("--speed-spread is for --task", "compare", "study.yaml", "--speed-spread", "4:1");
        refuses("--seeds is 0", "compare", "--task", "plain", "--seeds", "0");
        refuses("--fresh is -1", "compare", "--task", "plain", "--fresh", "-1");
        refuses("no such file", "compare", "nothing.yaml");
        refuses("neither a run directory", "compare", ".");
        refuses("are files and directories", "compare", "study.yaml", ".");
        refuses("ran already", "compare", ".", "--seeds", "3");
        refuses("'x': exploit.truncaton", "compare", "--task", "plain", "--strategy", "x={exploit: {truncaton: {}}}");
        refuses("strategy.exploit.truncaton", "compare", "study.yaml", "--strategy", "x={exploit: {truncaton: {}}}");
        refuses(
                "needs a population of at least 6",
                "compare",
                "--task",
                "plain",
                "--set",
                "population=4",
                "--strategies",
                "fire");
        refuses("needs a population of at least 8", "compare", "study.yaml", "--strategies", "mf_pbt");
        shell.call("run", "study.yaml", "--dir", "d");
        refuses("is a run itself", "compare", "study.yaml", "--dir", "d");
        refuses("The trainer reported no metric 'f1'", ExitCode.FAILED, "compare", "d", "--metric", "f1");
    }

    private void refuses(String message, String... command) {
        refuses(message, ExitCode.USAGE, command);
    }

    private void refuses(String message, int code, String... command) {
        Answer answer = shell.call(command);
        assertThat(answer.code()).as(message).isEqualTo(code);
        assertThat(answer.err()).contains(message);
        assertThat(temporary.resolve("evolvent-runs")).doesNotExist();
    }
}
