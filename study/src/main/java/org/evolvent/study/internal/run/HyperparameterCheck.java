package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.evolvent.core.internal.statistics.Welch;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.study.internal.run.TrainerCheck.Grade;

/**
 * Finds out of each hyperparameter whether it acts: on fresh weights, and on weights that were restored. Most programs that tune nothing
 * restore an optimizer, and with it the learning rate that it had.
 */
final class HyperparameterCheck {
    /** A whole interval of the study is tried if it takes no longer than this. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int LONGER = 10;

    /** How often a trainer that does not repeat is run with the same hyperparameters. */
    private static final int RUNS = 5;

    /** How rare a difference must be by chance, and what part of it is as good as none. */
    private static final double LEVEL = 0.001;

    private static final double NEXT_TO_NOTHING = 0.2;

    private final TrainerCheck check;
    private final Executor executor;
    private final Hyperparameters first;
    private final ExecutorEvent.Done start;
    private final ExecutorEvent.Done unchanged;

    /**
     * Prepares.
     *
     * @param start an interval of fresh weights with the first hyperparameters
     * @param unchanged the interval after it, from a restored checkpoint
     */
    HyperparameterCheck(
            TrainerCheck check,
            Executor executor,
            Hyperparameters first,
            ExecutorEvent.Done start,
            ExecutorEvent.Done unchanged) {
        this.check = check;
        this.executor = executor;
        this.first = first;
        this.start = start;
        this.unchanged = unchanged;
    }

    /** Tells of a trainer that repeats: what changes nothing changes not a bit. */
    void exactly(Map<String, Value> far) {
        List<String> effective = new ArrayList<>();
        List<String> stuck = new ArrayList<>();
        List<String> idle = new ArrayList<>();
        for (Map.Entry<String, Value> change : far.entrySet()) {
            Hyperparameters other = first.with(change.getKey(), change.getValue());
            Optional<ExecutorEvent.Done> restored = run(onwards(other, check.steps()));
            if (restored.isEmpty()) {
                return;
            }
            if (!check.same(restored.get(), unchanged)) {
                effective.add(change.getKey());
                continue;
            }
            Optional<ExecutorEvent.Done> fresh = run(check.fresh(other, check.steps()));
            if (fresh.isPresent()) {
                (check.same(fresh.get(), start) ? idle : stuck).add(change.getKey());
            }
        }
        String tried = "%s steps".formatted(check.steps());
        long longer = longer();
        if (!idle.isEmpty() && longer > check.steps()) {
            tried += " and in %s".formatted(longer);
            tryLonger(far, longer, effective, stuck, idle);
        }
        if (!effective.isEmpty()) {
            check.add(Grade.OK, "These hyperparameters change what is learned: " + String.join(", ", effective));
        }
        if (!stuck.isEmpty()) {
            check.add(
                    Grade.WRONG,
                    "%s: acts on fresh weights, not after a restore.\nThe checkpoint brings the old value back: put hyperparameters in force after loading, as evolvent.watch(optimizer, ...) does"
                            .formatted(String.join(", ", stuck)));
        }
        if (!idle.isEmpty()) {
            boolean isWhole = longer >= check.studySteps() || check.steps() >= check.studySteps();
            check.add(
                    isWhole ? Grade.WRONG : Grade.WARNING,
                    "In %s these changed nothing, neither on fresh weights nor after a restore: %s.\n%s"
                            .formatted(
                                    tried,
                                    String.join(", ", idle),
                                    isWhole
                                            ? "They act nowhere: does the trainer use them at all?"
                                            : "Maybe they act later only: try --steps %s, an interval of the study"
                                                    .formatted(check.studySteps())));
        }
    }

    private void tryLonger(
            Map<String, Value> far, long longer, List<String> effective, List<String> stuck, List<String> idle) {
        Optional<ExecutorEvent.Done> fresh = run(check.fresh(first, longer));
        Optional<ExecutorEvent.Done> restored = run(onwards(first, longer));
        if (fresh.isEmpty() || restored.isEmpty()) {
            return;
        }
        for (String name : List.copyOf(idle)) {
            Hyperparameters other = first.with(name, Objects.requireNonNull(far.get(name)));
            Optional<ExecutorEvent.Done> otherRestored = run(onwards(other, longer));
            Optional<ExecutorEvent.Done> otherFresh = run(check.fresh(other, longer));
            if (otherRestored.isPresent() && !check.same(otherRestored.get(), restored.get())) {
                effective.add(name);
                idle.remove(name);
            } else if (otherFresh.isPresent() && !check.same(otherFresh.get(), fresh.get())) {
                stuck.add(name);
                idle.remove(name);
            }
        }
    }

    /** Returns more steps, in which something may act that does not at once. */
    private long longer() {
        double seconds = start.execution().training().toNanos() / 1e9 * check.studySteps() / check.steps();
        return seconds <= LONGEST.toSeconds()
                ? check.studySteps()
                : Math.min(LONGER * check.steps(), check.studySteps());
    }

    /**
     * Tells of a trainer that does not repeat, by scores of several runs. Convicted is only what clearly acts on fresh weights and makes
     * next to no difference after a restore, although training goes on there.
     */
    void statistically(Map<String, Value> far) {
        List<Double> fresh = scores(check.fresh(first, check.steps()));
        List<Double> restored = scores(onwards(first, check.steps()));
        double progress = mean(restored) - check.score(start).orElse(Double.NaN);
        List<String> effective = new ArrayList<>();
        List<String> stuck = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, Value> change : far.entrySet()) {
            Hyperparameters other = first.with(change.getKey(), change.getValue());
            List<Double> otherFresh = scores(check.fresh(other, check.steps()));
            List<Double> otherRestored = scores(onwards(other, check.steps()));
            if (isDifferent(restored, otherRestored)) {
                effective.add(change.getKey());
            } else if (isDifferent(fresh, otherFresh)
                    && isNextToNothing(restored, otherRestored, mean(otherFresh) - mean(fresh))
                    && Math.abs(progress) > Math.abs(mean(otherFresh) - mean(fresh)) / 2) {
                stuck.add(change.getKey());
            } else {
                unknown.add(change.getKey());
            }
        }
        if (!effective.isEmpty()) {
            check.add(
                    Grade.OK,
                    "These hyperparameters change what is learned, by %s runs of each: %s"
                            .formatted(RUNS, String.join(", ", effective)));
        }
        if (!stuck.isEmpty()) {
            check.add(
                    Grade.WRONG,
                    "%s: acts on fresh weights, not after a restore, as %s runs of each say (by chance less than once in %s).\nThe checkpoint brings the old value back: put hyperparameters in force after loading, as evolvent.watch(optimizer, ...) does"
                            .formatted(String.join(", ", stuck), RUNS, Math.round(1 / LEVEL)));
        }
        if (!unknown.isEmpty()) {
            check.add(
                    Grade.WARNING,
                    "Whether these act after a restore cannot be told from %s runs of %s steps, which differ by chance: %s.\nMaybe give it more by --steps, or seed everything from the seed that the trainer is given"
                            .formatted(RUNS, check.steps(), String.join(", ", unknown)));
        }
    }

    private List<Double> scores(Attempt attempt) {
        List<Double> scores = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            run(attempt).flatMap(check::score).ifPresent(scores::add);
        }
        return scores;
    }

    private static boolean isDifferent(List<Double> some, List<Double> others) {
        if (some.size() < 2 || others.size() < 2) {
            return some.size() != others.size(); // It diverges with one of them.
        }
        double p = Welch.of(some, others).p();
        return Math.min(p, 1 - p) < LEVEL / 2;
    }

    private static boolean isNextToNothing(List<Double> some, List<Double> others, double whole) {
        double error = Math.sqrt(variance(some) / some.size() + variance(others) / others.size());
        return Math.abs(mean(others) - mean(some)) + 2 * error < NEXT_TO_NOTHING * Math.abs(whole);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(each -> each).average().orElse(Double.NaN);
    }

    private static double variance(List<Double> values) {
        double mean = mean(values);
        return values.stream()
                        .mapToDouble(each -> (each - mean) * (each - mean))
                        .sum()
                / (values.size() - 1);
    }

    private Attempt onwards(Hyperparameters with, long length) {
        return check.onwards(start, with, length, Optional.empty());
    }

    private Optional<ExecutorEvent.Done> run(Attempt attempt) {
        return check.train(executor, attempt, "");
    }
}
