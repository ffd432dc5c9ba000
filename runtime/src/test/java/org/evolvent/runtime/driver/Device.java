package org.evolvent.runtime.driver;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;

/** Checkpoints on a device with a cache: a loss of power takes all that were not hardened. Deletions reach the device at once. */
final class Device implements CheckpointStore {
    private final CheckpointStore checkpoints;
    private final Set<CheckpointId> hardened = new HashSet<>();

    Device(CheckpointStore checkpoints) {
        this.checkpoints = checkpoints;
    }

    synchronized void losePower() {
        checkpoints.close();
        Set<CheckpointId> lost = new HashSet<>(checkpoints.list());
        lost.removeAll(hardened);
        checkpoints.discard(lost);
    }

    @Override
    public Path stage() {
        return checkpoints.stage();
    }

    @Override
    public Stored commit(Path staged) {
        return checkpoints.commit(staged);
    }

    @Override
    public void abandon(Path staged) {
        checkpoints.abandon(staged);
    }

    @Override
    public void release(CheckpointId id) {
        checkpoints.release(id);
    }

    @Override
    public Path open(CheckpointId id) {
        return checkpoints.open(id);
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return checkpoints.isIntact(id);
    }

    @Override
    public synchronized void harden(Collection<CheckpointId> ids) {
        checkpoints.harden(ids);
        hardened.addAll(ids);
    }

    @Override
    public synchronized void discard(Collection<CheckpointId> ids) {
        checkpoints.discard(ids);
        hardened.retainAll(checkpoints.list());
    }

    @Override
    public synchronized int sweep(Set<CheckpointId> reachable) {
        int swept = checkpoints.sweep(reachable);
        hardened.retainAll(checkpoints.list());
        return swept;
    }

    @Override
    public Set<CheckpointId> list() {
        return checkpoints.list();
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
