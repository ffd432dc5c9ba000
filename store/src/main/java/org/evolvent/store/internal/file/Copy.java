package org.evolvent.store.internal.file;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evolvent.runtime.CheckpointStore;

/** A copy of a checkpoint for one reader, who may do with it as he likes. Thread-safe. */
final class Copy implements CheckpointStore.Opened {
    private final Path directory;
    private final Staging staging;
    private final AtomicBoolean closed = new AtomicBoolean();

    Copy(Path directory, Staging staging) {
        this.directory = directory;
        this.staging = staging;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public void close() {
        // Once: the directory is somebody else's then.
        if (!closed.getAndSet(true)) {
            staging.giveBack(directory);
        }
    }
}
