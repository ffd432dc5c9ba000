package org.evolvent.views.internal.history;

/**
 * An attempt that ended without a result.
 *
 * @param member who
 * @param interval its interval, from 0
 * @param attempt the number of the attempt, from 0
 * @param step the training steps behind the weights that it began from
 * @param parent the index of the interval whose weights it began from; -1 for none
 * @param isTrainers whether it was the trainer's fault, not that of the place where it ran
 * @param message what happened, as logged
 * @param slot where it ran, from 0
 * @param started seconds of the study before it began
 * @param finished seconds of the study before it ended
 * @param place the node and job of the slot, for people; empty on the driver's own machine
 */
public record Failure(
        int member,
        int interval,
        int attempt,
        long step,
        int parent,
        boolean isTrainers,
        String message,
        int slot,
        double started,
        double finished,
        String place) {}
