package org.evolvent.ui.internal.run;

/**
 * How far a run is known. Whoever has shown an older one looks again.
 *
 * @param revision the number of events in the log
 * @param isDriven whether somebody drives the run
 * @param order what is asked of its driver: {@code run}, {@code pause} or {@code stop}
 */
public record Pulse(long revision, boolean isDriven, String order) {}
