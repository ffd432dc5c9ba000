package org.evolvent.store.internal.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.lineage.Lineage.Node;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;

/**
 * Walks from one model after another back to the beginning, asking the log for the intervals on the way only. What led to a model leads to
 * the next as a rule, so that the intervals of the last way are kept in memory. Not thread-safe.
 */
final class Descent {
    private final EventStore events;
    private Map<Node, Attempt> known = Map.of();

    Descent(EventStore events) {
        this.events = events;
    }

    List<Lineage.Segment> schedule(Node node) {
        Map<Node, Attempt> way = new HashMap<>();
        List<Lineage.Segment> schedule = Lineage.schedule(node, at -> {
            Optional<Attempt> trained = Optional.ofNullable(known.get(at))
                    .or(() -> events.finished(at.member(), at.interval()).map(Event.IntervalFinished::attempt));
            trained.ifPresent(attempt -> way.put(at, attempt));
            return trained;
        });
        known = way;
        return schedule;
    }

    /** Returns the weights that a schedule begins with; empty for freshly initialised ones. */
    Optional<CheckpointRef> beginning(List<Lineage.Segment> schedule) {
        return schedule.stream()
                .findFirst()
                .flatMap(first -> Optional.ofNullable(known.get(new Node(first.member(), first.interval())))
                        .or(() -> events.finished(first.member(), first.interval())
                                .map(Event.IntervalFinished::attempt)))
                .flatMap(Attempt::parent);
    }
}
