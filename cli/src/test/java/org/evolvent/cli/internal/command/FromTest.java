package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.evolvent.cli.internal.command.Shell.Answer;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beginning with the models of another run. */
class FromTest {
    @TempDir
    Path temporary;

    private Shell shell;

    @BeforeEach
    void runTheFirst() {
        shell = new Shell(temporary);
        shell.write("study.yaml", Shell.STUDY);
        shell.call("run", "study.yaml", "--dir", "d");
    }

    @Test
    void aStudyBeginsWithWeightsHyperparametersAndScoresOfAnother() throws IOException {
        Answer answer = shell.call("run", "study.yaml", "--from", "d", "--dir", "e", "--set", "budget.steps=180");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("Done: 6 members, 36 intervals");
        List<Event> events = events("e");
        Event.PopulationCreated created = (Event.PopulationCreated) events.get(1);
        String digest =
                shell.call("status", "d", "--json").json().get("state_digest").asString();
        assertThat(created.founders())
                .hasSize(6)
                .allMatch(founder -> founder.origin().contains(digest)
                        && founder.step() == 120
                        && founder.metrics().containsKey("score"));
        assertThat(events.stream()
                        .filter(Event.IntervalFinished.class::isInstance)
                        .map(event -> ((Event.IntervalFinished) event).attempt())
                        .filter(attempt -> attempt.interval() == 0))
                .hasSize(6)
                .allMatch(
                        attempt -> attempt.stepFrom() == 120 && attempt.parent().isPresent());
        assertThat(shell.call("verify", "e").out()).as("verified").isNotEmpty();
        assertThat(shell.call("verify", "e").code()).isZero();
        assertThat(shell.call("show", "e", "--best").code()).isZero();
        assertThat(Files.readString(temporary.resolve("e/best/schedule.json"))).contains("\"from_step\"");
        assertThat(shell.call("what-if", "e", "--set", "seed=3").code()).isZero();
        assertThat(shell.call("show", "e", "--member", "2", "--full").out())
                .contains("begins at step 120 with weights from elsewhere: study hill, digest " + digest + ", member ");
        assertThat(shell.call("show", "e", "--member", "2").out())
                .containsPattern("120  \\S+  began with weights from elsewhere: study hill, digest " + digest);
        assertThat(shell.call("show", "e").out())
                .containsPattern(
                        "Member \\d\\s+began\\s+with\\s+weights\\s+from\\s+elsewhere:\\s+study\\s+hill,\\s+digest\\s+"
                                + digest.substring(0, 12)
                                + "\\.\\.\\.");
        assertThat(shell.call("show", "d").out()).doesNotContain("from elsewhere");
        assertThat(shell.call("replay", "e").err()).contains("began with weights that were trained elsewhere");
        assertThat(shell.call("replay", "e", "--member", "3").err())
                .contains("began with weights that were trained elsewhere");
        for (String member : List.of("0", "1", "2", "3", "4", "5")) {
            Answer explained = shell.call("explain", "e", member, "0");
            assertThat(explained.code()).as(explained.err()).isZero();
            assertThat(explained.out()).doesNotContain("interval -1");
        }
    }

    @Tag("slow")
    @Test
    void whenEverTheProcessIsKilledTheStudyBeginsWithTheSameModels() throws Exception {
        shell.write("slow.yaml", Shell.STUDY.replace("trainers.Hill", "trainers.Slow"));
        String[] words = {"run", "slow.yaml", "--from", "d", "--set", "budget.steps=180", "--dir", "whole"};
        assertThat(shell.call(words).code()).isZero();
        for (int round = 0; round < 4; round++) {
            String run = "killed" + round;
            words[words.length - 1] = run;
            Process child = ChildProcess.start(temporary, words);
            child.waitFor(300 + 350L * round, TimeUnit.MILLISECONDS);
            child.destroyForcibly().waitFor();
            boolean isRun = Files.exists(temporary.resolve(run).resolve("study.yaml"));
            Answer onwards = isRun ? shell.call("resume", run) : shell.call(words);
            assertThat(onwards.code()).as(onwards.err()).isZero();
            assertThat(shell.call("status", run, "--json").json().get("state_digest"))
                    .isEqualTo(shell.call("status", "whole", "--json").json().get("state_digest"));
            assertThat(shell.call("verify", run).code()).isZero();
        }
        assertThat(shell.call("verify", "d").code()).isZero();
    }

    @Test
    void aMemberKnowsTheScoreOfItsWeightsButTheBestOfAStudyIsItsOwn() {
        shell.call("run", "study.yaml", "--from", "d", "--dir", "e", "--set", "budget.steps=180");
        StudyFile study;
        try (RunDirectory directory = RunDirectory.read(temporary.resolve("e"))) {
            study = StudyFile.look(directory);
        }
        StudyState begun = StudyState.initial(study.begun()).after(events("e").subList(0, 2));
        assertThat(begun.population().ranking().valid()).isEqualTo(6);
        assertThat(begun.population().best()).isEmpty();
        assertThat(begun.attempt(new MemberId(0)).reseed()).isPresent();
    }

    @Test
    void whoHasTrainedNothingHoldsWhatCannotBeReplayed() {
        shell.write(
                "throwing.yaml",
                Shell.STUDY
                        .replace("trainers.Hill", "trainers.Moody")
                        .replace("  rate:", "  mood: {choice: [throws]}\n  rate:"));
        Answer stopped = shell.call("run", "throwing.yaml", "--from", "d", "--dir", "e", "--set", "budget.steps=180");
        assertThat(stopped.code()).isEqualTo(ExitCode.FAILED);
        Answer replay = shell.call("replay", "e", "--member", "0");
        assertThat(replay.code()).isEqualTo(ExitCode.FAILED);
        assertThat(replay.err()).contains("began with weights that were trained elsewhere: checkpoint ");
        assertThat(shell.call("what-if", "e", "--set", "seed=3").code()).isZero();
    }

    @Test
    void everybodyMayBeginWithTheBest() {
        Answer answer = shell.call(
                "run",
                "study.yaml",
                "--from",
                "d",
                "--best",
                "--dir",
                "e",
                "--set",
                "budget.steps=180",
                "--set",
                "population=4");
        assertThat(answer.code()).as(answer.err()).isZero();
        Event.PopulationCreated created = (Event.PopulationCreated) events("e").get(1);
        List<CheckpointId> weights = created.founders().stream()
                .map(Event.Founder::weights)
                .distinct()
                .toList();
        assertThat(weights).hasSize(1);
        assertThat(created.hyperparameters().stream().distinct()).hasSize(4);
        assertThat(shell.call("verify", "e").code()).isZero();
    }

    @Test
    void anotherSpaceTakesWhatItHas() {
        Answer answer = shell.call(
                "run",
                "study.yaml",
                "--from",
                "d",
                "--dir",
                "e",
                "--set",
                "budget.steps=180",
                "--set",
                "space={rate: {float: [5.0e-2, 6.0e-2]}, more: {choice: [a, b]}}");
        assertThat(answer.code()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("they begin with the nearest inside");
        assertThat(shell.call("verify", "e").code()).isZero();
    }

    @Test
    void whatCannotBeginIsRefusedBeforeAnythingStarts() {
        Answer tooShort = shell.call("run", "study.yaml", "--from", "d", "--dir", "e");
        assertThat(tooShort.code()).isEqualTo(ExitCode.USAGE);
        assertThat(tooShort.err()).contains("--from", "budget.steps is 120 but must be above 120");
        assertThat(shell.call("run", "study.yaml", "--from", "nowhere", "--dir", "e")
                        .err())
                .contains("nowhere");
        assertThat(shell.call("run", "study.yaml", "--best", "--dir", "e").err())
                .contains("--from RUN");
        assertThat(from("--set", "initial=[{rate: 0.01}]").err())
                .contains("initial has 1 point but must be empty", "--set 'initial=[]'");
        assertThat(from("--set", "space={layers: {choice: [2, 4], fixed: true}}")
                        .err())
                .contains("space.layers is fixed", "must not be fixed, since they were made without it");
        assertThat(temporary.resolve("e")).doesNotExist();
    }

    /** Until the log has them, the directory remembers where the models are. */
    @Test
    void aKillBeforeTheFirstEventChangesNothing() throws IOException {
        shell.call("run", "study.yaml", "--from", "d", "--dir", "e", "--set", "budget.steps=180");
        String yaml = Files.readString(temporary.resolve("e/study.yaml"));
        String from = Files.readString(temporary.resolve("e/from.json"));
        RunDirectory.create(temporary.resolve("f"), yaml, Optional.of(from)).close();
        assertThat(shell.call("resume", "f").code()).isZero();
        assertThat(shell.call("status", "f", "--json").json().get("state_digest"))
                .isEqualTo(shell.call("status", "e", "--json").json().get("state_digest"));
    }

    @Test
    void aLinkInACheckpointCountsAsWhatItLeadsTo() throws IOException {
        Path cache = Files.createDirectory(temporary.resolve("cache"));
        try (Stream<Path> files = Files.list(temporary.resolve("d/best/checkpoint"))) {
            for (Path file : files.toList()) {
                Files.createSymbolicLink(cache.resolve(file.getFileName()), file.toRealPath());
            }
        }
        String study = Shell.STUDY + "initial: [{checkpoint: cache}]\n";
        shell.write("saved.yaml", study);
        assertThat(shell.call("run", "saved.yaml", "--dir", "e").code()).isZero();
        assertThat(shell.call("verify", "e").code()).isZero();
        Files.createSymbolicLink(cache.resolve("gone"), temporary.resolve("nowhere"));
        assertThat(shell.call("run", "saved.yaml", "--dir", "f").err())
                .contains(
                        "The checkpoint ", "cache, with which a member is to begin, cannot be copied: The file 'gone'")
                .doesNotContain(".staging");
        Files.delete(cache.resolve("gone"));
        Files.createSymbolicLink(cache.resolve("round"), cache);
        assertThat(shell.call("resume", "f").err()).contains("cannot be copied", "cache/round");
        Files.delete(cache.resolve("round"));
        assertThat(shell.call("resume", "f").code()).isZero();
    }

    @Test
    void membersBeginFromWeightsThatWereSavedElsewhere() {
        shell.write(
                "saved.yaml",
                Shell.STUDY
                        + "initial: [{checkpoint: d/best/checkpoint}, {checkpoint: d/best/checkpoint, rate: 0.01}]\n");
        Answer answer = shell.call("run", "saved.yaml", "--dir", "e");
        assertThat(answer.code()).as(answer.err()).isZero();
        Event.PopulationCreated created = (Event.PopulationCreated) events("e").get(1);
        assertThat(created.founders())
                .hasSize(2)
                .allMatch(founder -> founder.step() == 0
                        && founder.metrics().isEmpty()
                        && founder.origin().endsWith("d/best/checkpoint"));
        assertThat(created.hyperparameters().get(1).real("rate")).isEqualTo(0.01);
        assertThat(shell.call("verify", "e").code()).isZero();
        assertThat(shell.call("resume", "e", "--set", "budget.steps=130").code())
                .isZero();
        assertThat(shell.call("resume", "e", "--set", "initial=[{rate: 0.02}]").err())
                .contains("initial is [{\"rate\":0.02}] but must stay", "it may be left out (initial: [])");
        String narrow = "space.rate={float: [0.02, 0.1], scale: log}";
        assertThat(shell.call("resume", "e", "--set", narrow).err()).contains("initial[1].rate is 0.01 but must be");
        assertThat(shell.call("resume", "e", "--set", narrow, "--set", "initial=[]", "--set", "budget.steps=150")
                        .code())
                .isZero();
        assertThat(shell.call("verify", "e").code()).isZero();
        assertThat(shell.call("show", "e", "--member", "1", "--full").out())
                .contains("begins at step 0 with weights from elsewhere: checkpoint ");
        Answer missing = shell.call("run", "saved.yaml", "--dir", "f", "--set", "initial=[{checkpoint: nowhere}]");
        assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).contains("initial[0].checkpoint is ", "nowhere but must be a directory");
        assertThat(temporary.resolve("f")).doesNotExist();
        Answer program = shell.call("run", "saved.yaml", "--dir", "d", "--json");
        assertThat(program.json().get("status").asString()).isEqualTo("error");
        assertThat(program.json().get("error").asString()).contains("holds a run already");
        Answer misspelt = shell.call("run", "saved.yaml", "--json", "--sett", "seed=1");
        assertThat(misspelt.code()).isEqualTo(ExitCode.USAGE);
        assertThat(misspelt.json().get("error").asString()).contains("--sett");
        assertThat(misspelt.err()).contains("--sett");
    }

    private Answer from(String... more) {
        List<String> words =
                new ArrayList<>(List.of("run", "study.yaml", "--from", "d", "--dir", "e", "--set", "budget.steps=180"));
        words.addAll(List.of(more));
        return shell.call(words.toArray(new String[0]));
    }

    private List<Event> events(String run) {
        List<Event> events = new ArrayList<>();
        try (RunDirectory directory = RunDirectory.read(temporary.resolve(run))) {
            directory.events().read(events::add);
        }
        return events;
    }
}
