package org.evolvent.study.internal.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.evolvent.core.internal.words.Errors;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.internal.Allowance;
import org.evolvent.trainer.internal.Evaluations;

/**
 * Finds out, with a few tiny intervals, whether a trainer keeps what Population Based Training needs: it reports the metric, it
 * reproduces under a seed, it can be saved and restored without loss, and it takes other hyperparameters in place.
 */
public final class TrainerCheck {
    /** How a finding is to be taken. */
    public enum Grade {
        /** As it must be. */
        OK,
        /** What is right for some trainers, and not for others. */
        NOTE,
        /** What is restored is not all that was saved, within what chance makes of it anyway. */
        INEXACT,
        /** Not ideal, or it could not be told. */
        WARNING,
        /** The study would go wrong. */
        WRONG
    }

    /** One finding, in a sentence or two. */
    public record Notice(Grade grade, String text) {}

    /** Is told how a check goes on, as a trainer may need minutes for all of it. */
    @FunctionalInterface
    public interface Listener {
        /** Takes a finding when it is made. */
        void found(Notice notice);

        /**
         * Hears of an interval that begins.
         *
         * @param interval which, from 1
         * @param planned how many there are to be at least; more where something has to be looked into
         */
        default void tries(int interval, int planned) {}
    }

    /** How many steps such an interval has unless told otherwise, if so many take no longer than this. */
    private static final long STEPS = 10;

    private static final Duration TINY = Duration.ofSeconds(3);

    private static final int CONFIRMATIONS = 3;

    private final Trainers trainers;
    private final TrainerSettings site;
    private final Study study;
    private final Optional<Long> wanted;
    private final Map<Integer, Path> elsewhere;
    private final Listener listener;
    private final List<Hyperparameters> members;
    private final CheckPlan plan;
    private final CheckAttempts attempts;
    private final Set<String> errors = new HashSet<>();
    private final List<ExecutorEvent.Restored> evaluated = new ArrayList<>();
    private long steps;
    private final Sameness sameness;

    /**
     * Prepares a check.
     *
     * @param site where, with one slot and room for one hot trainer
     * @param elsewhere the directories with weights that first members are to begin from, by index
     * @param steps the length of an interval, at least 1; unless given, 10 or that of the study, or fewer where they would take seconds
     */
    public TrainerCheck(
            Trainers trainers,
            TrainerSettings site,
            Study study,
            Map<Integer, Path> elsewhere,
            Optional<Long> steps,
            Listener listener) {
        this.elsewhere = elsewhere;
        this.trainers = trainers;
        this.site = site;
        this.study = study;
        this.wanted = steps;
        this.steps = steps.orElse(1L);
        this.listener = listener;
        this.sameness = new Sameness(study.objective());
        this.members = StudyState.firstPopulation(study).hyperparameters();
        this.plan = new CheckPlan(
                trainers.holdWeights(),
                far(members.get(0)).size(),
                study.intervalTime().isPresent());
        this.attempts = new CheckAttempts(study);
    }

    /**
     * Tries everything, with four trainers one after another: seven tiny intervals, one or two more for each hyperparameter that can
     * change, and some longer ones for those that seem to change nothing. Of a trainer that does not repeat, each of these several times.
     * One more from each of the models that members are to begin with.
     */
    public void run() {
        plan(new HashSet<>(elsewhere.values()).size());
        begin(members.get(0)).ifPresent(begun -> compare(begun.start(), begun.straight()));
        if (!elsewhere.isEmpty()) {
            try (Executor last = trainers.open(site)) {
                new InitialCheck(this, study, site.checkpoints()).tell(last, elsewhere);
            }
        }
    }

    /** Two intervals of one trainer: what all others are compared with. */
    private record Begun(ExecutorEvent.Done start, ExecutorEvent.Done straight) {}

    private Optional<Begun> begin(Hyperparameters first) {
        try (Executor one = trainers.open(site)) {
            Optional<ExecutorEvent.Done> start =
                    train(one, attempts.fresh(first, steps), "The trainer starts, trains and saves");
            if (wanted.isEmpty()
                    && start.isPresent()
                    && affordable(start.get()) > start.get().steps()) {
                steps = affordable(start.get());
                plan(1);
                start = train(one, attempts.fresh(first, steps), "");
            }
            start.ifPresent(done -> new AbilitiesCheck(this, study, done).tellResult());
            return start.flatMap(done -> train(one, onwards(done, first), "It trains on after a save")
                    .map(straight -> new Begun(done, straight)));
        }
    }

    /** Returns how many steps are to be tried at a time, of a trainer that has done one, or as few as it can. */
    private long affordable(ExecutorEvent.Done one) {
        double each = (double) one.execution().training().toNanos() / one.steps();
        return Math.max(1, (long) Math.min(Math.min(STEPS, studySteps()), TINY.toNanos() / each));
    }

    private void compare(ExecutorEvent.Done start, ExecutorEvent.Done straight) {
        Hyperparameters first = members.get(0);
        Map<String, Value> far = far(first);
        Map<String, Value> changed = new LinkedHashMap<>(first.values());
        changed.putAll(far);
        Hyperparameters all = Hyperparameters.of(changed);
        boolean repeats;
        ExecutorEvent.Done base = straight;
        Optional<ExecutorEvent.Done> applied;
        try (Executor two = trainers.open(site)) {
            Optional<ExecutorEvent.Done> again = train(two, attempts.fresh(first, steps), "");
            repeats = again.isPresent() && repeats(start, again.get());
            plan.learn(repeats);
            // It still holds the weights, and so it is only told the new values.
            applied = trainers.holdWeights()
                    ? again.flatMap(done -> train(two, onwards(done, all), ""))
                    : Optional.empty();
            if (repeats && !trainers.holdWeights()) {
                new RestoreCheck(this, two, start, straight).atOnce(first);
                repeats = stillRepeats();
            }
        }
        AbilitiesCheck abilities = new AbilitiesCheck(this, study, start);
        try (Executor three = trainers.open(evaluating())) {
            if (trainers.holdWeights()) {
                Optional<ExecutorEvent.Done> done =
                        train(three, onwards(start, first), "A second trainer restores the checkpoint");
                RestoreCheck restore = new RestoreCheck(this, three, start, straight);
                boolean restores = done.filter(restore::tell).isPresent();
                base = done.orElse(straight);
                if (restores) {
                    evaluated.forEach(abilities::tellEvaluation);
                }
                repeats = repeats && stillRepeats();
            }
            if (repeats) {
                abilities.reseed(three, first);
            }
            tellInactive(first);
            HyperparameterCheck each = new HyperparameterCheck(this, three, members, start, base);
            if (far.isEmpty()) {
                add(Grade.OK, "No hyperparameter changes during training: all are fixed");
            } else if (repeats) {
                each.exactly(far.keySet());
            } else {
                each.statistically(far);
            }
            abilities.time(three, first);
        }
        // What a restore loses says nothing of what is applied.
        if (repeats && sameness.ofMetrics(base, straight) && applied.isPresent() && !far.isEmpty()) {
            try (Executor four = trainers.open(site)) {
                if (isSame(four, base, straight)) {
                    train(four, onwards(start, all), "")
                            .ifPresent(created -> new InPlaceCheck(this, four, start).tell(applied.get(), created));
                }
            }
        }
    }

    /**
     * Makes sure of what repeats, before a difference convicts anybody: a score that has few values may have repeated by chance.
     *
     * @param again trains some intervals again
     */
    void confirm(int intervals, Runnable again) {
        plan(CONFIRMATIONS * intervals);
        for (int time = 0; time < CONFIRMATIONS; time++) {
            again.run();
        }
    }

    /** Tries something with a trainer of its own, that has seen nothing yet. */
    <T> T inAnother(Function<Executor, T> trial) {
        try (Executor other = trainers.open(site)) {
            return trial.apply(other);
        }
    }

    /** Trains an interval again, and compares no metrics any more in which it differs. */
    Optional<ExecutorEvent.Done> again(Executor executor, Attempt attempt, ExecutorEvent.Done before) {
        Optional<ExecutorEvent.Done> again = train(executor, attempt, "");
        again.ifPresent(done -> sameness.compareWhatRepeats(before, done));
        return again;
    }

    /**
     * Returns whether two intervals came to the same. What was read may be saved in other bytes than what was made, and is the same for all
     * that: pickles, for one, name an object once that is there twice. Then what is trained on from both tells.
     */
    boolean isSame(Executor executor, ExecutorEvent.Done one, ExecutorEvent.Done other) {
        if (sameness.of(one, other) || !sameness.repeats() || !sameness.ofMetrics(one, other)) {
            return sameness.of(one, other);
        }
        plan(2);
        return further(executor, one)
                .flatMap(first -> further(executor, other).map(second -> sameness.of(first, second)))
                .orElse(false);
    }

    private Optional<ExecutorEvent.Done> further(Executor executor, ExecutorEvent.Done from) {
        return train(executor, attempts.restoring(from, from.attempt().hyperparameters(), steps), "");
    }

    private void tellInactive(Hyperparameters first) {
        List<String> inactive = FarValues.inactive(study.space(), first);
        if (!inactive.isEmpty()) {
            add(
                    Grade.NOTE,
                    "Not tried, since they are not active beside the values that this check begins with: %s.\nMaybe --set seed=N draws others"
                            .formatted(String.join(", ", inactive)));
        }
    }

    private boolean stillRepeats() {
        if (!sameness.repeats()) {
            plan.unlearn();
        }
        return sameness.repeats();
    }

    private boolean repeats(ExecutorEvent.Done original, ExecutorEvent.Done again) {
        boolean repeats = sameness.learn(original, again);
        if (!repeats) {
            add(
                    Grade.WARNING,
                    "The same seed gives %s and then %s: the study will not repeat exactly.\nMaybe something is drawn from a global generator?"
                            .formatted(original.metrics(), again.metrics()));
        } else if (!sameness.isByScores()) {
            add(
                    Grade.WARNING,
                    "The same seed gives %s and then %s: the study will not repeat exactly. Training does, since the checkpoint repeats, and only what is measured does not: what follows compares checkpoints%s"
                            .formatted(
                                    original.metrics(),
                                    again.metrics(),
                                    sameness.stable().stream()
                                            .map(", and "::concat)
                                            .collect(Collectors.joining())));
        } else if (sameness.isByBytes()) {
            add(Grade.OK, "The same seed gives the same score and the same checkpoint");
        } else {
            add(
                    Grade.WARNING,
                    "The same seed gives the same score, but the bytes of the checkpoint differ, which does no harm if it holds a time or the like");
        }
        return repeats;
    }

    /** Returns the score of an interval, if it has a valid one. */
    Optional<Double> score(ExecutorEvent.Done done) {
        return study.objective().scoreOf(done.metrics()) instanceof Score.Valid valid
                ? Optional.of(valid.value())
                : Optional.empty();
    }

    /** Returns what counts as the same. */
    Sameness sameness() {
        return sameness;
    }

    /** Returns the length of the tiny intervals. */
    long steps() {
        return steps;
    }

    /** Returns the length of the study's own intervals. */
    long studySteps() {
        return study.intervalSteps();
    }

    /** Returns the steps of a member's whole training. */
    long budget() {
        return study.budget().steps();
    }

    /** Expects more intervals. */
    void plan(int more) {
        plan.expect(more);
    }

    /** Where the first checkpoint that is restored is evaluated, by trainers that can. */
    private TrainerSettings evaluating() {
        Supplier<Evaluations> first = () -> new Evaluations(1, new Allowance(0));
        return new TrainerSettings(site.checkpoints(), site.slots(), site.hot(), first, site.logs(), site.clock());
    }

    /** Returns what makes attempts. */
    CheckAttempts attempts() {
        return attempts;
    }

    /** Returns an attempt at a tiny interval that goes on from a checkpoint. */
    Attempt onwards(ExecutorEvent.Done from, Hyperparameters with) {
        return attempts.onwards(from, with, steps, Optional.empty());
    }

    /**
     * Returns what an attempt came to, or tells that it failed; the same error is told once.
     *
     * @param success is told when it did not fail, unless empty
     */
    Optional<ExecutorEvent.Done> train(Executor executor, Attempt attempt, String success) {
        return train(executor, attempt, success, "in interval %s".formatted(attempt.interval()));
    }

    /**
     * As above.
     *
     * @param where the attempt begins, to say where it failed
     */
    Optional<ExecutorEvent.Done> train(Executor executor, Attempt attempt, String success, String where) {
        plan.next(listener);
        ExecutorEvent end = OneAttempt.run(executor, attempt, event -> {
            if (event instanceof ExecutorEvent.Restored restored) {
                evaluated.add(restored);
            }
        });
        if (end instanceof ExecutorEvent.Done done) {
            if (!success.isEmpty()) {
                add(Grade.OK, success);
            }
            return Optional.of(done);
        }
        String reason = OneAttempt.reason(end);
        if (errors.add(Errors.kind(reason))) {
            add(Grade.WRONG, "It failed %s with %s: %s".formatted(where, attempt.hyperparameters(), reason));
        }
        return Optional.empty();
    }

    /** Returns another value for each hyperparameter that may change beside these, on the other side of its domain. */
    Map<String, Value> far(Hyperparameters first) {
        return FarValues.of(study.space(), first);
    }

    void add(Grade grade, String text) {
        listener.found(new Notice(grade, text));
    }
}
