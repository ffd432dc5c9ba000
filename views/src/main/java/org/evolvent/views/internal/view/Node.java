package org.evolvent.views.internal.view;

import java.util.Map;
import java.util.Optional;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about one interval, for whoever points at it.
 *
 * @param node the index of the interval
 * @param member who trained
 * @param interval the member's interval
 * @param from the training steps behind the weights at its start
 * @param to the training steps behind the weights at its end
 * @param score its score; null without one
 * @param absence why there is none; empty where there is one
 * @param hyperparameters what it was trained with
 * @param founder the member in which the weights began
 * @param living how many members of the population descend from the weights at its end
 * @param turn what was decided for the member before it; null where it went on, and at the beginning
 */
public record Node(
        int node,
        int member,
        int interval,
        long from,
        long to,
        @Nullable Double score,
        String absence,
        Map<String, Object> hyperparameters,
        int founder,
        int living,
        Decisions.@Nullable Row turn) {
    /**
     * Computes it.
     *
     * @param index of the interval; empty when there is none
     */
    public static Optional<Node> of(History history, int index) {
        if (index < 0 || index >= history.intervals().size()) {
            return Optional.empty();
        }
        Interval interval = history.intervals().get(index);
        return Optional.of(new Node(
                index,
                interval.member(),
                interval.interval(),
                interval.from(),
                interval.to(),
                interval.isValid() ? Double.valueOf(interval.score()) : null,
                interval.absence(),
                history.study().space().active(interval.hyperparameters()).plain(),
                history.ancestry(index).get(0).member(),
                Lives.of(history)[index],
                Decisions.of(history, interval.member(), interval.interval() - 1)
                        .orElse(null)));
    }
}
