package org.evolvent.runtime.internal.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.evolvent.core.random.RandomStream;

/**
 * When slots get places and lose them, by {@link SimulatedCosts.Lending}. What takes places away comes by chance at any moment, whoever has
 * one then. Not thread-safe.
 */
final class Places {
    private static final double NANOS_AN_HOUR = 3.6e12;

    private enum Kind {
        GRANTED,
        PREEMPTED,
        NODE_FAILED
    }

    /** What is to happen to a slot, or to a node from its first slot on. */
    private record Turn(long atNanos, Kind kind, int slot) implements Comparable<Turn> {
        @Override
        public int compareTo(Turn other) {
            return Long.compare(atNanos, other.atNanos);
        }
    }

    /** A slot that has got a place, or lost it. */
    record Change(int slot, boolean isGranted) {}

    private final SimulatedCosts.Lending lending;
    private final RandomStream random;
    private final PriorityQueue<Turn> turns = new PriorityQueue<>();
    private final boolean[] granted;
    private final long[] askedNanos;
    private long waitedNanos;
    private long losses;

    Places(SimulatedCosts costs, RandomStream random) {
        this.lending = costs.lending();
        this.random = random;
        this.granted = new boolean[costs.speeds().size()];
        this.askedNanos = new long[granted.length];
        for (int slot = 0; slot < granted.length; slot++) {
            granted[slot] = lending.queue().isZero();
            if (!granted[slot]) {
                ask(slot, 0);
            }
            add(Kind.PREEMPTED, slot, 0, lending.preemptionsAnHour());
            if (slot % lending.slotsOfNode() == 0) {
                add(Kind.NODE_FAILED, slot, 0, lending.failuresAnHour());
            }
        }
    }

    /** Returns whether a slot has a place. */
    boolean isGranted(int slot) {
        return granted[slot];
    }

    /** Returns how often a slot has lost its place. */
    long losses() {
        return losses;
    }

    /** Returns how long slots have waited for places, all together. */
    long waitedNanos(long nowNanos) {
        long waited = waitedNanos;
        for (int slot = 0; slot < granted.length; slot++) {
            waited += granted[slot] ? 0 : nowNanos - askedNanos[slot];
        }
        return waited;
    }

    /** Returns when the next change may come; empty when there will be none. */
    OptionalLong next() {
        return turns.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(turns.element().atNanos());
    }

    /** Returns what changes up to a moment, in order. */
    List<Change> until(long nowNanos) {
        List<Change> changes = new ArrayList<>();
        while (!turns.isEmpty() && turns.element().atNanos() <= nowNanos) {
            Turn turn = turns.remove();
            int slot = turn.slot();
            switch (turn.kind()) {
                case GRANTED -> {
                    granted[slot] = true;
                    waitedNanos += turn.atNanos() - askedNanos[slot];
                    changes.add(new Change(slot, true));
                }
                case PREEMPTED -> {
                    lose(slot, turn.atNanos(), changes);
                    add(Kind.PREEMPTED, slot, turn.atNanos(), lending.preemptionsAnHour());
                }
                case NODE_FAILED -> {
                    int end = (int) StrictMath.min(granted.length, (long) slot + lending.slotsOfNode());
                    for (int each = slot; each < end; each++) {
                        lose(each, turn.atNanos(), changes);
                    }
                    add(Kind.NODE_FAILED, slot, turn.atNanos(), lending.failuresAnHour());
                }
            }
        }
        return changes;
    }

    private void lose(int slot, long nowNanos, List<Change> changes) {
        if (granted[slot]) {
            granted[slot] = false;
            losses++;
            changes.add(new Change(slot, false));
            ask(slot, nowNanos);
        }
    }

    private void ask(int slot, long nowNanos) {
        askedNanos[slot] = nowNanos;
        turns.add(new Turn(nowNanos + drawn(lending.queue().toNanos()), Kind.GRANTED, slot));
    }

    private void add(Kind kind, int slot, long nowNanos, double anHour) {
        if (anHour > 0) {
            turns.add(new Turn(nowNanos + drawn(NANOS_AN_HOUR / anHour), kind, slot));
        }
    }

    /** Draws from an exponential distribution. */
    private long drawn(double meanNanos) {
        return StrictMath.round(-meanNanos * StrictMath.log1p(-random.uniform()));
    }
}
