package org.evolvent.testkit.internal.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.testkit.memory.InMemorySnapshotStore;

/** A disk that is memory. Not thread-safe. */
public final class InMemoryMedium implements Medium {
    private final InMemoryEventStore log = new InMemoryEventStore();
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();

    /** The lengths of the log after each append. */
    private final TreeSet<Long> ends = new TreeSet<>(List.of(0L));

    /** A hash of the log after each event; a lost one may be followed by others. */
    private final List<Integer> chain = new ArrayList<>(List.of(0));

    private final InMemorySnapshotStore snapshots = new InMemorySnapshotStore(this::chain);
    private long synced;

    private Optional<String> chain(long events) {
        return events < chain.size() ? Optional.of(Integer.toString(chain.get((int) events))) : Optional.empty();
    }

    @Override
    public SnapshotStore snapshots() {
        return snapshots;
    }

    @Override
    public EventStore events() {
        return new Appending();
    }

    @Override
    public CheckpointStore checkpoints() {
        return checkpoints;
    }

    @Override
    public void die(RandomStream random) {
        try {
            // It may have been saving or deleting something at that moment.
            Files.writeString(checkpoints.stage().resolve("half"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checkpoints.close();
    }

    @Override
    public void losePower(RandomStream random) {
        die(random);
        List<Long> possible = List.copyOf(ends.tailSet(synced));
        long left = possible.get(random.index(possible.size()));
        log.truncate(left);
        ends.tailSet(left, false).clear();
        chain.subList((int) left + 1, chain.size()).clear();
    }

    @Override
    public void damage(CheckpointId id) {
        checkpoints.damage(id);
    }

    @Override
    public void remove(CheckpointId id) {
        checkpoints.remove(id);
    }

    @Override
    public int leftovers() {
        return checkpoints.staged();
    }

    @Override
    public void close() {
        checkpoints.free();
    }

    private final class Appending extends ForwardingEventStore {
        Appending() {
            super(log);
        }

        @Override
        public void append(List<? extends Event> events) {
            super.append(events);
            ends.add(log.size());
            for (Event event : events) {
                chain.add(31 * chain.get(chain.size() - 1) + event.hashCode());
            }
        }

        @Override
        public void sync() {
            synced = log.size();
        }
    }
}
