package org.evolvent.store.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.testkit.contract.CheckpointStoreContract;
import org.junit.jupiter.api.Test;
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

    /** Second names of the same files: of a large model nothing is copied, and each store may let go of it. */
    @Test
    void aCheckpointOfAnotherStoreIsAdoptedWithoutACopy() throws IOException {
        try (FileCheckpointStore one = FileCheckpointStore.open(directory.resolve("one"));
                FileCheckpointStore other = FileCheckpointStore.open(directory.resolve("other"))) {
            CheckpointId id = committed(one);
            other.adopt(one, id);
            assertThat(key("other", id)).isEqualTo(key("one", id));
            other.discard(List.of(id));
            assertThat(other.isIntact(id)).as("pinned").isTrue();
            one.release(id);
            one.discard(List.of(id));
            assertThat(one.list()).isEmpty();
            assertThat(other.isIntact(id)).isTrue();
            other.adopt(other, id);
            other.release(id);
            other.release(id);
            other.discard(List.of(id));
            assertThat(other.list()).isEmpty();
        }
    }

    @Test
    void damageIsNotAdopted() throws IOException {
        try (FileCheckpointStore one = FileCheckpointStore.open(directory.resolve("checkpoints"));
                FileCheckpointStore other = FileCheckpointStore.open(directory.resolve("other"))) {
            CheckpointId id = committed(one);
            damage(one, id);
            assertThatThrownBy(() -> other.adopt(one, id))
                    .isInstanceOf(DamagedCheckpointException.class)
                    .hasMessageContaining("weights");
            assertThat(other.list()).isEmpty();
        }
    }

    private static CheckpointId committed(FileCheckpointStore store) throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), "many");
        return store.commit(staged).id();
    }

    private Object key(String store, CheckpointId id) throws IOException {
        Path file = directory.resolve(store).resolve(id.digest()).resolve("weights");
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    protected void damage(CheckpointStore store, CheckpointId id) throws IOException {
        Path file = directory.resolve("checkpoints").resolve(id.digest()).resolve("weights");
        Files.delete(file);
        Files.writeString(file, "damaged");
    }
}
