package org.evolvent.store.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.testkit.contract.CheckpointStoreContract;
import org.junit.jupiter.api.io.TempDir;

/** Every checkpoint is a directory. */
class FileCheckpointStoreTest extends CheckpointStoreContract {
    @TempDir
    Path directory;

    @Override
    protected CheckpointStore create() {
        return FileCheckpointStore.open(directory.resolve("checkpoints"));
    }

    @Override
    protected CheckpointStore reopen(CheckpointStore store) {
        store.close();
        return FileCheckpointStore.open(directory.resolve("checkpoints"));
    }

    @Override
    protected void damage(CheckpointStore store, CheckpointId id) throws IOException {
        Path file = directory.resolve("checkpoints").resolve(id.digest()).resolve("weights");
        Files.delete(file);
        Files.writeString(file, "damaged");
    }
}
