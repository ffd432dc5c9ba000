package org.evolvent.core.lineage;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;

/**
 * Who descends from whom. Every interval that ended well is a node; its parent is the interval whose checkpoint it started from.
 * Walking back from a checkpoint gives the schedule of hyperparameters that made it. Not thread-safe while events are added.
 */
public final class Lineage {
    /**
     * A node.
     *
     * @param member who trained it
     * @param interval the member's interval, from 0
     */
    public record Node(MemberId member, int interval) {}

    /**
     * A stretch of a schedule: one interval.
     *
     * @param fromStep the training steps before it, along the lineage
     * @param toStep the training steps after it
     * @param member who trained it
     * @param interval the member's interval
     * @param hyperparameters what it was trained with
     */
    public record Segment(long fromStep, long toStep, MemberId member, int interval, Hyperparameters hyperparameters) {}

    private final Map<Node, Attempt> trained = new HashMap<>();

    /** Returns the lineage of a whole log. */
    public static Lineage of(Iterable<Event> events) {
        Lineage lineage = new Lineage();
        events.forEach(lineage::add);
        return lineage;
    }

    /** Takes in the next event of the log. */
    public void add(Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            Attempt attempt = finished.attempt();
            trained.put(new Node(attempt.member(), attempt.interval()), attempt);
        }
    }

    /** Returns the parent of a node; empty when it started from fresh weights, or from weights that were trained elsewhere. */
    public Optional<Node> parent(Node node) {
        return attempt(node).parent().flatMap(Lineage::nodeOf);
    }

    /**
     * Returns the schedule that made the weights at the end of an interval, from the first step to the last, without gaps; the first is
     * that of the weights that a member began with, and there is none of those themselves.
     *
     * @throws IllegalArgumentException when the interval did not end well, or the steps along its lineage do not join: so no log, whoever
     *     wrote it, leads round in a circle
     */
    public List<Segment> schedule(Node node) {
        return schedule(node, at -> Optional.ofNullable(trained.get(at)));
    }

    /**
     * Returns the same from a log that is asked for one interval after another, from the last to the first.
     *
     * @param trained what was run in an interval that ended well; empty for any other
     */
    public static List<Segment> schedule(Node node, Function<Node, Optional<Attempt>> trained) {
        Deque<Segment> segments = new ArrayDeque<>();
        Optional<Node> at = Optional.of(node).filter(one -> one.interval() != CheckpointRef.ELSEWHERE);
        while (at.isPresent()) {
            Node missing = at.get();
            Attempt attempt = trained.apply(missing).orElseThrow(() -> unknown(missing));
            long next =
                    segments.isEmpty() ? attempt.stepTo() : segments.getFirst().fromStep();
            if (attempt.steps() < 1 || attempt.stepTo() != next) {
                throw new IllegalArgumentException(
                        "Interval %s of member %s goes from step %s to %s, where one that ends at %s must be"
                                .formatted(
                                        missing.interval(),
                                        missing.member(),
                                        attempt.stepFrom(),
                                        attempt.stepTo(),
                                        next));
            }
            segments.addFirst(new Segment(
                    attempt.stepFrom(),
                    attempt.stepTo(),
                    attempt.member(),
                    attempt.interval(),
                    attempt.hyperparameters()));
            at = attempt.parent().flatMap(Lineage::nodeOf);
        }
        return List.copyOf(segments);
    }

    /** Returns the weights that a schedule of this log begins with; empty for freshly initialised ones. */
    public Optional<CheckpointRef> beginning(List<Segment> schedule) {
        return schedule.stream()
                .findFirst()
                .flatMap(first ->
                        attempt(new Node(first.member(), first.interval())).parent());
    }

    private Attempt attempt(Node node) {
        Attempt attempt = trained.get(node);
        if (attempt == null) {
            throw unknown(node);
        }
        return attempt;
    }

    private static IllegalArgumentException unknown(Node node) {
        return new IllegalArgumentException(
                "Interval %s of member %s did not end well, or not yet".formatted(node.interval(), node.member()));
    }

    private static Optional<Node> nodeOf(CheckpointRef ref) {
        return ref.isFromElsewhere() ? Optional.empty() : Optional.of(new Node(ref.member(), ref.interval()));
    }
}
