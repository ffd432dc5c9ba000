package org.evolvent.cli.study;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * With what a study runs; no decision depends on it in synchronous mode.
 *
 * @param slots how many intervals train at the same time, at least 1; empty for one for each processor
 * @param hot how many trainers in the JVM stay in memory between intervals, at least 0; empty for the whole population
 * @param cpus processors for each slot, above 0; empty for an equal share
 * @param gpus GPUs for each slot: 0, a fraction below 1, or a whole number; empty to leave the choice to the trainers
 * @param disk how many bytes the run directory may have before the study stops, above 0; empty for no limit
 * @param devices the GPUs to deal out, by index or UUID; empty for those of this machine
 */
public record Resources(
        OptionalInt slots,
        OptionalInt hot,
        OptionalDouble cpus,
        OptionalDouble gpus,
        OptionalLong disk,
        Optional<List<String>> devices) {
    public Resources {
        devices = devices.map(List::copyOf);
    }
}
