package org.evolvent.views.internal.history;

import java.util.Map;
import org.evolvent.core.space.Hyperparameters;

/**
 * An interval that ended well.
 *
 * @param index its place among all, from 0, in the order of the log
 * @param event the number of the event in the log, from 1
 * @param member who trained
 * @param interval the member's interval, from 0
 * @param from the training steps behind the weights at its start
 * @param to those at its end
 * @param parent the index of the interval whose weights it began from, always smaller than its own; -1 for freshly initialised ones, or
 *     for those that another study left
 * @param score the objective's value; NaN where there is none
 * @param absence why there is no score; empty where there is one
 * @param reported all that the trainer reported
 * @param hyperparameters what it was trained with
 * @param slot where it ran, from 0
 * @param started seconds of the study before it began; the time between two sessions does not count
 * @param finished seconds of the study before it ended
 * @param training the seconds that it trained and evaluated
 * @param place the node and job of the slot, for people; empty on the driver's own machine
 */
public record Interval(
        int index,
        long event,
        int member,
        int interval,
        long from,
        long to,
        int parent,
        double score,
        String absence,
        Metrics reported,
        Hyperparameters hyperparameters,
        int slot,
        double started,
        double finished,
        double training,
        String place) {
    /** Returns all that the trainer reported, by name. */
    public Map<String, Double> metrics() {
        return reported.map();
    }

    /** Returns whether it has a score. */
    public boolean isValid() {
        return !Double.isNaN(score);
    }
}
