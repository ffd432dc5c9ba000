package org.evolvent.testkit.internal.contract;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;

/** Checkpoints whose medium fails at some commits; what was staged for these is gone. Everything else goes to the real one. Thread-safe. */
public final class FailingCheckpointStore extends ForwardingCheckpointStore {
    private final AtomicInteger commits = new AtomicInteger();
    private final int every;

    /**
     * Wraps a store.
     *
     * @param real what to fail in front of
     * @param every each commit whose number, from 1, is a multiple of it fails
     */
    public FailingCheckpointStore(CheckpointStore real, int every) {
        super(real);
        this.every = every;
    }

    @Override
    public Stored commit(Path staged) {
        if (commits.incrementAndGet() % every == 0) {
            abandon(staged);
            throw new EvolventException("The worker is gone, says the test");
        }
        return super.commit(staged);
    }
}
