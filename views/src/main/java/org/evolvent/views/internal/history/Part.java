package org.evolvent.views.internal.history;

/**
 * An attempt that ended before its interval did, since its place or the study ended; what it trained counts.
 *
 * @param member who
 * @param interval its interval, from 0
 * @param slot where it ran, from 0
 * @param started seconds of the study before it began
 * @param finished seconds of the study before it ended
 * @param training the seconds that it trained and evaluated
 * @param place the node and job of the slot, for people; empty on the driver's own machine
 */
public record Part(
        int member, int interval, int slot, double started, double finished, double training, String place) {}
