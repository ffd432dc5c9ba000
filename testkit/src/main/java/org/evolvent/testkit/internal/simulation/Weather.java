package org.evolvent.testkit.internal.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.random.RandomStream;
import org.evolvent.runtime.StorageException;

/** Decides when which {@link Fault} strikes. Each world has some kinds of faults only, so that rare ones are also met alone. Not thread-safe. */
final class Weather {
    /** Thrown where a process dies. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Death(Fault fault) {
            super(fault.name());
        }
    }

    private static final int LONGEST_DISK_FAULT = 8;

    private final RandomStream random;
    private final Set<Fault> possible = EnumSet.noneOf(Fault.class);
    private final Map<Fault, Integer> strikes = new EnumMap<>(Fault.class);
    private Optional<StorageException.Kind> disk = Optional.empty();
    private int diskFaultLeft;

    private Weather(RandomStream random) {
        this.random = random;
    }

    /** Returns weather without faults. */
    static Weather calm() {
        return new Weather(new RandomStream(0));
    }

    /** Returns weather with about half of all faults. */
    static Weather rough(RandomStream random) {
        Weather weather = new Weather(random);
        for (Fault fault : Fault.values()) {
            if (random.chance(0.5)) {
                weather.possible.add(fault);
            }
        }
        return weather;
    }

    /** Returns the same weather without some faults. */
    Weather without(Set<Fault> faults) {
        possible.removeAll(faults);
        return this;
    }

    /** Returns whether nothing can go wrong. */
    boolean isCalm() {
        return possible.isEmpty();
    }

    /** Returns whether a fault never strikes here. */
    boolean cannot(Fault fault) {
        return !possible.contains(fault);
    }

    /** Returns whether a fault strikes now. */
    boolean strikes(Fault fault) {
        boolean hit = possible.contains(fault) && random.chance(fault.chance());
        if (hit) {
            strikes.merge(fault, 1, Integer::sum);
        }
        return hit;
    }

    /** Lets the process die now, if this is how it dies. */
    void maybeDie(Fault fault) {
        if (strikes(fault)) {
            throw death(fault);
        }
    }

    /** Returns what is thrown where the process dies. */
    static Death death(Fault fault) {
        return new Death(fault);
    }

    /**
     * To be called before whatever writes.
     *
     * @throws StorageException while the disk is full, read-only or failing
     */
    void requireDisk() {
        if (disk.isEmpty() && strikes(Fault.DISK)) {
            StorageException.Kind[] kinds = StorageException.Kind.values();
            disk = Optional.of(kinds[random.index(kinds.length)]);
            diskFaultLeft = 1 + random.index(LONGEST_DISK_FAULT);
        }
        if (disk.isPresent()) {
            throw new StorageException(disk.get(), "The disk " + disk.get().words(), new IllegalStateException());
        }
    }

    /** Time passes; somebody may have mended the disk. */
    void pass() {
        if (disk.isPresent() && --diskFaultLeft <= 0) {
            disk = Optional.empty();
        }
    }

    /** Returns how often which fault struck. */
    Map<Fault, Integer> struck() {
        return strikes;
    }

    RandomStream random() {
        return random;
    }
}
