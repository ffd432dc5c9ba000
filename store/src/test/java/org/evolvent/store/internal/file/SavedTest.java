package org.evolvent.store.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evolvent.runtime.InvalidCheckpointException;
import org.evolvent.runtime.Manifest;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trainer may save, and what is its fault. */
class SavedTest {
    @TempDir
    Path directory;

    private Path saved;

    @BeforeEach
    void make() throws IOException {
        saved = Files.createDirectory(directory.resolve("saved"));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void namesAreThoseOfTheManifest(int bytes) throws IOException {
        Files.createDirectories(saved.resolve("b/c"));
        Files.write(saved.resolve("b/c/d"), new byte[bytes]);
        Files.writeString(saved.resolve("b-a"), "sorts before b/");
        Files.writeString(saved.resolve("a"), "");
        assertThat(read().manifest()).isEqualTo(Manifest.of(saved));
        assertThat(read().content().isPresent()).isEqualTo(bytes == 10);
    }

    @Test
    void aFileWithAnotherNameBecomesACopy() throws IOException {
        Path kept = Files.write(directory.resolve("kept by the trainer"), new byte[100_000]);
        Files.createLink(saved.resolve("weights"), kept);
        Saved before = read();
        Files.writeString(kept, "trained on");
        assertThat(read()).isEqualTo(before);
    }

    @Test
    void linksPipesAndLineBreaksAreRefused() throws Exception {
        Path link = Files.createSymbolicLink(saved.resolve("latest"), Path.of("weights"));
        assertRefused("latest");
        Files.delete(link);
        assertThat(new ProcessBuilder("mkfifo", saved.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertRefused("pipe");
        Files.delete(saved.resolve("pipe"));
        Files.writeString(saved.resolve("a\nb"), "");
        assertRefused("line breaks");
    }

    @Test
    void aDirectoryThatIsGoneIsRefused() throws IOException {
        Files.delete(saved);
        assertRefused("is gone");
        Files.writeString(saved, "a file in its place");
        assertRefused("is gone");
    }

    /** A thread of the trainer that goes on writing. The bytes are the same every time, and still it is noticed. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void aLateWriterIsNoticed(int bytes) throws Exception {
        Path weights = Files.write(saved.resolve("weights"), new byte[bytes]);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(1);
        CompletableFuture<Void> late = CompletableFuture.runAsync(() -> {
            try (OutputStream out = Files.newOutputStream(weights)) {
                while (!done.get()) {
                    out.write(0);
                    writing.countDown();
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writing.await();
        try {
            // Unless the machine gave the writer no time in between, which happens.
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 1000; i++) {
                            read();
                        }
                    })
                    .isInstanceOf(InvalidCheckpointException.class)
                    .hasMessageContaining("'weights' of a checkpoint changed while it was saved")
                    .hasMessageContaining("goes on writing");
        } finally {
            done.set(true);
            late.join();
        }
    }

    private Saved read() throws IOException {
        return Saved.read(saved, directory.resolve("spare"));
    }

    @Test
    void whatMustNotBeReadIsNamedAsTheTrainerKnowsIt() {
        Path weights = saved.resolve("deep").resolve("weights");
        assertThat(Saved.forbidden(saved, new AccessDeniedException(weights.toString())))
                .hasMessageContainingAll("'deep/weights' of a checkpoint must not be read or moved", "\nMaybe ");
        assertThat(Saved.forbidden(saved, new AccessDeniedException("/elsewhere")))
                .hasMessageContaining("The directory of a checkpoint must not be read");
    }

    /** As somebody whom file modes stop; the name says that it is not run as root, whom they do not stop. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_000_000})
    void unlessTheTestsRunAsRootWhatMustNotBeReadIsRefused(int bytes) throws IOException {
        Path weights = Files.write(Files.createDirectory(saved.resolve("deep")).resolve("weights"), new byte[bytes]);
        Files.setPosixFilePermissions(weights, Set.of());
        Assumptions.assumeFalse(Files.isReadable(weights), "NOT RUN: file modes do not stop root");
        assertRefused("'deep/weights' of a checkpoint must not be read or moved");
    }

    /** The directory is one of the store's: whoever wrote the trainer has never heard of it. */
    private void assertRefused(String why) {
        assertThatThrownBy(this::read)
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("\nMaybe ")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(saved.toString()));
    }
}
