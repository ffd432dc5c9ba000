package org.evolvent.store.internal.file;

import java.nio.file.Path;
import org.evolvent.runtime.CheckpointStore;

/** A checkpoint itself, to be read by many. */
record Lent(Path directory) implements CheckpointStore.Opened {
    @Override
    public void close() {
        // It stays where it is.
    }
}
