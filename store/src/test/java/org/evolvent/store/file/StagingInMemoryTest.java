package org.evolvent.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.contract.CheckpointStoreContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that lets trainers save into "memory"; to the test any directory is. */
class StagingInMemoryTest extends CheckpointStoreContract {
    @TempDir
    Path directory;

    @TempDir
    Path memory;

    private CheckpointStore store;

    private CheckpointStore open() {
        return FileCheckpointStore.open(directory, memory).forThisProcess();
    }

    @Override
    protected CheckpointStore create() {
        store = open();
        try {
            CheckpointId id = save("the first one tells the size");
            store.discard(List.of(id));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return store;
    }

    @Override
    protected CheckpointStore reopen(CheckpointStore closing) {
        closing.close();
        return open();
    }

    private boolean isInMemory(Path staged) {
        return staged.startsWith(memory);
    }

    private CheckpointId save(String content) throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), content);
        CheckpointId id = store.commit(staged).id();
        store.release(id);
        return id;
    }

    @Test
    void aSmallCheckpointTakesTheFilesOfADiscardedOne() throws IOException {
        CheckpointId first = save("a long first one");
        Object inode = Files.getAttribute(store.open(first).resolve("weights"), "unix:ino");
        store.discard(List.of(first));
        CheckpointId second = save("short");
        assertThat(store.open(second).resolve("weights")).hasContent("short");
        assertThat(Files.getAttribute(store.open(second).resolve("weights"), "unix:ino"))
                .isEqualTo(inode);
    }

    @Test
    void nothingElseOfADiscardedOneIsLeft() throws IOException {
        Path staged = store.stage();
        Files.createDirectories(staged.resolve("weights/of/many"));
        Files.writeString(staged.resolve("weights/of/many/layers"), "x");
        Files.writeString(staged.resolve("other"), "y");
        CheckpointId first = store.commit(staged).id();
        store.release(first);
        store.discard(List.of(first));
        CheckpointId second = save("z");
        assertThat(Layout.names(store.open(second))).containsExactly("weights");
        assertThat(store.isIntact(second)).isTrue();
    }

    /** As {@code best/} does. */
    @Test
    void aFileThatSomebodyHasASecondNameForIsNotWrittenOver() throws IOException {
        CheckpointId first = save("best so far");
        Path kept =
                Files.createLink(directory.resolve("kept"), store.open(first).resolve("weights"));
        store.discard(List.of(first));
        CheckpointId second = save("another");
        assertThat(kept).hasContent("best so far");
        assertThat(store.open(second).resolve("weights")).hasContent("another");
    }

    @Test
    void trainersSaveOnTheDiskOnceALargeOneCame() throws IOException {
        Path staged = store.stage();
        assertThat(isInMemory(staged)).isTrue();
        String large = "x".repeat((int) CheckpointStore.LARGE_BYTES);
        Files.writeString(staged.resolve("weights"), large);
        CheckpointId id = store.commit(staged).id();
        assertThat(store.open(id).resolve("weights")).hasContent(large);
        save("small again");
        assertThat(isInMemory(store.stage())).isFalse();
    }

    @Test
    void trainersSaveOnTheDiskOnceOneFailed() {
        store.abandon(store.stage());
        assertThat(isInMemory(store.stage())).isFalse();
    }

    @Test
    void memoryIsGivenBackAlsoForOthersThatWereKilled() throws IOException {
        store.close();
        Path killed = Files.createDirectory(memory.resolve("evolvent-scratch-0-77"));
        Files.writeString(killed.resolve("lock"), "");
        Files.writeString(Files.createDirectory(killed.resolve("0")).resolve("weights"), "half");
        store = open();
        assertThat(killed).doesNotExist();
        assertThat(Layout.names(memory)).hasSize(1);
        store.close();
        assertThat(Layout.names(memory)).isEmpty();
    }
}
