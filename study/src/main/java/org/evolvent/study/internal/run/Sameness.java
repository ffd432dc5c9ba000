package org.evolvent.study.internal.run;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.evolvent.core.population.Objective;
import org.evolvent.runtime.ExecutorEvent;

/** Says whether two intervals came to the same, by all that repeats with a trainer: not by times, say. */
final class Sameness {
    private final Objective objective;
    private final Set<String> stable = new HashSet<>();
    private boolean isByBytes = true;

    /** Creates one that compares scores and checkpoints. */
    Sameness(Objective objective) {
        this.objective = objective;
    }

    /**
     * Learns what repeats from two runs of one interval.
     *
     * @return whether they came to the same score, at least: some formats of checkpoints hold the time of saving
     */
    boolean learn(ExecutorEvent.Done original, ExecutorEvent.Done again) {
        isByBytes = again.checkpoint().id().equals(original.checkpoint().id());
        boolean repeats = of(original, again);
        stable.addAll(original.metrics().keySet());
        compareWhatRepeats(original, again);
        return repeats;
    }

    /** Compares no metrics any more that differ between two runs of one interval: times, say, which may have been equal by chance before. */
    void compareWhatRepeats(ExecutorEvent.Done one, ExecutorEvent.Done again) {
        stable.removeIf(
                name -> !Objects.equals(one.metrics().get(name), again.metrics().get(name)));
    }

    /** Returns whether the bytes of checkpoints repeat. */
    boolean isByBytes() {
        return isByBytes;
    }

    /** Returns whether two intervals came to the same metrics, and to the same bytes of a checkpoint where these repeat. */
    boolean of(ExecutorEvent.Done a, ExecutorEvent.Done b) {
        return ofMetrics(a, b)
                && (!isByBytes || a.checkpoint().id().equals(b.checkpoint().id()));
    }

    /** Returns whether two intervals came to the same score, and to the same in all metrics that repeat. */
    boolean ofMetrics(ExecutorEvent.Done a, ExecutorEvent.Done b) {
        return objective.scoreOf(a.metrics()).equals(objective.scoreOf(b.metrics()))
                && stable.stream()
                        .allMatch(name -> Objects.equals(
                                a.metrics().get(name), b.metrics().get(name)));
    }
}
