package org.evolvent.store.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Manifest;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Checkpoints on the word of who saved them, and late writers. */
@Isolated // The bytes that a JVM reads are counted for all of it.
class ToldTest {
    private static final int LARGE = 100_000;

    @TempDir
    Path directory;

    private static Manifest.Entry entry(String path, byte[] bytes) {
        return Manifest.Entry.of(path, bytes);
    }

    private static byte[] content(int seed) {
        byte[] bytes = new byte[LARGE];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static long bytesRead() throws IOException {
        String first =
                Files.readString(Path.of("/proc/self/io")).lines().findFirst().orElseThrow();
        return Long.parseLong(first.substring(first.indexOf(' ') + 1));
    }

    /** Two GiB of a sparse file, whose digest would take seconds; nobody looks whether it is the right one. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void whatIsToldIsNotRead() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            Path staged = store.stage();
            try (RandomAccessFile file =
                    new RandomAccessFile(staged.resolve("weights").toFile(), "rw")) {
                file.setLength(1L << 31);
            }
            Manifest told = new Manifest(List.of(new Manifest.Entry("weights", 1L << 31, "0".repeat(64))));
            long before = bytesRead();
            CheckpointStore.Stored stored = store.commit(staged, told);
            assertThat(bytesRead() - before).as("bytes read by all of this JVM").isLessThan(1 << 20);
            assertThat(stored.bytes()).isEqualTo(1L << 31);
            assertThat(stored.id()).isEqualTo(told.id());
            assertThat(store.list()).containsExactly(stored.id());
        }
    }

    @Test
    void aWrongWordIsFoundByWhoReads() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            Path staged = store.stage();
            Files.write(staged.resolve("weights"), content(1));
            CheckpointStore.Stored stored = store.commit(staged, new Manifest(List.of(entry("weights", content(2)))));
            assertThat(store.damage(stored.id())).isPresent();
            assertThatThrownBy(() -> store.open(stored.id()).close())
                    .isInstanceOf(DamagedCheckpointException.class)
                    .hasMessageContaining("'weights' has the SHA-256");
        }
    }

    @Test
    void aTrueWordComesToTheSameAsReading() throws IOException {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            Path told = store.stage();
            Files.createDirectory(told.resolve("deep"));
            Files.write(told.resolve("deep/weights"), content(1));
            CheckpointStore.Stored one = store.commit(told, new Manifest(List.of(entry("deep/weights", content(1)))));
            Path read = store.stage();
            Files.createDirectory(read.resolve("deep"));
            Files.write(read.resolve("deep/weights"), content(1));
            assertThat(store.commit(read)).isEqualTo(one);
            assertThat(store.isIntact(one.id())).isTrue();
        }
    }

    /** Another host's file system shows files when it likes to. */
    @Test
    void whatIsNotSeenYetIsWaitedFor() throws Exception {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            Path staged = store.stage();
            Files.write(staged.resolve("weights"), new byte[10]);
            Manifest told = new Manifest(List.of(entry("weights", content(1)), entry("more", content(2))));
            CompletableFuture<CheckpointStore.Stored> commit =
                    CompletableFuture.supplyAsync(() -> store.commit(staged, told));
            Files.write(staged.resolve("weights"), content(1));
            Files.write(staged.resolve("more"), content(2));
            assertThat(store.isIntact(commit.get().id())).isTrue();
        }
    }

    @Test
    void whatIsNeverSeenIsTold() throws IOException {
        Path staged = Files.createDirectories(directory.resolve("staged"));
        Files.write(staged.resolve("weights"), content(1));
        Files.write(staged.resolve("other"), content(1));
        Manifest.Entry weights = entry("weights", content(1));
        Manifest.Entry other = entry("other", content(1));
        assertLacks(staged, "'weights' has 100000 bytes but was saved with 7", entry("weights", new byte[7]), other);
        assertLacks(staged, "'third' has no bytes", weights, other, entry("third", content(1)));
        assertLacks(staged, "'other' was not told of", weights);
    }

    private void assertLacks(Path staged, String what, Manifest.Entry... told) {
        assertThatThrownBy(() -> Saved.of(
                        staged, Optional.of(new Manifest(List.of(told))), directory.resolve("spare"), Duration.ZERO))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("does not become visible")
                .hasMessageContaining(what);
    }

    /** As on another host, where nobody can end it: it stands still, is given up, and goes on. */
    @Test
    @NeedsProgram("sh")
    void aLateWriterChangesNothingThatIsCommitted() throws Exception {
        try (FileCheckpointStore store = FileCheckpointStore.open(directory)) {
            Path lost = store.stage();
            Process writer = new ProcessBuilder(
                            "sh",
                            "-c",
                            "cd \"$1\" && exec 3>weights && echo ready && read go; "
                                    + "echo late >&3; echo late > more; echo late > \"$1/third\"; echo late > ../more; exit 0",
                            "sh",
                            lost.toString())
                    .redirectErrorStream(true)
                    .start();
            assertThat(writer.inputReader().readLine()).isEqualTo("ready");
            signal(writer, "STOP");
            store.abandon(lost);
            Path next = store.stage();
            Files.write(next.resolve("weights"), content(1));
            CheckpointStore.Stored large = store.commit(next);
            Path small = store.stage();
            Files.writeString(small.resolve("weights"), "few");
            Path waiting = store.stage();
            writer.getOutputStream().write("go\n".getBytes(StandardCharsets.UTF_8));
            writer.getOutputStream().flush();
            signal(writer, "CONT");
            assertThat(writer.waitFor()).isZero();
            CheckpointStore.Stored few = store.commit(small);
            assertThat(store.isIntact(large.id())).isTrue();
            try (CheckpointStore.Opened opened = store.open(few.id())) {
                assertThat(opened.directory()).isDirectoryNotContaining("glob:**more");
                assertThat(opened.directory().resolve("weights")).hasContent("few");
            }
            assertThat(waiting).as("what is saved into next").isEmptyDirectory();
        }
    }

    private static void signal(Process process, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
