package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.internal.statistics.Welch;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.study.internal.run.TrainerCheck.Grade;
import org.evolvent.study.internal.text.Format;

/**
 * Finds out of each hyperparameter whether it acts: on fresh weights, and on weights that were restored. Most programs that tune nothing
 * restore an optimizer, and with it the learning rate that it had.
 */
final class HyperparameterCheck {
    /** A whole interval of the study is tried if it takes no longer than this. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int LONGER = 10;

    /** With how many members' hyperparameters one that seems to change nothing is tried again. */
    private static final int GROUNDS = 4;

    /** As how many members it is trained from beginning to end, if there is time, and as how many at least before it is convicted. */
    private static final int TRAININGS = 8;

    private static final int ENOUGH = 4;

    /** How often a trainer that does not repeat is run with the same hyperparameters. */
    private static final int RUNS = 5;

    /** How rare a difference must be by chance, and what part of it is as good as none. */
    private static final double LEVEL = 0.001;

    private static final double NEXT_TO_NOTHING = 0.2;

    /** What part of an interval's progress the next one must make, or training comes to its end. */
    private static final double LEFT = 0.5;

    private final TrainerCheck check;
    private final Executor executor;
    private final Hyperparameters first;
    private final ExecutorEvent.Done start;
    private final ExecutorEvent.Done unchanged;
    private final List<Hyperparameters> grounds;
    private final List<Hyperparameters> trainings;

    /**
     * Prepares.
     *
     * @param members what members begin with, at least one
     * @param start an interval of fresh weights with the first of these
     * @param unchanged the interval after it, from a restored checkpoint
     */
    HyperparameterCheck(
            TrainerCheck check,
            Executor executor,
            List<Hyperparameters> members,
            ExecutorEvent.Done start,
            ExecutorEvent.Done unchanged) {
        this.check = check;
        this.executor = executor;
        this.first = members.get(0);
        this.grounds = members.subList(0, Math.min(members.size(), GROUNDS));
        this.trainings = members.subList(0, Math.min(members.size(), TRAININGS));
        this.start = start;
        this.unchanged = unchanged;
    }

    /**
     * Where hyperparameters are compared: fresh weights, and a checkpoint that is trained on.
     *
     * @param with what is changed of
     * @param from the checkpoint
     * @param length the steps of an interval
     * @param fresh what fresh weights come to
     * @param restored what those of the checkpoint come to
     */
    private record Ground(
            Hyperparameters with,
            ExecutorEvent.Done from,
            long length,
            ExecutorEvent.Done fresh,
            ExecutorEvent.Done restored) {}

    /**
     * Tells of a trainer that repeats: what changes nothing changes not a bit. Before one that seems to change nothing is convicted, it is
     * tried in longer intervals, from a checkpoint of a single step and with what other members begin with: one that limits steps, say, acts
     * only where they are large.
     */
    void exactly(Set<String> names) {
        Set<String> effective = new LinkedHashSet<>();
        Set<String> acting = new LinkedHashSet<>();
        Set<String> open = new LinkedHashSet<>(names);
        if (!compare(new Ground(first, start, check.steps(), start, unchanged), open, effective, acting)) {
            return;
        }
        long longer = longer();
        for (int other = 0; other < grounds.size() && !open.isEmpty(); other++) {
            Hyperparameters with = grounds.get(other);
            check.plan(
                    3 + (int) open.stream().filter(check.far(with)::containsKey).count());
            Optional<Ground> ground = early(with, longer);
            if (ground.isEmpty() || !compare(ground.get(), open, effective, acting)) {
                return;
            }
        }
        if (!open.isEmpty() && !check.sameness().isByBytes()) {
            check.confirm(2, () -> {
                check.again(executor, start.attempt(), start);
                check.again(executor, unchanged.attempt(), unchanged);
            });
            if (!check.sameness().repeats()) {
                Map<String, Value> far = check.far(first);
                check.plan(runs(far.size()));
                statistically(far);
                return;
            }
        }
        Set<String> idle = new LinkedHashSet<>(open);
        idle.removeAll(acting);
        Tried training = training(idle, effective);
        if (!effective.isEmpty()) {
            check.add(Grade.OK, "These hyperparameters change what is learned: " + String.join(", ", effective));
        }
        open.retainAll(acting);
        if (!open.isEmpty()) {
            tellStuck(open, "");
        }
        if (!idle.isEmpty()) {
            tellIdle(idle, longer, training);
        }
    }

    /** Moves what acts there from the open ones to the others; returns whether all could be tried. */
    private boolean compare(Ground ground, Set<String> open, Set<String> effective, Set<String> acting) {
        Map<String, Value> far = check.far(ground.with());
        for (String name : List.copyOf(open)) {
            Value value = far.get(name);
            if (value == null) {
                continue; // It acts only beside other values than are there.
            }
            Hyperparameters other = ground.with().with(name, value);
            Optional<ExecutorEvent.Done> restored =
                    run(check.attempts().onwards(ground.from(), other, ground.length(), Optional.empty()));
            if (restored.isEmpty()) {
                return false;
            }
            if (differs(restored.get(), ground.restored(), ground.with(), ground.length())) {
                effective.add(name);
                open.remove(name);
            } else {
                check.plan(1);
                if (run(check.attempts().fresh(other, ground.length()))
                        .filter(fresh -> differs(fresh, ground.fresh(), ground.with(), ground.length()))
                        .isPresent()) {
                    acting.add(name);
                }
            }
        }
        return true;
    }

    /**
     * Returns whether two intervals that differ in a hyperparameter came to something else. Where only the bytes of their checkpoints differ,
     * that may be the values themselves, which are noted there: then what is trained from both with equal values is the same again.
     */
    private boolean differs(ExecutorEvent.Done one, ExecutorEvent.Done other, Hyperparameters with, long length) {
        if (check.sameness().of(one, other) || !check.sameness().ofMetrics(one, other)) {
            return !check.sameness().of(one, other);
        }
        check.plan(2);
        Optional<ExecutorEvent.Done> next = run(check.attempts().onwards(one, with, length, Optional.empty()));
        Optional<ExecutorEvent.Done> beside = run(check.attempts().onwards(other, with, length, Optional.empty()));
        return next.isEmpty() || beside.isEmpty() || !check.sameness().of(next.get(), beside.get());
    }

    /** How far what seems to act nowhere was tried, interval after interval: as several members, each with so many steps. */
    private record Tried(int members, long steps) {}

    /**
     * Trains as members do, interval after interval, with each of some hyperparameters changed and without, and moves those that changed
     * anything to the others: one may begin to act late or rarely, or only beside some values of others. Goes on for as long as there is time,
     * with one member at least, of which it may be a part.
     */
    private Tried training(Set<String> idle, Set<String> effective) {
        long whole = (check.budget() + check.studySteps() - 1) / check.studySteps();
        double each = LONGEST.toMillis() / (1.0 + idle.size());
        int members = 0;
        long intervals = whole;
        double spent = 0;
        while (!idle.isEmpty()
                && members < trainings.size()
                && intervals == whole
                && spent + spent / Math.max(1, members) <= LONGEST.toMillis()) {
            Hyperparameters with = trainings.get(members);
            Training without = trained(with, whole, each);
            spent += without.millis();
            intervals = without.intervals();
            for (Map.Entry<String, Value> change : check.far(with).entrySet()) {
                if (idle.contains(change.getKey())) {
                    Training other =
                            trained(with.with(change.getKey(), change.getValue()), intervals, Double.POSITIVE_INFINITY);
                    spent += other.millis();
                    if (without.end().isPresent()
                            && other.end().isPresent()
                            && differs(other.end().get(), without.end().get(), with, check.studySteps())) {
                        effective.add(change.getKey());
                        idle.remove(change.getKey());
                    }
                }
            }
            members++;
        }
        return new Tried(members, Math.min(check.budget(), intervals * check.studySteps()));
    }

    /** What so many intervals of a member came to, if all of them ended, and how long they trained. */
    private record Training(Optional<ExecutorEvent.Done> end, long intervals, double millis) {}

    /** Trains a member for some intervals, or for as many as take no longer than some time, but one. */
    private Training trained(Hyperparameters with, long intervals, double millis) {
        Optional<ExecutorEvent.Done> done = Optional.empty();
        long ended = 0;
        double spent = 0;
        do {
            check.plan(1);
            done = run(done.map(from -> check.attempts().onwards(from, with, check.studySteps(), Optional.empty()))
                    .orElseGet(() -> check.attempts().fresh(with, check.studySteps())));
            spent += done.map(end -> end.execution().training().toNanos() / 1e6).orElse(0.0);
            ended++;
        } while (done.isPresent() && ended < intervals && spent + spent / ended <= millis);
        return new Training(done, ended, spent);
    }

    /** Returns a comparison from a checkpoint of next to nothing. */
    private Optional<Ground> early(Hyperparameters with, long length) {
        return run(check.attempts().fresh(with, 1))
                .flatMap(from -> run(check.attempts().fresh(with, length))
                        .flatMap(fresh -> run(check.attempts().onwards(from, with, length, Optional.empty()))
                                .map(restored -> new Ground(with, from, length, fresh, restored))));
    }

    private void tellStuck(Set<String> stuck, String evidence) {
        check.add(
                Grade.WRONG,
                "%s: %s on fresh weights, not after a restore%s.\nThe checkpoint brings the old value back: put hyperparameters in force after loading, as evolvent.watch(optimizer, ...) does"
                        .formatted(String.join(", ", stuck), stuck.size() == 1 ? "acts" : "act", evidence));
    }

    private void tellIdle(Set<String> idle, long longer, Tried training) {
        boolean isEnough =
                training.members() >= Math.min(ENOUGH, trainings.size()) && training.steps() >= check.budget();
        check.add(
                isEnough ? Grade.WRONG : Grade.WARNING,
                "In %s steps%s and in %s of the training of %s these changed nothing, neither on fresh weights nor after a restore: %s.\n%s"
                        .formatted(
                                check.steps(),
                                longer > check.steps() ? ", in " + longer : "",
                                training.steps(),
                                Format.count(training.members(), "member"),
                                String.join(", ", idle),
                                isEnough
                                        ? "They act nowhere: does the trainer use them at all, and do they act within their ranges?"
                                        : "Does the trainer use them at all? If they act later than that, all is well"));
    }

    /** Returns more steps, in which something may act that does not at once. */
    private long longer() {
        double seconds = start.execution().training().toNanos() / 1e9 * check.studySteps() / check.steps();
        return seconds <= LONGEST.toSeconds()
                ? check.studySteps()
                : Math.min(LONGER * check.steps(), check.studySteps());
    }

    /** Returns how many intervals {@link #statistically} takes at least. */
    static int runs(int hyperparameters) {
        return RUNS * (2 + 2 * hyperparameters);
    }

    /**
     * Tells of a trainer that does not repeat, by scores of several runs. Convicted is only what clearly acts on fresh weights and makes
     * next to no difference after a restore, although training goes on there.
     */
    void statistically(Map<String, Value> far) {
        List<Double> fresh = scores(check.attempts().fresh(first, check.steps()));
        List<Double> restored = scores(onwards(first, check.steps()));
        double progress = mean(restored) - check.score(start).orElse(Double.NaN);
        Set<String> effective = new LinkedHashSet<>();
        Set<String> stuck = new LinkedHashSet<>();
        Set<String> unknown = new LinkedHashSet<>();
        for (Map.Entry<String, Value> change : far.entrySet()) {
            Hyperparameters other = first.with(change.getKey(), change.getValue());
            List<Double> otherFresh = scores(check.attempts().fresh(other, check.steps()));
            List<Double> otherRestored = scores(onwards(other, check.steps()));
            double whole = mean(otherFresh) - mean(fresh);
            if (isDifferent(restored, otherRestored)) {
                effective.add(change.getKey());
            } else if (isDifferent(fresh, otherFresh)
                    && isNextToNothing(restored, otherRestored, whole)
                    && Math.abs(progress) > Math.abs(whole) / 2
                    && goesOn(restored, progress)) {
                (isStuckFromTheFirstStep(other, whole) ? stuck : unknown).add(change.getKey());
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
            tellStuck(
                    stuck,
                    ", as %s runs of each say (by chance less than once in %s)".formatted(RUNS, Math.round(1 / LEVEL)));
        }
        if (!unknown.isEmpty()) {
            check.add(
                    Grade.WARNING,
                    "Whether these act after a restore cannot be told from %s runs of %s, which differ by chance: %s.\nMaybe give it more by --steps, or seed everything from the seed that the trainer is given"
                            .formatted(RUNS, Format.count(check.steps(), "step"), String.join(", ", unknown)));
        }
    }

    /** Returns whether there is about as much to learn in the next interval: what has nothing left to change changes nothing. */
    private boolean goesOn(List<Double> restored, double progress) {
        check.plan(RUNS);
        List<Double> further = scores(check.attempts().onwards(unchanged, first, check.steps(), Optional.empty()));
        return (mean(further) - mean(restored)) / progress > LEFT;
    }

    /** Returns whether it makes no difference from a checkpoint of a single step either, where all that acts on fresh weights should act. */
    private boolean isStuckFromTheFirstStep(Hyperparameters other, double whole) {
        check.plan(1 + 2 * RUNS);
        return run(check.attempts().fresh(first, 1))
                .filter(from -> isNextToNothing(
                        scores(check.attempts().onwards(from, first, check.steps(), Optional.empty())),
                        scores(check.attempts().onwards(from, other, check.steps(), Optional.empty())),
                        whole))
                .isPresent();
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
        return check.attempts().onwards(start, with, length, Optional.empty());
    }

    private Optional<ExecutorEvent.Done> run(Attempt attempt) {
        return check.train(executor, attempt, "");
    }
}
