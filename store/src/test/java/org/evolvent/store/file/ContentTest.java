package org.evolvent.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.EvolventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract leaves to this store: where files lie, and how often. */
class ContentTest {
    private static final String BLOCK = "x".repeat(50_000);

    @TempDir
    Path directory;

    @Test
    void aCheckpointIsNamedByItsManifest() throws Exception {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        CheckpointId id = save(store, "1");
        byte[] manifest = Files.readAllBytes(directory.resolve(id + ".manifest"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(manifest)))
                .isEqualTo(id.digest());
        assertThat(new String(manifest, StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.matches("[0-9a-f]{64} [0-9]+ (block|step)"));
    }

    @Test
    void aFileThatDidNotChangeIsStoredOnce() throws IOException {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        CheckpointId first = save(store, "1");
        CheckpointId second = save(store, "2");
        assertThat(Files.isSameFile(
                        store.open(first).directory().resolve("block"),
                        store.open(second).directory().resolve("block")))
                .isTrue();
        FileCheckpointStore reopened = FileCheckpointStore.open(directory);
        CheckpointId third = save(reopened, "3");
        assertThat(Files.isSameFile(
                        reopened.open(first).directory().resolve("block"),
                        reopened.open(third).directory().resolve("block")))
                .isTrue();
        reopened.discard(List.of(first, second));
        assertThat(reopened.open(third).directory().resolve("block")).hasContent(BLOCK);
        CheckpointId fourth = save(reopened, "4");
        assertThat(Files.isSameFile(
                        reopened.open(third).directory().resolve("block"),
                        reopened.open(fourth).directory().resolve("block")))
                .isTrue();
    }

    @Test
    void aDamagedFileIsNotSharedWhenItsSizeTells() throws IOException {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        CheckpointId first = save(store, "1");
        Files.writeString(store.open(first).directory().resolve("block"), "cut");
        CheckpointId second = save(store, "2");
        assertThat(store.isIntact(first)).isFalse();
        assertThat(store.isIntact(second)).isTrue();
    }

    @Test
    void aFlippedByteIsFound() throws IOException {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        CheckpointId id = save(store, "1");
        Path block = store.open(id).directory().resolve("block");
        byte[] bytes = Files.readAllBytes(block);
        bytes[31_415] ^= 1;
        Files.write(block, bytes);
        assertThatThrownBy(() -> store.open(id))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("its file 'block' has the SHA-256");
    }

    @Test
    void aLostManifestIsWrittenAgain() throws IOException {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        CheckpointId lost = save(store, "1");
        CheckpointId empty = save(store, "2");
        Files.delete(directory.resolve(lost + ".manifest"));
        Files.writeString(directory.resolve(empty + ".manifest"), "");
        FileCheckpointStore reopened = FileCheckpointStore.open(directory);
        for (CheckpointId id : List.of(lost, empty)) {
            assertThat(directory.resolve(id + ".manifest")).isNotEmptyFile();
            assertThat(reopened.isIntact(id)).isTrue();
        }
    }

    /** Whatever a process leaves that is killed while it commits or discards: a sweep takes it, and leaves what is not ours. */
    @Test
    void aSweepTakesWhatAKilledProcessLeft() throws IOException {
        FileCheckpointStore killed = FileCheckpointStore.open(directory);
        CheckpointId kept = save(killed, "1");
        CheckpointId half = save(killed, "2");
        Files.move(directory.resolve(half.digest()), directory.resolve(".staging/77"));
        Files.writeString(killed.stage().resolve("block"), BLOCK);
        Files.writeString(directory.resolve("notes.txt"), "mine");
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        assertThat(store.sweep(Set.of(kept))).isEqualTo(2);
        assertThat(store.list()).containsExactly(kept);
        assertThat(Layout.names(directory))
                .containsExactlyInAnyOrder(".staging", "notes.txt", kept.digest(), kept + ".manifest");
        assertThat(Layout.names(directory.resolve(".staging"))).isEmpty();
    }

    @Test
    void leavesNothingOfWhatWasDiscarded() throws IOException {
        FileCheckpointStore store = FileCheckpointStore.open(directory);
        CheckpointId id = save(store, "1");
        store.discard(List.of(id));
        Path again = store.stage();
        assertThat(Layout.names(again)).isEmpty();
        store.abandon(again);
        store.close();
        assertThat(Layout.names(directory)).containsExactly(".staging");
        assertThat(Layout.names(directory.resolve(".staging"))).isEmpty();
    }

    private static CheckpointId save(FileCheckpointStore store, String step) throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("block"), BLOCK);
        Files.writeString(staged.resolve("step"), step);
        CheckpointId id = store.commit(staged).id();
        store.release(id);
        return id;
    }
}
