package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Running, resuming and looking, as far as nobody interferes. */
class RunTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
    }

    @Test
    void aRunEndsWithTheBestModelAndWhatMadeIt() throws Exception {
        Answer answer = shell.call("run", "study.yaml");
        assertThat(answer.code()).isZero();
        Path run = temporary.resolve("evolvent-runs/hill-1");
        assertThat(answer.out())
                .contains(
                        "Done: 6 members, 72 intervals",
                        "Best: score -",
                        "from_step  to_step",
                        run.resolve("best").toString());
        assertThat(run.resolve("best/checkpoint/model.txt")).exists();
        JsonNode schedule = JsonMapper.shared().readTree(Files.readString(run.resolve("best/schedule.json")));
        assertThat(schedule.get("study").asString()).isEqualTo("hill");
        assertThat(schedule.get("schedule").get(0).get("from_step").asInt()).isZero();
        assertThat(run.resolve("logs/evolvent.log"))
                .as("there was nothing to say")
                .doesNotExist();
        assertThat(shell.call("run", "study.yaml").out()).contains("evolvent-runs/hill-2");
    }

    @Test
    void aStudyStopsBeforeItsDirectoryIsTooLargeAndGoesOnWhenItMayBeLarger() throws Exception {
        Answer stopped = shell.call("run", "study.yaml", "--dir", "d", "--set", "execution.disk=20kB");
        assertThat(stopped.code()).isEqualTo(ExitCode.FAILED);
        assertThat(stopped.err()).contains("execution.disk allows 20", "nothing is lost", "evolvent resume");
        long trained =
                shell.call("status", "d", "--json").json().get("intervals").asLong();
        assertThat(shell.call("resume", "d").code()).as("still too large").isEqualTo(ExitCode.FAILED);
        assertThat(shell.call("status", "d", "--json").json().get("intervals").asLong())
                .as("nothing trains where there is no room")
                .isEqualTo(trained);
        Path file = temporary.resolve("d/study.yaml");
        Files.writeString(file, Files.readString(file).replace("20 kB", "2GB"));
        assertThat(shell.call("resume", "d").out()).contains("Done: 6 members, 72 intervals");
    }

    @Test
    void whatIsStartedAgainGoesOnAndIsOverOnce() {
        String[] script = {"run", "study.yaml", "--dir", "d", "--or-resume", "--json"};
        String[] shorter = {"run", "study.yaml", "--dir", "d", "--or-resume", "--json", "--set", "budget.steps=60"};
        assertThat(shell.call(shorter).json().get("intervals").asInt()).isEqualTo(36);
        Answer twice = shell.call(shorter);
        assertThat(twice.code()).isZero();
        assertThat(twice.json().get("status").asString()).isEqualTo("done");
        assertThat(twice.json().get("intervals").asInt()).isEqualTo(36);
        assertThat(shell.call("run", "study.yaml", "--dir", "d").err())
                .as("without the option")
                .contains("holds a run already");
        assertThat(shell.call("run", "study.yaml", "--or-resume").err()).contains("--or-resume goes with --dir");
        assertThat(shell.call(script).json().get("intervals").asInt())
                .as("the study of the run goes on, whatever STUDY has become")
                .isEqualTo(36);
        shell.write("study.yaml", Shell.STUDY.replace("study: hill", "study: vale"));
        Answer another = shell.call(script);
        assertThat(another.code()).isEqualTo(ExitCode.USAGE);
        assertThat(another.out()).contains("holds a run of the study hill, but STUDY is vale");
    }

    @Test
    void jsonIsOneLineWithEverythingThatWasPromised() {
        Answer answer = shell.call("run", "study.yaml", "--json", "--set", "baseline=random");
        assertThat(answer.code()).isZero();
        assertThat(answer.out().lines()).hasSize(1);
        JsonNode json = answer.json();
        assertThat(json.propertyNames())
                .contains(
                        "status",
                        "best",
                        "members",
                        "intervals",
                        "exploits",
                        "failures",
                        "wall_seconds",
                        "training_seconds",
                        "efficiency",
                        "state_digest",
                        "baseline");
        assertThat(json.get("status").asString()).isEqualTo("done");
        assertThat(json.get("intervals").asInt()).isEqualTo(72);
        assertThat(json.get("exploits").asInt()).isPositive();
        assertThat(json.get("best").get("hyperparameters").get("rate").isNumber())
                .isTrue();
        assertThat(json.get("best").get("metrics").get("position").isNumber()).isTrue();
        JsonNode baseline = json.get("baseline");
        assertThat(baseline.get("exploits").asInt()).isZero();
        assertThat(baseline.get("intervals").asInt()).isEqualTo(72);
    }

    @Test
    void theBaselineBeginsWithTheSamePopulation() {
        assertThat(shell.call("run", "study.yaml", "--dir", "d", "--set", "baseline=random")
                        .out())
                .contains("Random search with the same budget: score -");
        String first = "interval 0: step 0 to 10";
        String main = shell.call("show", "d", "--member", "2", "--full").out();
        String random =
                shell.call("show", "d/baseline", "--member", "2", "--full").out();
        assertThat(firstInterval(main, first)).isEqualTo(firstInterval(random, first));
        assertThat(random).doesNotContain("copies", "explores");
    }

    /** Returns what is told of an interval, but for when it was over. */
    private static String firstInterval(String story, String start) {
        return story.substring(story.indexOf(start))
                .lines()
                .limit(2)
                .toList()
                .toString()
                .replaceAll("over at \\S+", "");
    }

    @Test
    void aSynchronousStudyDoesNotDependOnSlots() {
        String one = digest("--slots", "3");
        assertThat(digest("--slots", "1")).isEqualTo(one);
        assertThat(digest("--slots", "4")).isEqualTo(one);
        assertThat(digest("--seed", "18")).isNotEqualTo(one);
    }

    private String digest(String option, String value) {
        return shell.call("run", "study.yaml", "--json", option, value)
                .json()
                .get("state_digest")
                .asString();
    }

    @Test
    void settingsAreKeptInTheStudyAsRun() throws Exception {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "population=4", "--set", "space.rate.float=[0.01, 0.1]");
        assertThat(temporary.resolve("d/study.yaml")).content().contains("population: 4", "[0.01, 0.1]");
        assertThat(shell.call("status", "d", "--json").json().get("members").asInt())
                .isEqualTo(4);
    }

    @Test
    void aDirectoryInUseIsRefused() throws Exception {
        shell.call("run", "study.yaml", "--dir", "d");
        Answer again = shell.call("run", "study.yaml", "--dir", "d");
        assertThat(again.code()).isEqualTo(ExitCode.USAGE);
        assertThat(again.err()).contains("holds a run already", "evolvent resume");
        shell.write("mine/diary.txt", "dear diary");
        Answer foreign = shell.call("run", "study.yaml", "--dir", "mine");
        assertThat(foreign.code()).isEqualTo(ExitCode.USAGE);
        assertThat(foreign.err()).contains("diary.txt");
        shell.write("file", "");
        assertThat(shell.call("run", "study.yaml", "--dir", "file/below").code())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void resumingWhatIsDoneSaysTheSameAgain() {
        JsonNode first = shell.call("run", "study.yaml", "--dir", "d", "--json").json();
        Answer again = shell.call("resume", "d", "--json");
        assertThat(again.code()).isZero();
        assertThat(again.json()).isEqualTo(first);
    }

    /** It does not say by which rules it is read; the log does. */
    @Test
    void aRunMayBeGivenItsFirstFileAgain() {
        JsonNode first = shell.call("run", "study.yaml", "--dir", "d", "--json").json();
        shell.write("d/study.yaml", Shell.STUDY);
        assertThat(shell.call("resume", "d", "--json").json()).isEqualTo(first);
    }

    @Test
    void slotsAreNoPartOfTheStudy() {
        shell.call("run", "study.yaml", "--dir", "d");
        assertThat(shell.call("resume", "d", "--slots", "1").code()).isZero();
    }

    @Test
    void whatIsNoRunIsSaidSo() throws Exception {
        for (String command : new String[] {"resume", "status", "show", "replay", "gc"}) {
            assertThat(shell.call(command, "nowhere"))
                    .satisfies(answer -> assertThat(answer.code()).isEqualTo(ExitCode.USAGE))
                    .satisfies(answer -> assertThat(answer.err()).contains("nowhere", "no such directory"));
            assertThat(shell.call(command, ".").err()).contains("no run directory");
            assertThat(shell.call(command).code()).isEqualTo(ExitCode.USAGE);
        }
        shell.call("run", "study.yaml", "--dir", "d");
        Files.write(temporary.resolve("d/events.db"), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        Answer damaged = shell.call("resume", "d");
        assertThat(damaged.code()).isEqualTo(ExitCode.FAILED);
        assertThat(damaged.err()).contains("events.db").doesNotContain("should not have happened");
    }

    @Test
    void theTargetEndsAStudyEarly() {
        Answer answer = shell.call("run", "study.yaml", "--set", "budget.target=-8.9");
        assertThat(answer.out()).contains("the target is reached");
    }

    @Test
    void theTimeEndsAStudyEarly() {
        Answer answer =
                shell.call("run", "study.yaml", "--set", "budget.steps=1000000000", "--set", "budget.wall_clock=300ms");
        assertThat(answer.code()).isZero();
        assertThat(answer.out()).contains("the time is up");
    }
}
