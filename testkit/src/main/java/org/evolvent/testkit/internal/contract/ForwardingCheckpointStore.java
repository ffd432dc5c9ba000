package org.evolvent.testkit.internal.contract;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;

/** A store that leaves everything to another one, but for what a subclass does otherwise. It reads what it commits, whatever it was told. */
public abstract class ForwardingCheckpointStore implements CheckpointStore {
    private final CheckpointStore checkpoints;

    /** Creates one; closing it closes the other one. */
    protected ForwardingCheckpointStore(CheckpointStore checkpoints) {
        this.checkpoints = checkpoints;
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
    public Opened open(CheckpointId id) {
        return checkpoints.open(id);
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return checkpoints.isIntact(id);
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        checkpoints.discard(ids);
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        return checkpoints.sweep(reachable);
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
