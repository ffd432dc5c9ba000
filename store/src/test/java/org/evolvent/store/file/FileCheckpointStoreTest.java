package org.evolvent.store.file;

import java.nio.file.Path;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.contract.CheckpointStoreContract;
import org.junit.jupiter.api.io.TempDir;

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
}
