package org.evolvent.study.internal.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.study.internal.run.TrainerCheck.Grade;

/**
 * Finds out whether training goes on from a restored checkpoint as it does without. Where it does not, it is a loss, but for trainers that
 * report samples: the state of an environment, say, cannot always be saved, and then what chance makes of it anyway is no loss.
 */
final class RestoreCheck {
    /** How many random streams show what chance does, at first and before anybody is convicted. */
    private static final int STREAMS = 5;

    private static final int MORE_STREAMS = 20;

    /** How many standard deviations are well within chance, and how many are beyond it: less than once in 10,000 among so many streams. */
    private static final double WITHIN = 2;

    private static final double BEYOND = 6;

    private final TrainerCheck check;
    private final Executor executor;
    private final ExecutorEvent.Done start;
    private final ExecutorEvent.Done straight;

    /**
     * Prepares.
     *
     * @param executor has restored, and trains other attempts
     * @param start an interval of fresh weights
     * @param straight the interval after it, without a restore
     */
    RestoreCheck(TrainerCheck check, Executor executor, ExecutorEvent.Done start, ExecutorEvent.Done straight) {
        this.check = check;
        this.executor = executor;
        this.start = start;
        this.straight = straight;
    }

    /** Tells of the same interval after a restore, and returns whether that seems to restore anything at all. */
    boolean tell(ExecutorEvent.Done restored) {
        if (check.sameness().repeats() && !check.sameness().of(restored, straight)) {
            Hyperparameters with = start.attempt().hyperparameters();
            check.confirm(3, () -> {
                // Without a restore, as the weights are at hand; then with one.
                check.again(executor, start.attempt(), start)
                        .ifPresent(again -> check.again(executor, check.onwards(again, with), straight));
                check.inAnother(other -> check.again(other, restored.attempt(), restored));
            });
        }
        if (check.sameness().repeats() && isFresh(restored, straight)) {
            check.add(
                    Grade.WRONG,
                    "Training on from a restored checkpoint gives %s, exactly what fresh weights came to, but without a restore %s.\nMaybe 'restore' loads nothing?"
                            .formatted(restored.metrics(), check.sameness().contrast(restored, straight)));
            return false;
        }
        if (!check.sameness().repeats()) {
            check.add(
                    Grade.WARNING,
                    "Whether a checkpoint restores exactly cannot be told, as nothing repeats: %s with and %s without a restore"
                            .formatted(restored.metrics(), straight.metrics()));
        } else if (check.isSame(executor, restored, straight)) {
            check.add(Grade.OK, "Training on from a restored checkpoint gives exactly what training on without gives");
        } else {
            compare(restored);
        }
        return true;
    }

    /** Returns whether what was trained from a checkpoint began anew, and so does what is trained from a later one. */
    private boolean isFresh(ExecutorEvent.Done restored, ExecutorEvent.Done without) {
        if (!check.sameness().ofMetrics(restored, start) || check.sameness().ofMetrics(restored, without)) {
            return false;
        }
        check.plan(1);
        return check.inAnother(other -> check.train(
                        other, check.onwards(straight, start.attempt().hyperparameters()), ""))
                .filter(next -> check.sameness().ofMetrics(next, start))
                .isPresent();
    }

    private void compare(ExecutorEvent.Done restored) {
        String gives = "Training on from a restored checkpoint gives %s, but without a restore %s."
                .formatted(restored.metrics(), check.sameness().contrast(restored, straight));
        // Who reports samples measures what chance makes of an environment; of others, a difference is a loss. So is to
        // come to nothing but
        // the checkpoint again, whose weights would be at hand then for the first of the streams.
        if (straight.samples().isEmpty()
                || restored.checkpoint().id().equals(start.checkpoint().id())) {
            tellLoss(gives);
            return;
        }
        List<Double> scores = new ArrayList<>();
        stream(scores, STREAMS);
        if (!isWithin(WITHIN, scores, restored)) {
            stream(scores, MORE_STREAMS);
        }
        if (variance(scores) == 0) {
            check.add(
                    Grade.WARNING,
                    "%s\nWhether that is chance cannot be told, as 'reseed' changes nothing: let it begin the random stream anew, or copies of one model train alike"
                            .formatted(gives));
        } else if (isWithin(scores.size() > STREAMS ? BEYOND : WITHIN, scores, restored)) {
            check.add(
                    Grade.INEXACT,
                    "%s\nOther random streams from the same checkpoint give scores of %s, so that it makes no more difference than chance: an environment's state that cannot be saved, say. If it can be, save it"
                            .formatted(gives, scores));
        } else {
            tellLoss(gives);
        }
    }

    /** Tells of both intervals at once, where every one begins with a restore: only that shows whether restoring loses something. */
    void atOnce(Hyperparameters first) {
        // As far as they came, be it further than they were asked to.
        long all = straight.attempt().stepFrom() + straight.steps();
        check.train(executor, check.attempts().fresh(first, all), "").ifPresent(whole -> {
            if (!check.sameness().of(whole, straight)) {
                check.confirm(2, () -> {
                    check.again(executor, whole.attempt(), whole);
                    check.again(executor, straight.attempt(), straight);
                });
            }
            String parts = "%s and then %s from the checkpoint".formatted(all - straight.steps(), straight.steps());
            if (!check.sameness().repeats()) {
                check.add(
                        Grade.WARNING,
                        "Whether a checkpoint restores exactly cannot be told, as nothing repeats: %s steps at once give %s, and %s %s"
                                .formatted(all, whole.metrics(), parts, straight.metrics()));
            } else if (check.sameness().of(whole, straight)) {
                check.add(Grade.OK, "%s steps at once give exactly what %s give".formatted(all, parts));
            } else if (isFresh(straight, whole)) {
                check.add(
                        Grade.WRONG,
                        "%s steps at once give %s, but %s %s, exactly what fresh weights came to.\nMaybe the checkpoint is not read?"
                                .formatted(
                                        all,
                                        whole.metrics(),
                                        parts,
                                        check.sameness().contrast(whole, straight)));
            } else {
                check.add(
                        Grade.WARNING,
                        "%s steps at once give %s, but %s %s.\nMaybe the optimizer, the position in the data or the random generator is not saved?"
                                .formatted(
                                        all,
                                        whole.metrics(),
                                        parts,
                                        check.sameness().contrast(whole, straight)));
            }
        });
    }

    private void tellLoss(String gives) {
        check.add(
                Grade.WRONG,
                gives + "\nMaybe the optimizer, the position in the data or the random generator is not saved?");
    }

    /** Adds scores of other random streams from the checkpoint, until there are so many. */
    private void stream(List<Double> scores, int all) {
        check.plan(all - scores.size());
        for (int stream = scores.size() + 1; stream <= all; stream++) {
            check.train(
                            executor,
                            check.attempts()
                                    .onwards(
                                            start,
                                            straight.attempt().hyperparameters(),
                                            check.steps(),
                                            Optional.of(stream)),
                            "")
                    .flatMap(check::score)
                    .ifPresent(scores::add);
        }
    }

    /** Returns whether scores with and without a restore may both be some more of those that differ by chance. */
    private boolean isWithin(double deviations, List<Double> scores, ExecutorEvent.Done restored) {
        return isWithin(deviations, scores, check.score(straight))
                && isWithin(deviations, scores, check.score(restored));
    }

    private static boolean isWithin(double deviations, List<Double> scores, Optional<Double> value) {
        double mean = scores.stream().mapToDouble(each -> each).average().orElse(Double.NaN);
        double error = Math.sqrt(variance(scores) * (1 + 1.0 / scores.size()));
        return value.filter(score -> Math.abs(score - mean) <= deviations * error)
                .isPresent();
    }

    private static double variance(List<Double> scores) {
        double mean = scores.stream().mapToDouble(each -> each).average().orElse(Double.NaN);
        return scores.stream()
                        .mapToDouble(each -> (each - mean) * (each - mean))
                        .sum()
                / (scores.size() - 1);
    }
}
