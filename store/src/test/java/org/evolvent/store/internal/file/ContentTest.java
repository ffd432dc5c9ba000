package org.evolvent.store.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Disk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract leaves to directories: where files lie, how often, and who may write to them. */
class ContentTest {
    private static final String BLOCK = "x".repeat(50_000);

    @TempDir
    Path directory;

    private FileCheckpointStore store;

    @BeforeEach
    void open() {
        store = FileCheckpointStore.open(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aCheckpointIsNamedByItsManifest() throws Exception {
        CheckpointId id = save("1");
        byte[] manifest = Files.readAllBytes(directory.resolve(id + ".manifest"));
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(manifest)))
                .isEqualTo(id.digest());
        assertThat(new String(manifest, StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.matches("[0-9a-f]{64} [0-9]+ (block|step)"));
    }

    @Test
    void aFileThatDidNotChangeIsStoredOnce() throws IOException {
        CheckpointId first = save("1");
        CheckpointId second = save("2");
        assertThat(Files.isSameFile(block(first), block(second))).isTrue();
        store.close();
        open();
        CheckpointId third = save("3");
        assertThat(Files.isSameFile(block(first), block(third))).isTrue();
        store.discard(List.of(first, second));
        assertThat(block(third)).hasContent(BLOCK);
        CheckpointId fourth = save("4");
        assertThat(Files.isSameFile(block(third), block(fourth))).isTrue();
    }

    @Test
    void damageDoesNotSpread() throws IOException {
        CheckpointId first = save("1");
        flip(block(first));
        CheckpointId second = save("2");
        assertThat(store.isIntact(first)).isFalse();
        assertThat(store.isIntact(second)).isTrue();
    }

    @Test
    void aFlippedByteIsFoundAndWhenItWasWritten() throws IOException {
        CheckpointId id = save("1");
        Path block = block(id);
        flip(block);
        Files.setLastModifiedTime(block, FileTime.from(Instant.parse("2199-01-02T03:04:05Z")));
        assertThatThrownBy(() -> store.open(id))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining("its file 'block' has the SHA-256")
                .hasMessageContaining("changed at 2199-01-02T03:04:05Z, after it was committed");
        Files.setLastModifiedTime(block, FileTime.from(Instant.EPOCH));
        assertThat(store.damage(id).orElseThrow()).contains("'block'").doesNotContain("after it was committed");
    }

    @Test
    void aLinkInACheckpointIsNotFollowed() throws IOException {
        CheckpointId id = save("1");
        Path block = block(id);
        Path outside = Files.writeString(directory.resolve("outside"), BLOCK);
        Files.delete(block);
        Files.createSymbolicLink(block, outside);
        assertThat(store.isIntact(id)).isFalse();
        assertThatThrownBy(() -> store.open(id)).isInstanceOf(DamagedCheckpointException.class);
    }

    @Test
    void aCommitMendsWhatIsDamaged() throws IOException {
        CheckpointId id = save("1");
        flip(block(id));
        assertThat(save("1")).isEqualTo(id);
        assertThat(store.isIntact(id)).isTrue();
        Files.delete(directory.resolve(id + ".manifest"));
        assertThat(store.isIntact(id)).as("the files tell").isTrue();
    }

    @Test
    void committedFilesAreReadOnly() throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("block"), BLOCK);
        Files.writeString(Files.createDirectory(staged.resolve("moments")).resolve("first"), "m");
        CheckpointId id = store.commit(staged).id();
        Path files = directory.resolve(id.digest());
        for (String file : List.of("block", "moments/first", "../" + id + ".manifest")) {
            assertThat(permissions(files.resolve(file))).isEqualTo("r--r--r--");
        }
        assertThat(permissions(files)).isEqualTo("r-xr-xr-x");
        assertThat(permissions(files.resolve("moments"))).isEqualTo("r-xr-xr-x");
        try (CheckpointStore.Opened opened = store.open(id)) {
            Files.writeString(opened.directory().resolve("block"), "of the reader");
            assertThat(permissions(opened.directory().resolve("moments/first"))).isEqualTo("rw-r--r--");
        }
        store.release(id);
        store.discard(List.of(id));
        assertThat(names(directory)).containsExactly(".staging");
    }

    @Test
    void anExportOfASmallOneIsACopy() throws IOException {
        CheckpointId id = save("1");
        Path best = directory.resolve("best");
        store.export(id, best);
        assertThat(Files.isSameFile(best.resolve("block"), block(id))).isFalse();
        Files.writeString(best.resolve("block"), "saved over");
        assertThat(store.isIntact(id)).isTrue();
    }

    @Tag("slow")
    @Test
    void anExportOfALargeOneTakesNoRoom() throws IOException {
        Path staged = store.stage();
        Files.write(staged.resolve("block"), new byte[(int) FileCheckpointStore.MOST_COPIED_BYTES + 1]);
        CheckpointId id = store.commit(staged).id();
        Path best = directory.resolve("best");
        store.export(id, best);
        assertThat(Files.isSameFile(best.resolve("block"), block(id))).isTrue();
        try (CheckpointStore.Opened opened = store.open(id)) {
            assertThat(opened.directory()).isEqualTo(directory.resolve(id.digest()));
        }
        assertThat(store.isIntact(id)).isTrue();
    }

    /** Whatever a process leaves that is killed while it commits or discards: a sweep takes it, and leaves what is not ours. */
    @Test
    void aSweepTakesWhatAKilledProcessLeft() throws IOException {
        CheckpointId kept = save("1");
        CheckpointId half = save("2");
        Files.writeString(store.stage().resolve("block"), BLOCK);
        Files.writeString(directory.resolve("notes.txt"), "mine");
        Files.createDirectories(directory.resolve(".staging/77/of an older version"));
        try (FileCheckpointStore next = FileCheckpointStore.open(directory)) {
            Files.setPosixFilePermissions(
                    directory.resolve(half.digest()), PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(directory.resolve(half.digest()), directory.resolve(".staging/78"));
            assertThat(next.sweep(Set.of(kept)))
                    .as("a process's directory, two of older versions, and a name without files")
                    .isEqualTo(4);
            assertThat(next.list()).containsExactly(kept);
            assertThat(next.troubles()).isEmpty();
            assertThat(names(directory))
                    .containsExactlyInAnyOrder(".staging", "notes.txt", kept.digest(), kept + ".manifest");
            Files.writeString(next.stage().resolve("block"), BLOCK);
        }
        assertThat(directory.resolve(".staging")).isEmptyDirectory();
    }

    /** A process that is killed leaves what it staged, under whatever names; the next one never meets it. */
    @Test
    void whatAKilledProcessStagedIsInNobodysWay() throws IOException {
        Path left = Files.writeString(store.stage().resolve("block"), "half");
        for (int i = 0; i < 5; i++) {
            Files.writeString(store.stage().resolve("block"), "half");
        }
        try (FileCheckpointStore next = FileCheckpointStore.open(directory)) {
            Path staged = next.stage();
            assertThat(staged).isEmptyDirectory();
            Files.writeString(staged.resolve("block"), BLOCK);
            CheckpointId id = next.commit(staged).id();
            next.release(id);
            next.discard(List.of(id));
            assertThat(next.list()).isEmpty();
            assertThat(left).as("until it is swept").hasContent("half");
        }
    }

    @Test
    void whatIsInTheWayOfADiscardIsNotOurs() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.createDirectories(directory.resolve(".staging/" + i + "/full"));
        }
        CheckpointId id = save("1");
        store.discard(List.of(id));
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aStagingDirectoryThatIsALinkIsLeftAlone() throws IOException {
        Path root = Files.createDirectory(directory.resolve("foreign"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("thesis"), "mine");
        Files.createSymbolicLink(root.resolve(".staging"), outside);
        assertThatThrownBy(() -> FileCheckpointStore.open(root))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(".staging");
        assertThat(names(outside)).containsExactly("thesis");
    }

    @Test
    void leavesNothingOfWhatWasDiscarded() throws IOException {
        CheckpointId id = save("1");
        store.discard(List.of(id));
        Path again = store.stage();
        assertThat(again).isEmptyDirectory();
        store.abandon(again);
        store.close();
        assertThat(names(directory)).containsExactly(".staging");
        assertThat(directory.resolve(".staging")).isEmptyDirectory();
    }

    private Path block(CheckpointId id) {
        return directory.resolve(id.digest()).resolve("block");
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[31_415] ^= 1;
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.write(file, bytes);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static List<String> names(Path directory) throws IOException {
        return Disk.list(directory).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }

    private CheckpointId save(String step) throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("block"), BLOCK);
        Files.writeString(staged.resolve("step"), step);
        CheckpointId id = store.commit(staged).id();
        store.release(id);
        return id;
    }
}
