package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.core.study.Event.Fault.TRAINER;
import static org.evolvent.core.study.Event.Fault.TRAINER_AGAIN;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Event.Fault;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.StudyListener;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.api.Test;

/** Three attempts are there for errors that may not come again. */
class RepetitionsTest extends DriverScene {
    private final Study study = study(Budget.ofSteps(9));

    /** Returns whose fault each failure of member 1 in its second interval was, which always fails. */
    private List<Fault> faults(Study run, StudyListener watch, Function<Attempt, String> error) {
        ScriptedExecutor.Script failing = (attempt, parent, save) -> {
            if (attempt.member().index() == 1 && attempt.interval() == 1) {
                throw new IllegalStateException(error.apply(attempt));
            }
            return train(attempt, parent, save);
        };
        try (Executor executor = new ScriptedExecutor(2, checkpoints, failing, clock)) {
            run(run, log, executor, clock, watch);
        }
        return log.events().stream()
                .filter(Event.AttemptFailed.class::isInstance)
                .map(event -> ((Event.AttemptFailed) event).fault())
                .toList();
    }

    private List<Fault> faults(Function<Attempt, String> error) {
        return faults(study, new StudyListener() {}, error);
    }

    @Test
    void theSameErrorTwiceIsEnough() {
        assertThat(faults(attempt -> "no such layer")).containsExactly(TRAINER, TRAINER_AGAIN);
    }

    @Test
    void addressesAndWhatWasPrintedBeforeDoNotCount() {
        assertThat(faults(attempt ->
                        "no such layer\nstep %s\n  | <Layer at 0x7f%s>".formatted(attempt.number(), attempt.number())))
                .containsExactly(TRAINER, TRAINER_AGAIN);
    }

    @Test
    void whereACheckpointIsReadDoesNotCount() {
        assertThat(faults(attempt ->
                        "no such file: 'd/checkpoints/.staging/12-34/%s/m.json'".formatted(attempt.number())))
                .containsExactly(TRAINER, TRAINER_AGAIN);
    }

    @Test
    void anotherErrorMayBeTheLastOne() {
        assertThat(faults(attempt -> "loss %s is too large".formatted(attempt.number())))
                .containsExactly(TRAINER, TRAINER, TRAINER);
    }

    @Test
    void otherLastWordsAreAnotherError() {
        assertThat(faults(attempt -> "it is gone\n  | step %s".formatted(attempt.number())))
                .containsExactly(TRAINER, TRAINER, TRAINER);
    }

    @Test
    void aLogOfTheFirstRulesGoesOnByThem() {
        Study old = Study.named("driver", study.space(), study.objective(), study.budget(), 3)
                .population(4)
                .rules(Rules.V1)
                .build();
        assertThat(faults(old, new StudyListener() {}, attempt -> "no such layer"))
                .containsExactly(TRAINER, TRAINER, TRAINER);
    }

    @Test
    void whoeverComesBackIsTriedAnew() {
        StudyListener stopper = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> committed) {
                if (committed.stream().anyMatch(Event.AttemptFailed.class::isInstance)) {
                    driver.get().stop();
                }
            }
        };
        assertThat(faults(study, stopper, attempt -> "no such layer")).containsExactly(TRAINER);
        assertThat(faults(attempt -> "no such layer")).containsExactly(TRAINER, TRAINER, TRAINER_AGAIN);
    }
}
