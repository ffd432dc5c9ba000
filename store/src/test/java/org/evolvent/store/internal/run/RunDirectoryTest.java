package org.evolvent.store.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.ChildJvm;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.evolvent.testkit.internal.contract.SampleStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RunDirectoryTest {
    private static final String YAML = "study: x\n# as it was written \u2713\n";

    @TempDir
    Path directory;

    @Test
    void keepsARun() throws IOException {
        Path dir = directory.resolve("a/b/run");
        try (RunDirectory run = RunDirectory.create(dir, YAML)) {
            assertThat(run.path()).isEqualTo(dir);
            assertThat(run.logs()).isDirectory();
            assertThat(run.studyYaml()).isEqualTo(YAML);
            run.events().append(SampleEvents.all());
            run.checkpoints().commit(run.checkpoints().stage());
        }
        try (RunDirectory run = RunDirectory.open(dir)) {
            assertThat(run.studyYaml()).isEqualTo(YAML);
            assertThat(SampleStudy.log(run.events())).isEqualTo(SampleEvents.all());
            assertThat(run.checkpoints().list()).hasSize(1);
        }
        assertThat(names(dir)).containsExactly(".lock", "checkpoints", "events.db", "logs", "study.yaml");
    }

    @Test
    void takesAnEmptyDirectory() throws IOException {
        Path dir = Files.createDirectory(directory.resolve("empty"));
        RunDirectory.create(dir, YAML).close();
        assertThat(dir.resolve("study.yaml")).hasContent(YAML);
    }

    @Test
    void refusesADirectoryThatHoldsARun() {
        Path dir = directory.resolve("run");
        RunDirectory.create(dir, YAML).close();
        assertThatThrownBy(() -> RunDirectory.create(dir, "study: other\n"))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("evolvent resume " + dir);
        assertThat(dir.resolve("study.yaml")).hasContent(YAML);
    }

    @Test
    void refusesADirectoryOfSomethingElse() throws IOException {
        Path dir = Files.createDirectory(directory.resolve("thesis"));
        Files.writeString(dir.resolve("thesis.tex"), "mine");
        assertThatThrownBy(() -> RunDirectory.create(dir, YAML))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("thesis.tex");
        assertThat(names(dir)).containsExactly("thesis.tex");
        assertThatThrownBy(() -> RunDirectory.create(dir.resolve("thesis.tex"), YAML))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("is not a directory");
    }

    /** A file where a directory is needed; what the file mode forbids cannot be tried as root. */
    @Test
    void refusesAPlaceWhereNothingCanBeMade() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "mine");
        Path dir = file.resolve("below/run");
        assertThatThrownBy(() -> RunDirectory.create(dir, YAML))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(dir.toString());
        assertThat(names(directory)).containsExactly("file");
    }

    @Test
    void goesOnWithACreationThatWasKilled() throws IOException {
        Path dir = directory.resolve("run");
        RunDirectory.create(dir, YAML).close();
        Files.delete(dir.resolve("study.yaml"));
        assertThatThrownBy(() -> RunDirectory.open(dir))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("holds no run");
        RunDirectory.create(dir, YAML).close();
        RunDirectory.open(dir).close();
    }

    @Test
    void doesNotTakeAnothersFilesForItsOwn() throws IOException {
        Path dir = Files.createDirectory(directory.resolve("dir"));
        Files.writeString(dir.resolve("logs"), "mine");
        assertThatThrownBy(() -> RunDirectory.create(dir, YAML))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("not empty: it has [logs]");
        assertThat(names(dir)).containsExactly("logs");
        for (int i = 100; i < 200; i++) {
            Files.createFile(dir.resolve("mine-" + i));
        }
        assertThatThrownBy(() -> RunDirectory.create(dir, YAML))
                .hasMessageContaining("mine-108] and 91 more.")
                .hasMessageNotContaining("mine-109");
    }

    @Test
    void leavesNothingBehindWhenItFails() throws IOException {
        Path dir = Files.createDirectory(directory.resolve("run"));
        Files.createFile(dir.resolve(".lock"));
        Files.writeString(dir.resolve("logs"), "in the way of a directory");
        assertThatThrownBy(() -> RunDirectory.create(dir, YAML))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("cannot be made");
        assertThat(names(dir)).isEmpty();
    }

    @Test
    void letsOneDriverInAndAnyNumberWatch() {
        Path dir = directory.resolve("run");
        try (RunDirectory run = RunDirectory.create(dir, YAML)) {
            assertThatThrownBy(() -> RunDirectory.open(dir))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid());
            try (RunDirectory first = RunDirectory.read(dir);
                    RunDirectory second = RunDirectory.read(dir)) {
                run.events().append(SampleEvents.all());
                assertThat(first.events().size()).isEqualTo(SampleEvents.all().size());
                assertThat(second.events().size()).isEqualTo(SampleEvents.all().size());
                assertThatThrownBy(() -> first.events().append(SampleEvents.all()))
                        .isInstanceOf(EvolventException.class);
                assertThatThrownBy(() -> first.checkpoints().stage()).isInstanceOf(IllegalStateException.class);
            }
        }
        RunDirectory.open(dir).close();
    }

    @Test
    void publishesTheBestModel() throws IOException {
        Path dir = directory.resolve("run");
        try (RunDirectory run = RunDirectory.create(dir, YAML)) {
            StudyState state = SampleStudy.run(run.events(), run.checkpoints());
            run.publishBest(state.population().best().orElseThrow(), "toy", 17);
            run.publishBest(state.population().best().orElseThrow(), "toy", 17);
            assertPublished(dir, state);
        }
        try (RunDirectory again = RunDirectory.open(dir)) {
            StudyState state = SampleStudy.run(again.events(), again.checkpoints());
            again.publishBest(state.population().best().orElseThrow(), "toy", 17);
            assertPublished(dir, state);
            again.checkpoints().discard(again.checkpoints().list());
            assertThat(again.checkpoints().list()).isEmpty();
        }
        assertThat(dir.resolve("best/checkpoint/weights")).isNotEmptyFile();
        assertThat(names(dir)).doesNotContain(".best.new", ".best.old");
    }

    private static void assertPublished(Path dir, StudyState state) throws IOException {
        ReadyPoint best = state.population().best().orElseThrow();
        String name = best.checkpoint().orElseThrow().id().digest();
        JsonNode json = new JsonMapper().readTree(Files.readString(dir.resolve("best/schedule.json")));
        assertThat(List.copyOf(json.propertyNames()))
                .containsExactly("study", "seed", "score", "member", "interval", "checkpoint", "schedule");
        assertThat(json.get("study").stringValue()).isEqualTo("toy");
        assertThat(json.get("seed").longValue()).isEqualTo(17);
        assertThat(json.get("score").doubleValue()).isEqualTo(best.fitness());
        assertThat(json.get("member").intValue()).isEqualTo(best.member().index());
        assertThat(json.get("interval").intValue()).isEqualTo(best.interval());
        assertThat(json.get("checkpoint").stringValue()).isEqualTo(name);
        long step = 0;
        for (JsonNode segment : json.get("schedule")) {
            assertThat(Set.copyOf(segment.propertyNames()))
                    .containsExactlyInAnyOrder("from_step", "to_step", "member", "interval", "hyperparameters");
            assertThat(segment.get("from_step").longValue()).isEqualTo(step);
            assertThat(segment.get("hyperparameters").get("rate").isFloatingPointNumber())
                    .isTrue();
            step = segment.get("to_step").longValue();
        }
        assertThat(step).isEqualTo(best.step());
        Path weights = dir.resolve("best/checkpoint/weights");
        assertThat(Double.parseDouble(Files.readString(weights))).isEqualTo(best.fitness());
    }

    /** Who deletes a lock that looks stale is not alone yet. */
    @Test
    void aLockThatWasDeletedIsStillHeld() throws Exception {
        Path dir = directory.resolve("run");
        try (RunDirectory run = RunDirectory.create(dir, YAML)) {
            Files.delete(dir.resolve(".lock"));
            run.events().append(SampleEvents.all());
            RunDirectory.read(dir).close();
            Path output = directory.resolve("output");
            Process second = ChildJvm.of(KilledWriter.class, dir.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(second.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(second.exitValue()).isNotZero();
                assertThat(output).content().contains("is in use by process");
            } finally {
                second.destroyForcibly();
            }
        }
        RunDirectory.open(dir).close();
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
