package org.evolvent.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.InvalidCheckpointException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link CheckpointStore} does. */
public abstract class CheckpointStoreContract {
    private static final CheckpointId UNKNOWN = new CheckpointId("0".repeat(64));

    private CheckpointStore store;

    /** Returns a new, empty store. */
    protected abstract CheckpointStore create();

    /** Closes a store and opens what it stored again. */
    protected abstract CheckpointStore reopen(CheckpointStore store);

    /** Changes the bytes of a committed file, {@code weights}, behind the store's back. */
    protected abstract void damage(CheckpointStore store, CheckpointId id) throws IOException;

    @BeforeEach
    void createStore() {
        store = create();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void stagesInFreshEmptyDirectories() throws IOException {
        Path first = store.stage();
        Path second = store.stage();
        assertThat(first).isNotEqualTo(second);
        assertThat(names(first)).isEmpty();
        assertThat(names(second)).isEmpty();
    }

    @Test
    void givesBackTheFilesThatWereSaved() throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), "w");
        Files.createDirectories(staged.resolve("optimizer/moments"));
        Files.writeString(staged.resolve("optimizer/moments/first"), "m");
        CheckpointStore.Stored stored = store.commit(staged);
        try (CheckpointStore.Opened opened = store.open(stored.id())) {
            Path files = opened.directory();
            assertThat(names(files)).containsExactly("optimizer", "weights");
            assertThat(files.resolve("weights")).hasContent("w");
            assertThat(files.resolve("optimizer").resolve("moments").resolve("first"))
                    .hasContent("m");
            opened.close();
        }
        assertThat(stored.bytes()).isEqualTo(2);
        assertThat(store.isIntact(stored.id())).isTrue();
        assertThat(store.list()).containsExactly(stored.id());
    }

    @Test
    void namesByContent() throws IOException {
        CheckpointId first = save("weights", "same");
        CheckpointId again = save("weights", "same");
        CheckpointId otherBytes = save("weights", "other");
        CheckpointId otherName = save("parameters", "same");
        assertThat(again).isEqualTo(first);
        assertThat(Set.of(first, otherBytes, otherName)).hasSize(3);
        assertThat(store.list()).containsExactlyInAnyOrder(first, otherBytes, otherName);
        assertContent(first, "same");
    }

    @Test
    void sharesContentWithoutSharingFate() throws IOException {
        String block = "x".repeat(10_000);
        CheckpointId first = save("weights", block);
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), block);
        Files.writeString(staged.resolve("step"), "2");
        CheckpointId second = store.commit(staged).id();
        store.release(first);
        store.discard(List.of(first));
        assertThat(store.isIntact(first)).isFalse();
        assertContent(second, block);
    }

    @Test
    void keepsACheckpointWithoutFiles() {
        CheckpointId id = store.commit(store.stage()).id();
        try (CheckpointStore.Opened opened = store.open(id)) {
            assertThat(names(opened.directory())).isEmpty();
        }
        assertThat(store.isIntact(id)).isTrue();
    }

    @Test
    void refusesWhatIsNoFile() throws IOException {
        Path staged = store.stage();
        Files.createSymbolicLink(staged.resolve("latest"), staged.resolve("weights"));
        assertThatThrownBy(() -> store.commit(staged))
                .isInstanceOf(InvalidCheckpointException.class)
                .hasMessageContaining("latest");
        assertThat(staged).doesNotExist();
    }

    @Test
    void refusesADirectoryThatIsGone() throws IOException {
        Path staged = store.stage();
        Files.delete(staged);
        assertThatThrownBy(() -> store.commit(staged)).isInstanceOf(InvalidCheckpointException.class);
    }

    @Test
    void abandonsWhatWasStaged() throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), "half");
        store.abandon(staged);
        assertThat(Files.exists(staged)).isFalse();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void doesNotDiscardWhatIsPinned() throws IOException {
        CheckpointId id = save("weights", "w");
        assertThat(save("weights", "w")).isEqualTo(id);
        store.discard(List.of(id));
        assertThat(store.isIntact(id)).isTrue();
        store.release(id);
        store.discard(List.of(id));
        assertThat(store.isIntact(id)).as("pinned once more").isTrue();
        store.release(id);
        store.discard(List.of(id, UNKNOWN));
        assertThat(store.isIntact(id)).isFalse();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(store.isIntact(UNKNOWN)).isFalse();
        assertLost(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void noticesDamageAndNamesTheFile(int bytes) throws IOException {
        CheckpointId id = save("weights", "x".repeat(bytes));
        store.release(id);
        damage(store, id);
        assertLost(id).hasMessageContaining("'weights'");
        store.discard(List.of(id));
        assertThat(save("weights", "x".repeat(bytes))).isEqualTo(id);
        assertThat(store.isIntact(id)).as("saved again").isTrue();
    }

    private AbstractThrowableAssert<?, ?> assertLost(CheckpointId id) {
        assertThat(store.isIntact(id)).isFalse();
        return assertThatThrownBy(() -> store.open(id))
                .isInstanceOf(DamagedCheckpointException.class)
                .hasMessageContaining(id.digest())
                .satisfies(failure -> assertThat(((DamagedCheckpointException) failure).checkpoint())
                        .isEqualTo(id));
    }

    @Test
    void sweepsWhatNobodyNeeds() throws IOException {
        CheckpointId reachable = save("weights", "reachable");
        CheckpointId pinned = save("weights", "pinned");
        CheckpointId stray = save("weights", "stray");
        store.release(reachable);
        store.release(stray);
        Path staged = store.stage();
        Files.writeString(staged.resolve("weights"), "half");
        assertThat(store.sweep(Set.of(reachable))).isEqualTo(2);
        assertThat(store.list()).containsExactlyInAnyOrder(reachable, pinned);
        assertThat(store.isIntact(reachable)).isTrue();
        assertThat(Files.exists(staged)).isFalse();
        assertThat(store.sweep(Set.of(reachable))).isZero();
        assertThat(save("weights", "after")).isNotNull();
    }

    @Test
    void keepsCheckpointsOverReopening() throws IOException {
        CheckpointId small = save("weights", "small");
        CheckpointId large = save("weights", "x".repeat(100_000));
        store = reopen(store);
        assertThat(store.list()).containsExactlyInAnyOrder(small, large);
        assertThat(store.isIntact(small)).isTrue();
        assertThat(store.isIntact(large)).isTrue();
        assertThat(save("weights", "small")).isEqualTo(small);
    }

    /** Whoever has committed holds a pin, however many others discard the same content at the same moment. */
    @Test
    void neverDiscardsWhatSomebodyIsCommitting() throws Exception {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(this::churn).toList());
            for (Future<Void> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        assertThat(store.list()).isEmpty();
        assertThat(store.sweep(Set.of())).isZero();
    }

    private Callable<Void> churn(int seed) {
        Random random = new Random(seed);
        return () -> {
            for (int i = 0; i < 200; i++) {
                String content = Integer.toString(random.nextInt(3)).repeat(random.nextBoolean() ? 10 : 5000);
                CheckpointId id = save("weights", content);
                assertContent(id, content);
                store.release(id);
                store.discard(List.of(id));
            }
            return null;
        };
    }

    @Test
    void mayBeClosedTwice() {
        store.close();
        store.close();
    }

    private void assertContent(CheckpointId id, String content) {
        try (CheckpointStore.Opened opened = store.open(id)) {
            assertThat(opened.directory().resolve("weights")).hasContent(content);
        }
    }

    private CheckpointId save(String file, String content) throws IOException {
        Path staged = store.stage();
        Files.writeString(staged.resolve(file), content);
        return store.commit(staged).id();
    }

    private static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
