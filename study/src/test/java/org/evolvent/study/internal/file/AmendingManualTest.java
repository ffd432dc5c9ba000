package org.evolvent.study.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.evolvent.study.spec.StudySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The manual says of every key whether it may change, and what definitions say is what study files say. */
class AmendingManualTest {
    @Test
    void theTableHasEveryKey() throws IOException {
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path root = Files.isDirectory(start.resolve("docs")) ? start : start.resolveSibling("");
        String manual = Files.readString(root.resolve("docs/amending.md"));
        List<String> keys = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
                .matcher(manual)
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
        JsonNode schema = JsonMapper.shared()
                .readTree(getClass().getResourceAsStream("/org/evolvent/study/spec/study.schema.json"));
        assertThat(keys)
                .containsExactlyInAnyOrderElementsOf(schema.get("properties").propertyNames());
        for (String refused : StudyAmendment.refused().keySet()) {
            assertThat(keys).anyMatch(refused::startsWith);
        }
    }

    /** What an amended study is read from is its definition: nothing of it may be lost on the way. */
    @Test
    void aDefinitionIsReadAsTheStudyThatItWasWrittenFrom() {
        StudyFile file = StudyFile.look("all", ALL, Path.of("/"), List.of());
        assertThat(Definition.rules(file.definition())).isEqualTo(2);
        StudySpec again =
                StudyFile.look("again", yaml(file), Path.of("/"), List.of()).spec();
        assertThat(Definition.of(again)).isEqualTo(file.definition());
        assertThat(StudyAmendment.changes(file.definition(), Definition.of(again)))
                .isEmpty();
    }

    @Test
    void changesAreNamedAsInTheStudyFile() {
        StudyFile file = StudyFile.look("all", ALL, Path.of("/"), List.of());
        StudyFile other = StudyFile.look(
                "all",
                ALL,
                Path.of("/"),
                List.of(
                        Setting.parse("budget.steps=300"),
                        Setting.parse("budget.target=0.9"),
                        Setting.parse("space.b={float: [0, 2]}"),
                        Setting.parse("execution.slots=3")));
        assertThat(StudyAmendment.changes(file.definition(), other.definition()))
                .extracting(change -> "%s: %s -> %s"
                        .formatted(
                                change.key(),
                                change.from().orElse("-"),
                                change.to().orElse("-")))
                .containsExactly(
                        "space.b.float: [0.0,1.0] -> [0.0,2.0]",
                        "budget.steps: 200 -> 300",
                        "budget.target: 0.5 -> 0.9");
        assertThat(StudyAmendment.changes(file.definition(), file.definition())).isEmpty();
    }

    @Test
    void anotherOperatorIsOneChange() {
        StudyFile file = StudyFile.look("all", ALL, Path.of("/"), List.of());
        StudyFile other = StudyFile.look(
                "all", ALL, Path.of("/"), List.of(Setting.parse("strategy.explore={pb2: {window: 50}}")));
        assertThat(StudyAmendment.changes(file.definition(), other.definition()))
                .singleElement()
                .satisfies(change -> assertThat(change.key()).isEqualTo("strategy.explore"))
                .satisfies(change -> assertThat(change.from().orElseThrow()).startsWith("{\"perturb\":{"))
                .satisfies(change -> assertThat(change.to().orElseThrow())
                        .startsWith("{\"pb2\":{")
                        .contains("\"window\":50"));
    }

    private static final String ALL = """
            study: all
            trainer: {command: [train, "{steps}"], environment: {A: "1"}}
            space:
              a: {float: [1.0e-5, 0.1], scale: log, init: [1.0e-4, 1.0e-3]}
              b: {float: [0, 1]}
              n: {int: [1, 64], fixed: true}
              c: {choice: [x, "1", true], ordered: true}
              d: {float: [0, 1], when: {c: [x]}}
            constraints: [a < b]
            objective: {metric: loss, goal: minimize, absences: 4}
            population: 5
            budget: {steps: 200, wall_clock: 3h, target: 0.5}
            interval: {steps: 7}
            burn_in: {steps: 14}
            strategy: {exploit: {tournament: {size: 3}}, explore: perturb, compare: latest}
            execution: {mode: synchronous, slots: 2}
            attempts: 2
            keep: {ancestors: 1}
            initial: [{a: 0.001, b: 0.5, n: 3, c: x, d: 0.25}]
            seed: -9007199254740993
            """;

    private static String yaml(StudyFile file) {
        List<org.evolvent.study.spec.Problem> problems = new java.util.ArrayList<>();
        Tree.Mapping around =
                (Tree.Mapping) YamlReader.file("all", ALL, problems).orElseThrow();
        Map<String, Object> plain =
                Definition.file(file.definition(), around, problems).plain();
        assertThat(problems).isEmpty();
        assertThat(plain.get("execution")).isEqualTo(Map.of("mode", "synchronous", "slots", 2L));
        return JsonMapper.shared().writeValueAsString(plain);
    }
}
