package org.evolvent.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;

/** What is measured in Java must be what study.yaml runs. Reading a study file properly is the command's business; these are its lines. */
class DigitsStudyTest {
    private static final Pattern PARAMETER =
            Pattern.compile("(?m)^  (\\w+): \\{(float|choice): \\[([^]]*)](?:, (scale: log|ordered: true))?}$");

    @Test
    void isWhatTheStudyFileSays() throws IOException {
        String file = Files.readString(
                Path.of(System.getProperty("basedir", "")).resolve("study.yaml").toAbsolutePath());
        List<Parameter> parameters = PARAMETER
                .matcher(file)
                .results()
                .map(line -> new Parameter(line.group(1), domain(line), false))
                .toList();
        assertThat(new SearchSpace(parameters)).isEqualTo(DigitsStudy.SPACE);
        assertThat(file)
                .containsPattern("(?m)^objective: \\{metric: accuracy, goal: maximize}$")
                .containsPattern("(?m)^population: %d$".formatted(DigitsStudy.POPULATION))
                .containsPattern("(?m)^budget: \\{steps: %d}".formatted(DigitsStudy.BUDGET_STEPS))
                .containsPattern("(?m)^interval: \\{steps: %d}".formatted(DigitsStudy.INTERVAL_STEPS))
                .contains("java: " + DigitsTrainerFactory.class.getName());
    }

    private static Domain domain(MatchResult line) {
        String[] items = line.group(3).split(", ", -1);
        boolean marked = line.group(4) != null;
        if (line.group(2).equals("float")) {
            double low = Double.parseDouble(items[0]);
            return new Reals(low, Double.parseDouble(items[1]), marked ? Scale.LOG : Scale.LINEAR);
        }
        List<Value> values = Arrays.stream(items)
                .<Value>map(item -> new Value.Int(Long.parseLong(item)))
                .toList();
        return new Choice(values, marked);
    }
}
