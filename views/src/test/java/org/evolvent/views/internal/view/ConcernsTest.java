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
import org.junit.jupiter.api.Test;
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
        Source source = new Source(history, "runs/x", Optional.of("somebody"), 1, false, false);
        List<Concern> concerns = Concerns.of(source, Status.of(source), Optional.empty(), false);
        if (end.isEmpty()) {
            assertThat(concerns).isEmpty();
        } else {
            assertThat(concerns)
                    .singleElement()
                    .satisfies(concern -> assertThat(concern.cause()).contains("rate is at the %s end".formatted(end)));
        }
    }

    /** The moments of a study with a baseline, and of one without: what is said where nothing, or only that, is left to do. */
    @ParameterizedTest
    @CsvSource({
        "running, none, true, 'Nothing needs you: the study goes on by itself. Random search with the same budget, to compare with, comes after it.', ''",
        "running, none, false, 'Nothing needs you: the study goes on by itself.', ''",
        "over, none, true, 'Nothing needs you: the study is over. Random search with the same budget, to compare with, is about to begin.', ''",
        "over, running, true, 'Nothing needs you: the study is over. Random search with the same budget, to compare with, is at 5 %.', ''",
        "over, over, true, 'Nothing needs you: the study is over. One study of each does not say how sure the difference is; evolvent compare runs several.', ''",
        "left, none, true, '', has not run yet",
        "left, running, true, '', has not come to its end",
        "left, over, true, 'Nothing needs you: the study is over. One study of each does not say how sure the difference is; evolvent compare runs several.', ''",
        "left, none, false, 'Nothing needs you: the study is over.', ''",
    })
    void aStudyThatNeedsNobodySaysSo(String state, String random, boolean asks, String outlook, String concern) {
        History history = withBest(Reals.linear(0, 1), 0.5);
        if (!state.equals("running")) {
            history.add(new Event.StudyEnded(Event.End.BUDGET, AT));
        }
        Optional<History> baseline =
                random.equals("none") ? Optional.empty() : Optional.of(withBest(Reals.linear(0, 1), 0.5));
        if (random.equals("over")) {
            baseline.orElseThrow().add(new Event.StudyEnded(Event.End.BUDGET, AT));
        }
        Optional<String> driver = state.equals("left") ? Optional.empty() : Optional.of("somebody");
        Overview overview = Overview.of(new Source(history, "runs/x", driver, 1, asks, false), baseline);
        assertThat(overview.outlook()).isEqualTo(outlook);
        assertThat(overview.concerns())
                .hasSize(concern.isEmpty() ? 0 : 1)
                .allSatisfy(one -> assertThat(one.cause()).contains(concern));
    }

    /** What has selected nothing is what a model is worth; seen: a reader of the page looked for it, and did not find it. */
    @Test
    void theOtherMetricsOfTheBestAreTold() {
        History history = withBest(Reals.linear(0, 1), 0.5);
        Overview overview = Overview.of(
                new Source(history, "runs/x", Optional.empty(), 1, true, false),
                Optional.of(withBest(Reals.linear(0, 1), 0.5)));
        assertThat(overview.sentence())
                .startsWith("The best model is member 0's (score 0.5 at step 1; test_score 0.25)."
                        + " Its weights were trained by this member alone: nobody was copied.")
                .endsWith("Random search with the same budget found 0.5 (test_score 0.25) as well.");
    }

    /** Was it worth it? Both ways. */
    @ParameterizedTest
    @CsvSource({"0.42, 'found 0.42, which is worse by 0.08.'", "0.625, 'found 0.625, which is better by 0.125.'"})
    void whatRandomSearchFoundIsComparedWithTheBest(double random, String words) {
        Overview overview = Overview.of(
                new Source(withBest(Reals.linear(0, 1), 0.5), "runs/x", Optional.empty(), 1, true, false),
                Optional.of(withBest(Reals.linear(0, 1), 0.5, Map.of("score", random))));
        assertThat(overview.sentence()).endsWith("Random search with the same budget " + words);
    }

    /** A card says nothing of attempts as long as there were none. */
    @Test
    void nothingIsSaidOfAttemptsBeforeOneHasEnded() {
        assertThat(failures(withBest(Reals.linear(0, 1), 0.5))).isEqualTo("every attempt gave a score");
        assertThat(failures(begun(Reals.linear(0, 1), 0.5))).isEqualTo("no attempt has ended yet");
    }

    private static String failures(History history) {
        Source source = new Source(history, "runs/x", Optional.of("somebody"), 1, false, false);
        return Overview.of(source, Optional.empty()).cards().stream()
                .filter(card -> card.label().equals("failures"))
                .findFirst()
                .orElseThrow()
                .meaning();
    }

    private static History withBest(Reals domain, double value) {
        return withBest(domain, value, Map.of("score", 0.5, "test_score", 0.25));
    }

    private static History withBest(Reals domain, double value, Map<String, Double> metrics) {
        History history = begun(domain, value);
        history.add(new Event.IntervalFinished(
                new Attempt(
                        new MemberId(0),
                        0,
                        0,
                        0,
                        1,
                        Hyperparameters.of(Map.of("rate", Value.of(value))),
                        Optional.empty(),
                        1),
                new Score.Valid(metrics.get("score")),
                metrics,
                List.of(),
                new CheckpointId("c0ffee00"),
                0,
                new Execution(0, AT, AT.plusSeconds(1), Duration.ofSeconds(1))));
        return history;
    }

    private static History begun(Reals domain, double value) {
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
        return history;
    }
}
