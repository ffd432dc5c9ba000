package org.evolvent.study.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.Value;
import org.evolvent.study.internal.text.Durations;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.TrainerSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What spellings mean. */
class SpellingsTest {
    private static StudyFile study(String space, Setting... settings) {
        return StudyFile.parse("study.yaml", """
                study: s
                trainer: {java: a.B, directory: sub}
                space: %s
                objective: {metric: m, goal: minimize}
                budget: {steps: 1.0e3}
                interval: {steps: 10}
                """.formatted(space), Path.of("/base"), List.of(settings));
    }

    private static Domain domain(String yaml) {
        return study("{x: " + yaml + "}").study().space().parameters().get(0).domain();
    }

    @Test
    void domains() {
        assertThat(domain("{float: [1.0e-5, 1e-1], scale: log}")).isEqualTo(new Reals(1e-5, 0.1, Scale.LOG));
        assertThat(domain("{float: [0, 1]}")).isEqualTo(new Reals(0, 1, Scale.LINEAR));
        assertThat(domain("{int: [1, 0x10]}")).isEqualTo(new Ints(1, 16, Scale.LINEAR));
        assertThat(domain("{flag: true}")).isEqualTo(Choice.flag());
        assertThat(domain("{choice: [no, off, \"1\"]}"))
                .isEqualTo(
                        new Choice(List.of(new Value.Text("no"), new Value.Text("off"), new Value.Text("1")), false));
        assertThat(domain("{choice: [0, 0.5], ordered: true}"))
                .isEqualTo(new Choice(List.of(new Value.Real(0), new Value.Real(0.5)), true));
        assertThat(domain("{choice: [0, true]}"))
                .isEqualTo(new Choice(List.of(new Value.Int(0), new Value.Flag(true)), false));
    }

    /** A run directory keeps the study in YAML of its own, and whoever resumes must find the same study there. */
    @ParameterizedTest
    @ValueSource(strings = {"0.10", "1e-5", "0x10", "007", "TRUE", "1e400", "'~'", "'null'", "'0x10'", "''", "'a: b'"})
    void staysTheSameAsRun(String spelling) {
        StudyFile file = StudyFile.parse(
                "study.yaml",
                """
                study: 1e5
                trainer: {command: [a, %s], environment: {X: %s}}
                space: {x: {choice: [%s, b]}}
                objective: {metric: m, goal: minimize}
                budget: {steps: 10}
                interval: {steps: 10}
                """.formatted(spelling, spelling, spelling.equals("1e400") ? "c" : spelling),
                Path.of("/base"),
                List.of());
        StudyFile asRun = StudyFile.parse("study.yaml", file.yaml(), Path.of("/elsewhere"), List.of());
        TrainerSpec.Command written = (TrainerSpec.Command) file.trainer();
        TrainerSpec.Command read = (TrainerSpec.Command) asRun.trainer();
        String word = spelling.replace("'", "");
        assertThat(written.words()).containsExactly("a", word);
        assertThat(read.words()).isEqualTo(written.words());
        assertThat(read.environment()).isEqualTo(written.environment()).containsEntry("X", word);
        assertThat(asRun.definition()).isEqualTo(file.definition());
        assertThat(asRun.study()).isEqualTo(file.study());
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "&anchor "})
    void aWordIsNotEmpty(String spelling) {
        assertThatThrownBy(() ->
                        StudyFile.parse("study.yaml", """
                study: s
                trainer: {command: [a, %s], environment: {X: %s}}
                """.formatted(spelling, spelling), Path.of("/base"), List.of()))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("trainer.command[1] is empty but must be a text")
                .hasMessageContaining("trainer.environment.X is empty but must be a text");
    }

    @ParameterizedTest
    @CsvSource({
        "90s, PT90S",
        "15m, PT15M",
        "2h, PT2H",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "250ms, PT0.25S",
        "1d, P1D",
        "pt5s, PT5S"
    })
    void durations(String text, Duration meaning) {
        assertThat(Durations.parse(text)).contains(meaning);
    }

    @ParameterizedTest
    @CsvSource({"90", "s", "1h 30m", "-5s", "1y", "''"})
    void whatIsNoDuration(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void settingsReachNamesWithDots() {
        StudyFile file = study("{a.b: {float: [0, 1]}}", Setting.parse("space.a.b.float=[0, 2]"));
        assertThat(file.study().space().parameters().get(0).domain()).isEqualTo(new Reals(0, 2, Scale.LINEAR));
    }

    @Test
    void theStudyAsRunMeansTheSameWhereverItIs() {
        StudyFile file =
                study("{x: {float: [1.0e-7, 1]}}", Setting.parse("population=4"), Setting.parse("baseline=random"));
        StudyFile again = StudyFile.parse("runs/s-1/study.yaml", file.yaml(), Path.of("/elsewhere"), List.of());
        assertThat(again.study()).isEqualTo(file.study());
        assertThat(again.definition()).isEqualTo(file.definition());
        assertThat(again.spec().baseline()).isTrue();
        StudyFile without = StudyFile.parse(
                "runs/s-1/study.yaml", file.yaml(), Path.of("/elsewhere"), List.of(Setting.parse("baseline=none")));
        assertThat(without.spec().baseline()).isFalse();
        assertThat(again.trainer().directory()).isEqualTo(Path.of("/base/sub"));
    }

    @Test
    void theDefinitionLeavesOutPlacesAndResourcesOnly() {
        String space = "{x: {float: [0, 1]}}";
        String definition = study(space).definition();
        for (String same :
                List.of("execution.slots=7", "execution.hot=0", "trainer.directory=/x", "population=16", "seed=0")) {
            assertThat(study(space, Setting.parse(same)).definition()).as(same).isEqualTo(definition);
        }
        for (String other : List.of(
                "study=t",
                "trainer.java=a.C",
                "space.x.float=[0, 2]",
                "objective.metric=n",
                "objective.goal=maximize",
                "population=15",
                "budget.steps=999",
                "budget.target=1",
                "budget.wall_clock=1h",
                "interval.steps=9",
                "burn_in.steps=1",
                "strategy.copy=weights",
                "execution.mode=synchronous",
                "attempts=2",
                "objective.absences=2",
                "initial=[{x: 0.5}]",
                "seed=1")) {
            assertThat(study(space, Setting.parse(other)).definition())
                    .as(other)
                    .isNotEqualTo(definition);
        }
    }

    @Test
    void randomSearchIsTheSameStudyWithoutSelection() {
        StudyFile file = study("{x: {float: [0, 1]}}", Setting.parse("baseline=random"), Setting.parse("seed=9"));
        StudyFile random = file.asRandomSearch();
        assertThat(random.spec().baseline()).isFalse();
        assertThat(random.study().seed()).isEqualTo(9);
        assertThat(random.study().strategy()).isEqualTo(org.evolvent.core.strategy.Pbt.randomSearch());
        assertThat(random.trainer().directory()).isEqualTo(file.trainer().directory());
    }

    @ParameterizedTest
    @CsvSource({
        "learning-rate, learning_rate",
        "lerning_rate, learning_rate",
        "intreval, interval",
        "Seed, seed",
        "itn, int"
    })
    void misspeltWordsAreGuessed(String word, String meant) {
        assertThat(Suggestion.of(word, List.of("learning_rate", "interval", "seed", "int")))
                .contains(meant);
    }

    @Test
    void whatIsFarIsNotGuessed() {
        assertThat(Suggestion.of("workers", List.of("seed", "space", "int"))).isEmpty();
    }
}
