package org.evolvent.study.internal.run;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.evolvent.core.population.Objective;
import org.evolvent.runtime.ExecutorEvent;

/** Says whether two intervals came to the same, by all that repeats with a trainer: not by times, say. */
final class Sameness {
    private final Objective objective;
    private final Set<String> stable = new HashSet<>();
    private boolean isByBytes = true;
    private boolean isByScores = true;

    /** Creates one that compares scores and checkpoints. */
    Sameness(Objective objective) {
        this.objective = objective;
    }

    /**
     * Learns what repeats from two runs of one interval.
     *
     * @return whether the score does, or the checkpoint: some formats hold the time of saving, and some scores are measured by chance
     */
    boolean learn(ExecutorEvent.Done original, ExecutorEvent.Done again) {
        isByBytes = again.checkpoint().id().equals(original.checkpoint().id())
                && original.checkpoint().bytes() > 0;
        stable.addAll(original.metrics().keySet());
        compareWhatRepeats(original, again);
        return repeats();
    }

    /**
     * Compares no metrics any more that differ between two runs of one interval: times, say, which may have been equal by chance before, or a
     * score that has few values.
     */
    void compareWhatRepeats(ExecutorEvent.Done one, ExecutorEvent.Done again) {
        isByScores &= objective.scoreOf(one.metrics()).equals(objective.scoreOf(again.metrics()));
        stable.removeIf(
                name -> !Objects.equals(one.metrics().get(name), again.metrics().get(name)));
    }

    /** Returns whether the bytes of checkpoints repeat. */
    boolean isByBytes() {
        return isByBytes;
    }

    /** Returns whether scores repeat. */
    boolean isByScores() {
        return isByScores;
    }

    /** Returns whether anything repeats that two intervals can be compared by. */
    boolean repeats() {
        return isByScores || isByBytes;
    }

    /** Returns the names of metrics that repeat, in order. */
    List<String> stable() {
        return stable.stream().sorted().toList();
    }

    /** Returns how the second of two intervals differs from the first. */
    String contrast(ExecutorEvent.Done first, ExecutorEvent.Done second) {
        if (second.metrics().equals(first.metrics())) {
            return "the same with another checkpoint";
        }
        return ofMetrics(first, second) ? second.metrics() + " with another checkpoint" : "" + second.metrics();
    }

    /** Returns whether two intervals came to the same metrics, and to the same bytes of a checkpoint where these repeat. */
    boolean of(ExecutorEvent.Done a, ExecutorEvent.Done b) {
        return ofMetrics(a, b)
                && (!isByBytes || a.checkpoint().id().equals(b.checkpoint().id()));
    }

    /** Returns whether two intervals came to the same in score and metrics, as far as these repeat. */
    boolean ofMetrics(ExecutorEvent.Done a, ExecutorEvent.Done b) {
        return (!isByScores || objective.scoreOf(a.metrics()).equals(objective.scoreOf(b.metrics())))
                && stable.stream()
                        .allMatch(name -> Objects.equals(
                                a.metrics().get(name), b.metrics().get(name)));
    }
}
