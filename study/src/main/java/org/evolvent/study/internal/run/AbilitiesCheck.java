package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.Optional;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.study.internal.run.TrainerCheck.Grade;

/** Looks at what a trainer has reported and saved, and tries what it need not be able to do, but a study uses: to evaluate, to begin its random stream anew, to train for some time. */
final class AbilitiesCheck {
    /** The intervals that {@link #reseed} takes. */
    static final int RESEEDED = 3;

    /** Long enough to see how a trainer looks at the time. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** What a last step, the evaluation and a first call may take besides. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final TrainerCheck check;
    private final Study study;
    private final ExecutorEvent.Done start;

    /**
     * Prepares.
     *
     * @param start an interval of fresh weights
     */
    AbilitiesCheck(TrainerCheck check, Study study, ExecutorEvent.Done start) {
        this.check = check;
        this.study = study;
        this.start = start;
    }

    /** Tells of the score and the checkpoint that fresh weights came to. */
    void tellResult() {
        Score score = study.objective().scoreOf(start.metrics());
        if (score instanceof Score.Invalid invalid) {
            check.add(Grade.WRONG, "There is no score: " + invalid.reason());
        } else if (score instanceof Score.Absent absent) {
            check.add(
                    Grade.WRONG,
                    "There is no score: " + absent.reason()
                            + Suggestion.maybe(
                                    study.objective().metric(), start.metrics().keySet()));
        } else {
            check.add(Grade.OK, "It reports " + start.metrics());
        }
        if (start.checkpoint().bytes() == 0) {
            check.add(
                    Grade.WARNING,
                    "The checkpoint is empty: nothing can be restored from it.\nMaybe 'save' writes elsewhere than into the directory that it is given?");
        }
    }

    /** Tells whether restored weights score as they did when they were saved. */
    void tellEvaluation(ExecutorEvent.Restored restored) {
        Score saved = study.objective().scoreOf(start.metrics());
        Score found = study.objective().scoreOf(restored.metrics());
        if (found.equals(saved)) {
            check.add(Grade.OK, "'evaluate' gives restored weights the score that they were saved with");
        } else {
            check.add(
                    start.samples().isEmpty() ? Grade.WARNING : Grade.INEXACT,
                    "'evaluate' gives restored weights %s, which were saved with %s.\nA study compares the two to notice what is lost: let both measure the same data in the same way, as far as that can be"
                            .formatted(restored.metrics(), start.metrics()));
        }
    }

    /** Tells of a trainer that repeats whether copies of one checkpoint go on with random streams of their own, and repeat. */
    void reseed(Executor executor, Hyperparameters with) {
        Optional<ExecutorEvent.Done> one = reseeded(executor, with, 1);
        Optional<ExecutorEvent.Done> other = reseeded(executor, with, 2);
        Optional<ExecutorEvent.Done> again = reseeded(executor, with, 1);
        if (one.isEmpty() || other.isEmpty() || again.isEmpty()) {
            return;
        }
        if (!check.sameness().of(one.get(), again.get())) {
            check.add(
                    Grade.WARNING,
                    "After 'reseed' with the same seed a checkpoint trains to %s and then to %s: the study will not repeat exactly"
                            .formatted(one.get().metrics(), again.get().metrics()));
        } else if (check.sameness().of(one.get(), other.get())) {
            check.add(
                    Grade.NOTE,
                    "Another seed of 'reseed' changes nothing, which is right where training draws nothing.\nIf it draws (an order of the data, dropout), let it draw by that seed, in Python's loops by interval.stream_seed, in a command by {reseed}: else copies of one model may train alike");
        } else {
            check.add(Grade.OK, "Copies of one checkpoint go on with random streams of their own ('reseed')");
        }
    }

    private Optional<ExecutorEvent.Done> reseeded(Executor executor, Hyperparameters with, int seed) {
        return check.train(executor, check.attempts().onwards(start, with, check.steps(), Optional.of(seed)), "");
    }

    /** Tells whether it trains for some time, in a study whose intervals have one. */
    void time(Executor executor, Hyperparameters with) {
        if (study.intervalTime().isEmpty()) {
            return;
        }
        Duration whole = study.intervalTime().get();
        Duration time = whole.compareTo(LONGEST) < 0 ? whole : LONGEST;
        check.train(executor, check.attempts().timed(with, time), "").ifPresent(done -> {
            double seconds = time.toMillis() / 1e3;
            double took = done.execution().training().toMillis() / 1e3;
            boolean isLate =
                    done.execution().training().compareTo(time.multipliedBy(2).plus(PATIENCE)) > 0;
            check.add(
                    isLate ? Grade.WARNING : Grade.OK,
                    isLate
                            ? "Asked to train for %s s it took %s s, for %s steps.\nMaybe let it look at the time after each step?"
                                    .formatted(seconds, took, done.steps())
                            : "It trains for some time: %s steps when asked for %s s".formatted(done.steps(), seconds));
        });
    }
}
