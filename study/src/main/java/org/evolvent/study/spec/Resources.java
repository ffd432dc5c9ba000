package org.evolvent.study.spec;

import java.time.Duration;
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
 * @param slurm what Slurm is asked for, for each slot; empty for slots elsewhere
 * @param launcher what leads to slots on other machines; empty, with {@code slurm}, for slots on this one
 */
public record Resources(
        OptionalInt slots,
        OptionalInt hot,
        OptionalDouble cpus,
        OptionalDouble gpus,
        OptionalLong disk,
        Optional<List<String>> devices,
        Optional<Slurm> slurm,
        Optional<Launcher> launcher) {
    /**
     * A command that starts trainers on other machines.
     *
     * @param command its words; in them {@code {host}} stands for the host of a slot
     * @param hosts dealt out to the slots in turn; empty where no word asks for one
     * @param shell whether at the far end a shell reads what follows, as with {@code ssh}, so that it has to be quoted
     */
    public record Launcher(List<String> command, List<String> hosts, boolean shell) {
        public Launcher {
            command = List.copyOf(command);
            hosts = List.copyOf(hosts);
            require(!command.isEmpty(), "number of words of the launcher", 0, "at least 1");
        }
    }

    /**
     * What a slot asks Slurm for besides processors and GPUs.
     *
     * @param memory bytes, at least 1; empty for what the cluster gives
     * @param time after which Slurm may take a slot's job away, above 0; empty for what the partition gives. For jobs only, not for steps of
     *     an allocation
     * @param partition where to wait; empty for the default one. For jobs only
     * @param options more options of {@code srun}, one a word
     */
    public record Slurm(
            OptionalLong memory, Optional<Duration> time, Optional<String> partition, List<String> options) {
        public Slurm {
            options = List.copyOf(options);
            require(memory.orElse(1) >= 1, "memory", memory.orElse(1), "at least 1 byte");
            time.ifPresent(limit -> require(limit.compareTo(Duration.ZERO) > 0, "time of a slot", limit, "above 0"));
        }
    }

    private static final Resources STANDARD = new Resources(
            OptionalInt.empty(),
            OptionalInt.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public Resources {
        devices = devices.map(List::copyOf);
        require(slots.orElse(1) >= 1, "number of slots", slots.orElse(1), "at least 1");
        require(hot.orElse(0) >= 0, "number of hot trainers", hot.orElse(0), "at least 0");
        require(cpus.orElse(1) > 0, "number of processors", cpus.orElse(1), "above 0");
        require(isShare(gpus.orElse(0)), "number of GPUs", gpus.orElse(0), "0, a fraction below 1, or a whole number");
        require(disk.orElse(1) >= 1, "disk budget", disk.orElse(1), "at least 1 byte");
    }

    /** Creates some that are on this machine. */
    public Resources(
            OptionalInt slots,
            OptionalInt hot,
            OptionalDouble cpus,
            OptionalDouble gpus,
            OptionalLong disk,
            Optional<List<String>> devices) {
        this(slots, hot, cpus, gpus, disk, devices, Optional.empty(), Optional.empty());
    }

    /** Returns a slot for each processor, and no limits. */
    public static Resources standard() {
        return STANDARD;
    }

    /** Returns so many slots, and no limits. */
    public static Resources ofSlots(int slots) {
        return new Resources(
                OptionalInt.of(slots),
                STANDARD.hot,
                STANDARD.cpus,
                STANDARD.gpus,
                STANDARD.disk,
                STANDARD.devices,
                STANDARD.slurm,
                STANDARD.launcher);
    }

    /** Returns whether a slot may have so many GPUs. */
    public static boolean isShare(double gpus) {
        return gpus >= 0 && (gpus < 1 || gpus == Math.rint(gpus));
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("The %s is %s but must be %s".formatted(name, value, rule));
        }
    }
}
