package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.junit.jupiter.api.Test;

/** First members of which some hyperparameters are given. */
class PartialInitialTest {
    private static final SearchSpace SPACE = SearchSpace.of(
                    Parameter.of("low", Reals.linear(0, 1)), Parameter.of("high", Reals.linear(0, 1)))
            .constrained(Constraint.of("low <= high"));

    private static List<Hyperparameters> first(List<Map<String, Double>> initial) {
        Study study = Study.named("s", SPACE, Objective.maximize("m"), Budget.ofSteps(10), 1)
                .population(3)
                .initial(initial.stream().map(Hyperparameters::ofPlain).toList())
                .build();
        return StudyState.firstPopulation(study).hyperparameters();
    }

    @Test
    void whatIsLeftOutIsDrawnAsForAnyBeginner() {
        List<Hyperparameters> drawn = first(List.of());
        List<Hyperparameters> given = first(List.of(Map.of("low", 0.75), Map.of("low", 0.5, "high", 0.5)));
        assertThat(given.get(0).real("low")).isEqualTo(0.75);
        assertThat(given.get(0).real("high")).isBetween(0.75, 1.0);
        assertThat(given.get(1)).isEqualTo(Hyperparameters.ofPlain(Map.of("low", 0.5, "high", 0.5)));
        assertThat(given.get(2)).as("the others draw theirs").isEqualTo(drawn.get(2));
        assertThat(first(List.of(Map.of("low", 0.75)))).startsWith(given.get(0));
        assertThat(first(List.of(Map.of())).get(0)).isEqualTo(drawn.get(0));
    }

    @Test
    void whatIsNotInTheSpaceIsRefused() {
        for (Map<String, Double> bad :
                List.of(Map.of("lower", 0.5), Map.of("low", 2.0), Map.of("low", 0.75, "high", 0.25))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> first(List.of(bad)))
                    .withMessageContaining("do not lie in the search space");
        }
    }
}
