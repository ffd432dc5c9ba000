package org.evolvent.views.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.views.internal.history.History;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConcernsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    /** Nobody wants a dropout below 0; all other ends are ones that somebody chose. */
    @ParameterizedTest
    @CsvSource({
        "0.0, 0.5, 0.001, ''",
        "0.0, 0.5, 0.2, ''",
        "0.0, 0.5, 0.499, upper",
        "0.1, 0.5, 0.101, lower",
        "-1.0, 1.0, -1.0, lower",
    })
    void aBestValueAtAnEndThatWasChosenIsTold(double low, double high, double value, String end) {
        History history = withBest(Reals.linear(low, high), value);
        Status status = Status.of(history, Optional.of("somebody"));
        List<Concern> concerns = Concerns.of(history, status, Optional.empty(), "runs/x", false);
        if (end.isEmpty()) {
            assertThat(concerns).isEmpty();
        } else {
            assertThat(concerns)
                    .singleElement()
                    .satisfies(concern -> assertThat(concern.cause()).contains("rate is at the %s end".formatted(end)));
        }
    }

    private static History withBest(Reals domain, double value) {
        Study study = StudySpec.named(
                        "ends",
                        SearchSpace.of(Parameter.of("rate", domain)),
                        Objective.maximize("score"),
                        Budget.ofSteps(10),
                        1)
                .population(2)
                .build()
                .study(Catalogue.builtIn().strategy(Map.of()));
        Hyperparameters hyperparameters = Hyperparameters.of(Map.of("rate", Value.of(value)));
        History history = new History(study, study);
        history.add(new Event.StudyCreated("", AT));
        history.add(new Event.PopulationCreated(List.of(hyperparameters, hyperparameters)));
        history.add(new Event.IntervalFinished(
                new Attempt(new MemberId(0), 0, 0, 0, 1, hyperparameters, Optional.empty(), 1),
                new Score.Valid(0.5),
                Map.of("score", 0.5),
                List.of(),
                new CheckpointId("c0ffee00"),
                0,
                new Execution(0, AT, AT.plusSeconds(1), Duration.ofSeconds(1))));
        return history;
    }
}
