package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Rules;
import org.evolvent.testkit.operator.Populations;
import org.junit.jupiter.api.Test;

class StudyTest {
    @Test
    void defaultsAreThePapers() {
        Study toy = ToyLog.study().build();
        Study study = Study.named("plain", toy.space(), toy.objective(), Budget.ofSteps(100), 10)
                .build();
        assertThat(study)
                .isEqualTo(new Study(
                        "plain",
                        toy.space(),
                        toy.objective(),
                        16,
                        new Budget(100, Optional.empty(), Optional.empty()),
                        10,
                        0,
                        Pbt.standard(),
                        Mode.ASYNCHRONOUS,
                        Rules.LATEST,
                        3,
                        10,
                        0,
                        List.of(),
                        0,
                        Optional.empty()));
    }

    @Test
    void limitsAreAllowedAndWhatIsBeyondIsRefused() {
        ToyLog.study().population(2).attempts(1).burnInSteps(0).build();
        refused(ToyLog.study().population(1), "population is 1 but must be at least 2");
        refused(ToyLog.study().attempts(0), "attempts is 0 but must be at least 1");
        refused(ToyLog.study().absences(-1), "number of absent scores is -1 but must be at least 0");
        refused(ToyLog.study().ancestors(-1), "number of kept ancestors is -1 but must be at least 0");
        refused(ToyLog.study().burnInSteps(-1), "burnInSteps is -1 but must be at least 0");
        Study toy = ToyLog.study().build();
        Study.named("one", toy.space(), toy.objective(), Budget.ofSteps(1), 1).build();
        refused(Study.named("a", toy.space(), toy.objective(), Budget.ofSteps(9), 10), "at most the budget of 9");
        refused(Study.named("a", toy.space(), toy.objective(), Budget.ofSteps(9), 0), "intervalSteps is 0");
    }

    @Test
    void budgetsThatEndBeforeTheyBeginAreRefused() {
        refused(() -> Budget.ofSteps(0), "0 steps but must be at least 1");
        refused(() -> new Budget(1, Optional.of(Duration.ZERO), Optional.empty()), "PT0S");
        refused(() -> new Budget(1, Optional.of(Duration.ofSeconds(-1)), Optional.empty()), "PT-1S");
        refused(() -> new Budget(1, Optional.empty(), Optional.of(Double.NaN)), "NaN");
    }

    @Test
    void givenHyperparametersComeFirstAndTheOthersAreDrawn() {
        Hyperparameters given = Populations.SPACE.sample(new RandomStream(3));
        Study study = ToyLog.study().initial(List.of(given)).build();
        List<Hyperparameters> first = StudyState.firstPopulation(study).hyperparameters();
        assertThat(first).hasSize(4).doesNotHaveDuplicates().startsWith(given);
        assertThat(first.subList(1, 4))
                .as("whatever is given, the others draw the same")
                .isEqualTo(StudyState.firstPopulation(ToyLog.study().build())
                        .hyperparameters()
                        .subList(1, 4));
        refused(ToyLog.study().initial(List.of(given.with("rate", Value.of(1.0)))), "do not lie in the search space");
        ToyLog.study().population(2).initial(List.of(given, given)).build();
        refused(ToyLog.study().population(2).initial(List.of(given, given, given)), "at most the population of 2");
    }

    private static void refused(Study.Builder builder, String mentioned) {
        refused(builder::build, mentioned);
    }

    private static void refused(Runnable creation, String mentioned) {
        assertThatIllegalArgumentException().isThrownBy(creation::run).withMessageContaining(mentioned);
    }
}
