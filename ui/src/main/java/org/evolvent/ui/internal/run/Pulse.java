package org.evolvent.ui.internal.run;

import org.jspecify.annotations.Nullable;

/**
 * How far a run is known. Whoever has shown another revision looks again.
 *
 * @param revision the number of events whose views are worth a look
 * @param isDriven whether somebody drives the run
 * @param order what is asked of its driver: {@code run}, {@code pause} or {@code stop}
 * @param read the share of the log that has been read, in percent; 100 only when all of it has
 * @param failure why no more of the log can be read; null when it can
 */
public record Pulse(
        long revision,
        boolean isDriven,
        String order,
        int read,
        @Nullable String failure) {
    Pulse at(long other) {
        return new Pulse(other, isDriven, order, read, failure);
    }
}
