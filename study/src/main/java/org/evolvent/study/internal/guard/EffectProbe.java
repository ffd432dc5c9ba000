package org.evolvent.study.internal.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.internal.ForwardingExecutor;
import org.evolvent.study.internal.text.Format;

/**
 * An executor that tries, once in a session, whether what a copy changes has an effect. Before its attempt begins, the weights that it copied
 * are trained twice on the side, for a twentieth of an interval and from the same seed: with the hyperparameters that they had, and with the
 * copy's. When both end alike, in score and byte for byte, the next copy is tried for a whole interval, since some hyperparameters act late; if that ends
 * alike, too, it is told.
 *
 * <p>So a program is noticed that goes on with old values and reads nothing back. Not if its random numbers do not follow from the seed, or
 * if it writes the values it was asked for, or the time, into its checkpoints: {@code evolvent check} takes longer and finds more.
 *
 * <p>What is tried on the side is in no log and decides nothing. The driver hears only of its checkpoint, as of one that it does not wait for
 * and lets be deleted. Studies of which this would be more than {@value #MOST_COST} are left alone.
 */
public final class EffectProbe extends ForwardingExecutor {
    private static final int PART = 20;
    private static final double MOST_COST = 0.003;

    /** What restoring, evaluating and saving take, of an interval; a guess that few programs exceed. */
    private static final double BESIDES = 0.15;

    private static final int MOST_TRIALS = 4;
    private static final int REMEMBERED = 256;

    private final Objective objective;
    private final Consumer<String> tell;
    private final Map<CheckpointId, Hyperparameters> trainedWith = new LinkedHashMap<>();
    private Optional<Trial> trial = Optional.empty();
    private boolean whole;
    private int trialsLeft;
    private int number = Attempt.ON_THE_SIDE;

    /** What an attempt came to. Other metrics may be times. */
    private record Result(CheckpointId checkpoint, Score score) {}

    /**
     * Two attempts on the side, one after the other, that differ in their hyperparameters alone.
     *
     * @param copy the attempt that waits for them
     * @param first what the first of them came to, once it has ended
     */
    private record Trial(Attempt copy, Attempt before, Attempt after, Optional<Result> first, boolean cancelled) {
        Attempt current() {
            return first.isEmpty() ? before : after;
        }
    }

    /**
     * Creates one.
     *
     * @param executor runs everything
     * @param study whose attempts
     * @param tell is told what is wrong, and what to mend; by the thread that calls {@link #await}
     */
    public EffectProbe(Executor executor, Study study, Consumer<String> tell) {
        super(executor);
        this.objective = study.objective();
        this.tell = tell;
        double length = study.intervalSteps();
        double intervals = study.population() * (study.budget().steps() / length);
        double cost = 2 * (part(study.intervalSteps()) / length + BESIDES);
        this.trialsLeft = cost <= MOST_COST * intervals ? MOST_TRIALS : 0;
    }

    private static long part(long steps) {
        return Math.max(1, steps / PART);
    }

    @Override
    public void start(Attempt attempt) {
        Optional<Hyperparameters> before = attempt.parent().map(parent -> trainedWith.get(parent.id()));
        boolean isChanged = attempt.reseed().isPresent()
                && before.isPresent()
                && !before.get().equals(attempt.hyperparameters());
        if (isChanged && attempt.time().isEmpty() && trial.isEmpty() && trialsLeft > 0) {
            trialsLeft--;
            Attempt aside = onTheSide(attempt, before.get());
            trial = Optional.of(
                    new Trial(attempt, aside, onTheSide(attempt, attempt.hyperparameters()), Optional.empty(), false));
            super.start(aside);
        } else {
            super.start(attempt);
        }
    }

    private Attempt onTheSide(Attempt copy, Hyperparameters with) {
        return new Attempt(
                copy.member(),
                copy.interval(),
                number++,
                copy.stepFrom(),
                whole ? copy.steps() : part(copy.steps()),
                with,
                copy.parent(),
                copy.seed(),
                copy.reseed(),
                copy.time());
    }

    @Override
    public void cancel(Attempt attempt) {
        Optional<Trial> held = trial.filter(tried -> tried.copy().equals(attempt));
        if (held.isPresent()) {
            Trial tried = held.get();
            trial = Optional.of(new Trial(tried.copy(), tried.before(), tried.after(), tried.first(), true));
            super.cancel(tried.current());
        } else {
            super.cancel(attempt);
        }
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        List<ExecutorEvent> told = new ArrayList<>();
        for (ExecutorEvent event : super.await(atMost)) {
            Optional<Trial> about = trial.filter(tried -> tried.current().equals(event.attempt()));
            if (about.isPresent() && event.isEnd()) {
                trial = next(about.get(), event);
            } else if (about.isEmpty()) {
                remember(event);
            }
            // That a restored model was evaluated is news, whoever restored it.
            if (about.isEmpty() || event instanceof ExecutorEvent.Done || event instanceof ExecutorEvent.Restored) {
                told.add(event);
            }
        }
        return told;
    }

    private void remember(ExecutorEvent event) {
        if (event instanceof ExecutorEvent.Done done && trialsLeft > 0) {
            trainedWith.put(done.checkpoint().id(), done.attempt().hyperparameters());
            if (trainedWith.size() > REMEMBERED) {
                trainedWith.remove(trainedWith.keySet().iterator().next());
            }
        }
    }

    /** Starts what follows on one of the two; without a result it says nothing, whatever the reason. */
    private Optional<Trial> next(Trial tried, ExecutorEvent end) {
        Optional<Result> result = end instanceof ExecutorEvent.Done done
                ? Optional.of(new Result(done.checkpoint().id(), objective.scoreOf(done.metrics())))
                : Optional.empty();
        if (result.isPresent() && tried.first().isEmpty() && !tried.cancelled()) {
            super.start(tried.after());
            return Optional.of(new Trial(tried.copy(), tried.before(), tried.after(), result, false));
        }
        if (result.isPresent() && tried.first().isPresent()) {
            judge(tried, tried.first().equals(result));
        }
        super.start(tried.copy());
        if (tried.cancelled()) {
            super.cancel(tried.copy());
        }
        return Optional.empty();
    }

    private void judge(Trial tried, boolean isAlike) {
        if (isAlike && tried.before().steps() < tried.copy().steps()) {
            whole = true;
            return;
        }
        trialsLeft = 0;
        trainedWith.clear();
        if (isAlike) {
            tell.accept(
                    "What a copy changed had no effect. The weights that member %s copied were trained on twice from the same seed, with %s and with %s, and after %s both were the same to the last byte.\nMaybe the checkpoint brings old values back: set hyperparameters after restoring, too. Or nothing is saved. If what is tuned acts at other times only, all is well. 'evolvent check' tries each hyperparameter."
                            .formatted(
                                    tried.copy().member(),
                                    tried.before().hyperparameters(),
                                    tried.after().hyperparameters(),
                                    Format.count(tried.before().steps(), "step")));
        }
    }
}
