package org.evolvent.trainer.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.random.RandomStream;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.testkit.internal.contract.PythonInterpreter;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsProgram("python3")
class ProgramExploreTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PYTHONPATH", Python.root().resolve("python").toString(), "PYTHONDONTWRITEBYTECODE", "1");

    @TempDir
    Path temporary;

    private ProgramExplore opened(String mood, Duration limit) {
        ProgramExplore program = new ProgramExplore(
                List.of(
                        PythonInterpreter.path(),
                        Python.root()
                                .resolve("trainer/src/test/resources/org/evolvent/trainer/wayward_explore.py")
                                .toString(),
                        mood,
                        temporary.resolve("memory").toString()),
                temporary,
                limit);
        program.open(temporary.resolve("logs"), ENVIRONMENT);
        return program;
    }

    @Test
    void theSameQuestionGetsTheSameAnswer() {
        try (ProgramExplore program = opened("sane", Python.PATIENCE)) {
            Exploration one = program.explore(Questions.handover(), new RandomStream(1));
            Exploration other = program.explore(Questions.handover(), new RandomStream(2));
            assertThat(program.explore(Questions.handover(), new RandomStream(1)))
                    .isEqualTo(one)
                    .isNotEqualTo(other);
            assertThat(Questions.SPACE.contains(one.hyperparameters())).isTrue();
            assertThat(one.hyperparameters().get("layers"))
                    .isEqualTo(Questions.handover().inherited().get("layers"));
            assertThat(one.reason())
                    .contains("The program " + PythonInterpreter.path())
                    .endsWith("chose it");
            assertThat(one.evidence().facts()).containsOnlyKeys("seed");
            assertThat(program.explore(Questions.alone().handover(), new RandomStream(1))
                            .hyperparameters()
                            .get("learning_rate"))
                    .isEqualTo(one.hyperparameters().get("learning_rate"));
        }
    }

    /** The driver waits for room, and asks again. */
    @Test
    void aFullDiskIsThePlaces() {
        try (ProgramExplore program = opened("full", Python.PATIENCE)) {
            assertThatThrownBy(() -> program.explore(Questions.handover(), new RandomStream(1)))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            full -> assertThat(full.kind()).isEqualTo(StorageException.Kind.FULL))
                    .hasMessageContaining("cannot answer");
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"dies-once", "leaves-once", "throws-once", "babbles-once"})
    void itIsStartedAnewAndAskedOnceMore(String mood) {
        try (ProgramExplore program = opened(mood, Python.PATIENCE)) {
            assertThat(program.explore(Questions.handover(), new RandomStream(1))
                            .reason())
                    .isEqualTo("the second process knows better");
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dies | it exited with code 3",
                "leaves | It proposed learning_rate = 7.0 but that must lie in",
                "throws | It answered with an error: RuntimeError: no idea",
                "babbles | must return hyperparameters by name",
                "unknown/program | was not found, or is not executable",
            })
    void itStopsTheStudyWhenItFailsAgain(String mood, String said) {
        boolean missing = mood.contains("/");
        try (ProgramExplore program = missing
                ? new ProgramExplore(List.of(mood), temporary, Python.PATIENCE)
                : opened(mood, Python.PATIENCE)) {
            if (missing) {
                program.open(temporary.resolve("logs"), ENVIRONMENT);
            }
            assertThatThrownBy(() -> program.explore(Questions.handover(), new RandomStream(1)))
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContaining(said);
        }
    }

    @Tag("slow")
    @Test
    void itDoesNotWaitForEver() {
        try (ProgramExplore program = opened("hangs", Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> program.explore(Questions.handover(), new RandomStream(1)))
                    .hasMessageContainingAll(
                            "failed twice", "exploring took longer than PT1S", "Maybe mend it and resume");
        }
    }

    @Test
    void whatItPrintsIsLoggedAndQuoted() {
        try (ProgramExplore program = opened("dies", Python.PATIENCE)) {
            assertThatThrownBy(() -> program.explore(Questions.handover(), new RandomStream(1)))
                    .hasMessageContaining("| I am dying");
        }
        assertThat(temporary.resolve("logs/explore.log")).content().contains("I am dying");
        assertThat(Files.exists(temporary.resolve("memory"))).isTrue();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProgramExplore(List.of(), temporary, Python.PATIENCE))
                .withMessageContaining("must begin with a program");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProgramExplore(List.of("a"), temporary, Duration.ZERO))
                .withMessageContaining("PT0S but must be above 0");
        ProgramExplore closed = new ProgramExplore(List.of("a"), temporary, Python.PATIENCE);
        closed.close();
        assertThatThrownBy(() -> closed.explore(Questions.handover(), new RandomStream(1)))
                .isInstanceOf(IllegalStateException.class);
    }
}
