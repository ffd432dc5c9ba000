package org.evolvent.testkit.internal.contract;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;

/** Checkpoints whose medium fails at some commits; what was staged for these is gone. Everything else goes to the real one. Thread-safe. */
public final class FailingCheckpointStore implements CheckpointStore {
    private final CheckpointStore real;
    private final AtomicInteger commits = new AtomicInteger();
    private final int every;

    /**
     * Wraps a store.
     *
     * @param real what to fail in front of
     * @param every each commit whose number, from 1, is a multiple of it fails
     */
    public FailingCheckpointStore(CheckpointStore real, int every) {
        this.real = real;
        this.every = every;
    }

    @Override
    public Path stage() {
        return real.stage();
    }

    @Override
    public Stored commit(Path staged) {
        if (commits.incrementAndGet() % every == 0) {
            real.abandon(staged);
            throw new EvolventException("The worker is gone, says the test");
        }
        return real.commit(staged);
    }

    @Override
    public void abandon(Path staged) {
        real.abandon(staged);
    }

    @Override
    public void release(CheckpointId id) {
        real.release(id);
    }

    @Override
    public Opened open(CheckpointId id) {
        return real.open(id);
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return real.isIntact(id);
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        real.discard(ids);
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        return real.sweep(reachable);
    }

    @Override
    public Set<CheckpointId> list() {
        return real.list();
    }

    @Override
    public void close() {
        real.close();
    }
}
