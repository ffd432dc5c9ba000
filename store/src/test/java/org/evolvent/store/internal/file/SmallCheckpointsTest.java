package org.evolvent.store.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.sqlite.CheckpointTable;
import org.evolvent.store.internal.sqlite.SqliteEventStore;
import org.evolvent.testkit.contract.CheckpointStoreContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small checkpoints lie beside the log. */
class SmallCheckpointsTest extends CheckpointStoreContract {
    @TempDir
    Path directory;

    private SqliteEventStore log;
    private FileCheckpointStore store;

    @Override
    protected CheckpointStore create() {
        log = SqliteEventStore.create(directory.resolve("events.db"));
        store = FileCheckpointStore.open(directory.resolve("checkpoints"), log.checkpoints());
        return store;
    }

    @Override
    protected CheckpointStore reopen(CheckpointStore closing) {
        closing.close();
        log.close();
        log = SqliteEventStore.open(directory.resolve("events.db"));
        store = FileCheckpointStore.open(directory.resolve("checkpoints"), log.checkpoints());
        return store;
    }

    @Override
    protected void damage(CheckpointStore damaged, CheckpointId id) throws IOException {
        Path large = directory.resolve("checkpoints").resolve(id.digest()).resolve("weights");
        if (Files.exists(large)) {
            Files.delete(large);
            Files.writeString(large, "damaged");
        } else {
            put(id, "damaged".getBytes(StandardCharsets.UTF_8));
        }
    }

    private void put(CheckpointId id, byte[] content) {
        log.checkpoints()
                .put(
                        id,
                        new CheckpointTable.Row(
                                log.checkpoints().get(id).orElseThrow().manifest(), content));
    }

    @AfterEach
    void closeLog() {
        store.close();
        log.close();
    }

    @Test
    void onlyLargeOnesAreDirectories() throws IOException {
        CheckpointId small = save("weights", "x".repeat((int) Saved.SMALL_BYTES - 1));
        assertThat(names("checkpoints")).containsExactly(".staging");
        CheckpointId large = save("weights", "x".repeat((int) Saved.SMALL_BYTES));
        assertThat(names("checkpoints"))
                .containsExactlyInAnyOrder(".staging", large.digest(), large.digest() + ".manifest");
        assertThat(store.list()).containsExactlyInAnyOrder(small, large);
    }

    @Test
    void anEmptyDirectoryIsKept() throws IOException {
        Path staged = store.stage();
        Files.createDirectories(staged.resolve("moments/of"));
        Files.writeString(staged.resolve("weights"), "w");
        CheckpointId id = store.commit(staged).id();
        try (CheckpointStore.Opened opened = store.open(id)) {
            assertThat(opened.directory().resolve("moments/of")).isEmptyDirectory();
        }
    }

    @Test
    void aReaderMayDoWithItsCopyAsItLikes() throws IOException {
        CheckpointId id = save("weights", "w");
        try (CheckpointStore.Opened first = store.open(id);
                CheckpointStore.Opened second = store.open(id)) {
            Files.writeString(first.directory().resolve("weights"), "trained on");
            assertThat(second.directory().resolve("weights")).hasContent("w");
        }
        assertThat(store.isIntact(id)).isTrue();
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), "0123");
        Files.writeString(staged.resolve("biases"), "4567");
        CheckpointId id = store.commit(staged).id();
        put(id, "45670124".getBytes(StandardCharsets.UTF_8));
        assertThat(store.damage(id).orElseThrow()).startsWith("its file 'weights' has the SHA-256");
        put(id, "4567012".getBytes(StandardCharsets.UTF_8));
        assertThat(store.damage(id)).contains("its file 'weights' has 3 bytes but had 4");
        log.checkpoints().put(id, new CheckpointTable.Row("", new byte[0]));
        assertThat(store.damage(id)).contains("its manifest is not the one that was committed");
    }

    /** The same content again is as good as the first one was. */
    @Test
    void aCommitMendsWhatIsDamaged() throws IOException {
        CheckpointId id = save("weights", "w");
        put(id, "v".getBytes(StandardCharsets.UTF_8));
        assertThat(store.isIntact(id)).isFalse();
        assertThat(save("weights", "w")).isEqualTo(id);
        assertThat(store.isIntact(id)).isTrue();
    }

    @Test
    void aManifestLeadsNowhereElse() {
        String text = Manifest.Entry.of("x", new byte[1]).sha256() + " 1 ../../outside\n";
        CheckpointId id = Manifest.idOf(text);
        log.checkpoints().put(id, new CheckpointTable.Row(text, new byte[1]));
        assertThat(store.damage(id)).isNotEmpty();
        assertThatThrownBy(() -> store.open(id)).isInstanceOf(DamagedCheckpointException.class);
        assertThat(directory.resolve("outside")).doesNotExist();
    }

    /** As runs that were made before small checkpoints were rows. */
    @Test
    void readsSmallDirectoriesToo() throws IOException {
        CheckpointId id;
        try (FileCheckpointStore old = FileCheckpointStore.open(directory.resolve("checkpoints"))) {
            Path staged = old.stage();
            Files.writeString(staged.resolve("weights"), "old");
            id = old.commit(staged).id();
        }
        reopen(store);
        assertThat(store.list()).containsExactly(id);
        try (CheckpointStore.Opened opened = store.open(id)) {
            assertThat(opened.directory().resolve("weights")).hasContent("old");
        }
        assertThat(save("weights", "old")).isEqualTo(id);
        store.discard(List.of(id));
        assertThat(store.list()).isEmpty();
    }

    @Test
    void isGoneFromTheFileWhenItWasDiscarded() throws IOException {
        CheckpointId first = save("weights", "1");
        CheckpointId second = save("weights", "2");
        store.discard(List.of(first));
        assertThat(store.list()).containsExactly(second);
        store.close();
        log.close();
        log = SqliteEventStore.open(directory.resolve("events.db"));
        assertThat(log.checkpoints().list()).isEqualTo(Set.of(second));
        assertThat(log.checkpoints().get(first)).isEqualTo(Optional.empty());
    }

    private CheckpointId save(String file, String content) throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve(file), content);
        CheckpointId id = store.commit(staged).id();
        store.release(id);
        return id;
    }

    private List<String> names(String below) throws IOException {
        return Disk.list(directory.resolve(below)).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
