package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.Follower;
import org.evolvent.views.internal.history.History;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Changing studies that have begun. */
class AmendTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void openShell() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"17, truncation: {fraction: 0.3}", "18, truncation: {fraction: 0.3}", "19, tournament"})
    void aStudyThatWasOverGoesOnAsOneThatHadMoreFromTheStart(int seed, String exploit) {
        String strategy = "strategy.exploit={%s: {}}".formatted(exploit).replace("}: {}}", "}}");
        shell.call("run", "study.yaml", "--dir", "long", "--set", "seed=" + seed, "--set", strategy);
        shell.call(
                "run",
                "study.yaml",
                "--dir",
                "d",
                "--set",
                "seed=" + seed,
                "--set",
                strategy,
                "--set",
                "budget.steps=60");
        Answer answer = shell.call("resume", "d", "--set", "budget.steps=120");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("budget.steps is 120 from here on and was 60", "Done: 6 members, 72 intervals");
        assertThat(decisions("d")).isEqualTo(decisions("long"));
        assertThat(shell.call("verify", "d").code()).isZero();
        assertThat(events("d").stream().filter(Event.StudyAmended.class::isInstance))
                .hasSize(1);
        assertThat(shell.call("status", "d").code()).isZero();
        assertThat(shell.call("explain", "d", "0", "11").code()).isZero();
        assertThat(shell.call("what-if", "d", "--set", "burn_in.steps=0").out())
                .contains("there the study was amended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"space.momentum={float: [0, 0.9]}", "space.rate={float: [1.0e-4, 1], scale: log}"})
    void theBestOfAnAmendedStudyIsVerifiedInTheSpacesOfItsTime(String amendment) throws IOException {
        String narrow = "space.rate={float: [1.0e-4, 1.0e-2], scale: log}";
        shell.call("run", "study.yaml", "--dir", "d", "--set", narrow, "--set", "budget.steps=20");
        Answer answer = shell.call("resume", "d", "--set", amendment, "--set", "budget.steps=120");
        assertThat(answer.code()).as(answer.err()).isZero();
        Answer verified = shell.call("verify", "d");
        assertThat(verified.code()).as(verified.out() + verified.err()).isZero();
        Path schedule = temporary.resolve("d/best/schedule.json");
        assertThat(Files.readString(schedule)).as("trained after the amendment").contains("\"from_step\" : 20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"space.momentum={float: [0, 0.9]}", "space.rate={float: [1.0e-4, 1.0e-3], scale: log}"})
    void theBestFromBeforeIsToldWithWhatItWasTrainedWith(String amendment) throws IOException {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=60");
        JsonNode before = shell.call("status", "d", "--json").json().get("best");
        assertThat(shell.call("resume", "d", "--set", amendment).code()).isZero();
        assertThat(shell.call("status", "d", "--json").json().get("best")).isEqualTo(before);
        String rate =
                Format.value(new Value.Real(before.at("/hyperparameters/rate").asDouble()));
        assertThat(shell.call("status", "d").out()).contains("(rate " + rate + ")");
        Answer replayed = shell.call("replay", "d", "--json");
        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.json().get("original_score")).isEqualTo(before.get("score"));
        Answer from = shell.call("run", "study.yaml", "--from", "d", "--best", "--dir", "e");
        assertThat(from.code()).as(from.err()).isZero();
        assertThat(events("e"))
                .as("somebody begins as the best was trained")
                .anyMatch(event -> event instanceof Event.IntervalFinished finished
                        && finished.attempt().interval() == 0
                        && finished.attempt().hyperparameters().real("rate")
                                == before.at("/hyperparameters/rate").asDouble());
    }

    /** As a page does that was opened before. */
    @Tag("slow")
    @ParameterizedTest
    @ValueSource(longs = {1, 7, 1_000_000})
    void whoFollowsAStudySeesItAmended(long slice) {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=60");
        try (Follower follower = Follower.whole(temporary.resolve("d"))) {
            shell.call("resume", "d", "--set", "space.momentum={float: [0, 0.9]}", "--set", "budget.steps=80");
            shell.call("resume", "d", "--set", "budget.steps=120");
            do {
                assertThat(follower.follow(slice)).isTrue();
            } while (!follower.isWhole());
            assertThat(follower.follow(slice)).isFalse();
            History history = follower.history();
            assertThat(history.study().budget().steps()).isEqualTo(120);
            assertThat(history.events()).isEqualTo(events("d").size());
            assertThat(history.state().tally().intervals()).isEqualTo(72);
            assertThat(history.intervals().get(71).hyperparameters().plain()).containsKey("momentum");
        }
    }

    @Test
    void whoHasLeftIsNotCounted() {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=60");
        Answer answer = shell.call("resume", "d", "--set", "population=4", "--set", "budget.steps=80");
        assertThat(answer.out()).contains("Done: 4 members");
        assertThat(shell.call("status", "d").out()).contains("320 of at most 320 steps by 4 members");
        assertThat(shell.call("status", "d", "--json").json().get("members").asInt())
                .isEqualTo(4);
    }

    @Test
    void anEditedStudyFileIsAnAmendmentOnce() throws IOException {
        shell.call("run", "study.yaml", "--dir", "d");
        Path yaml = temporary.resolve("d/study.yaml");
        Files.writeString(yaml, Files.readString(yaml).replace("steps: 120", "steps: 150"));
        assertThat(shell.call("status", "d").out())
                .as("the log says what is in force")
                .contains("done");
        assertThat(shell.call("verify", "d").out() + shell.call("verify", "d").err())
                .contains("study.yaml");
        Answer answer = shell.call("resume", "d");
        assertThat(answer.out()).contains("budget.steps is 150 from here on and was 120", "90 intervals");
        assertThat(shell.call("resume", "d").out()).doesNotContain("from here on");
        assertThat(Files.readString(yaml)).contains("steps: 150");
        assertThat(shell.call("verify", "d").code()).isZero();
        assertThat(shell.call("resume", "d", "--set", "budget.steps=150", "--set", "budget.target=5")
                        .out())
                .contains("budget.target is 5.0 from here on and was not there", "90 intervals");
        assertThat(shell.call("verify", "d").code()).isZero();
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "objective.metric=other | objective.metric is other but must stay score",
                "objective.goal=minimize | objective.goal is minimize but must stay maximize",
                "space={other: {float: [0, 1]}} | space has no rate but must keep it",
                "space={rate: {int: [1, 9]}} | space.rate is int in [1, 9] but must stay of the kind of float",
                "rules=1 | rules is 1 but must stay 2",
                "initial=[{rate: 0.01}] | initial",
                "interval.steps=1000 | interval.steps"
            })
    void whatWouldMakeTheHistoryMeaninglessIsRefused(String setting, String reason) throws IOException {
        shell.call("run", "study.yaml", "--dir", "d");
        List<Event> before = events("d");
        String yaml = Files.readString(temporary.resolve("d/study.yaml"));
        Answer answer = shell.call("resume", "d", "--set", setting);
        assertThat(answer.code()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(reason);
        assertThat(events("d")).isEqualTo(before);
        assertThat(Files.readString(temporary.resolve("d/study.yaml"))).isEqualTo(yaml);
    }

    /** A study is cut short, made longer, and given other values for everything that may change, one after the other. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "budget.steps=30",
                "budget.steps=200",
                "interval.steps=7",
                "burn_in.steps=20",
                "seed=5",
                "strategy.explore.perturb.factors=[0.5, 2]",
                "strategy.explore=pb2",
                "execution.mode=asynchronous",
                "attempts=1",
                "objective.absences=3",
                "keep.ancestors=2",
                "study=other",
                "space.rate={float: [1.0e-3, 1.0e-2], scale: log}",
                "space.rate={float: [1.0e-7, 10], scale: linear}",
                "space={rate: {float: [1.0e-4, 1.0e-1], scale: log}, more: {choice: [a, b]}}",
                "population=3",
                "population=9"
            })
    void allElseMayChange(String setting) {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=60");
        Answer answer = shell.call("resume", "d", "--set", "budget.steps=120", "--set", setting);
        assertThat(answer.code()).as(answer.err() + answer.out()).isZero();
        Answer verified = shell.call("verify", "d");
        assertThat(verified.code()).as(verified.err() + verified.out()).isZero();
        assertThat(shell.call("show", "d").code()).isZero();
        assertThat(shell.call("show", "d", "--member", "0").code()).isZero();
        assertThat(shell.call("resume", "d", "--set", "budget.steps=300").code())
                .isZero();
        assertThat(shell.call("verify", "d").code()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"copies, 2", "beginners, 0"})
    void newMembersBeginAsTheyAreAskedTo(String newcomers, int copies) {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=30");
        Answer answer = shell.call(
                "resume", "d", "--set", "budget.steps=40", "--set", "population=8", "--newcomers", newcomers);
        assertThat(answer.code()).as(answer.err()).isZero();
        Event.StudyAmended amended = events("d").stream()
                .filter(Event.StudyAmended.class::isInstance)
                .map(Event.StudyAmended.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(amended.joined()).hasSize(2);
        assertThat(amended.joined().stream().filter(joined -> joined.weights().isPresent()))
                .hasSize(copies);
        assertThat(shell.call("resume", "d", "--newcomers", "clones").err()).contains("[copies, beginners]");
    }

    /** Between the log and the study file, the log says which of the two counts. */
    @Test
    void aKillBetweenTheLogAndTheStudyFileIsMended() throws IOException {
        shell.call("run", "study.yaml", "--dir", "d");
        Path yaml = temporary.resolve("d/study.yaml");
        Path amended = temporary.resolve("d/study-amended-1.yaml");
        String before = Files.readString(yaml);
        String after = before.replace("steps: 120", "steps: 150");
        Files.writeString(amended, after);
        assertThat(shell.call("resume", "d").out()).as("not in the log").contains("72 intervals");
        assertThat(amended).doesNotExist();
        assertThat(Files.readString(yaml)).isEqualTo(before);
        shell.call("resume", "d", "--set", "budget.steps=150");
        Files.writeString(yaml, before);
        Files.writeString(amended, after);
        assertThat(shell.call("status", "d").out()).contains("done");
        assertThat(shell.call("resume", "d").out()).as("in the log").contains("90 intervals");
        assertThat(amended).doesNotExist();
        assertThat(Files.readString(yaml)).isEqualTo(after);
        assertThat(events("d").stream().filter(Event.StudyAmended.class::isInstance))
                .hasSize(1);
    }

    @Tag("slow")
    @Test
    void whenEverTheProcessIsKilledTheStudyIsAmendedOnceOrNotAtAll() throws Exception {
        shell.write("study.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Slow"));
        shell.call("run", "study.yaml", "--dir", "whole", "--set", "budget.steps=60");
        shell.call("resume", "whole", "--set", "budget.steps=120", "--set", "population=8");
        for (int round = 0; round < 4; round++) {
            String run = "d" + round;
            shell.call("run", "study.yaml", "--dir", run, "--set", "budget.steps=60");
            Process child =
                    ChildProcess.start(temporary, "resume", run, "--set", "budget.steps=120", "--set", "population=8");
            child.waitFor(300 + 400L * round, TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
            assertThat(events(run).stream().filter(Event.StudyAmended.class::isInstance))
                    .hasSizeLessThanOrEqualTo(1);
            shell.call("resume", run, "--set", "budget.steps=120", "--set", "population=8");
            assertThat(events(run).stream().filter(Event.StudyAmended.class::isInstance))
                    .hasSize(1);
            assertThat(shell.call("status", run, "--json").json().get("state_digest"))
                    .isEqualTo(shell.call("status", "whole", "--json").json().get("state_digest"));
            assertThat(shell.call("verify", run).code()).isZero();
        }
    }

    @Test
    void aBaselineIsAmendedLikeItsStudy() {
        shell.call("run", "study.yaml", "--dir", "d", "--set", "budget.steps=60", "--set", "baseline=random");
        Answer answer = shell.call("resume", "d", "--set", "budget.steps=90", "--json");
        assertThat(answer.json().get("intervals").asLong()).isEqualTo(54);
        assertThat(answer.json().get("baseline").get("intervals").asLong()).isEqualTo(54);
        assertThat(shell.call("verify", "d/baseline").code()).isZero();
    }

    private List<Event> events(String run) {
        List<Event> events = new ArrayList<>();
        try (RunDirectory directory = RunDirectory.read(temporary.resolve(run))) {
            directory.events().read(events::add);
        }
        return events;
    }

    /** Without the ends, which the longer study has later. */
    private List<Event> decisions(String run) {
        return events(run).stream()
                .filter(event ->
                        event instanceof Event.Decided decided && !(decided.decision() instanceof Decision.Stop))
                .toList();
    }
}
