package org.evolvent.store.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.LongFunction;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.testkit.contract.SnapshotStoreContract;
import org.evolvent.testkit.internal.contract.RandomLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSnapshotStoreTest extends SnapshotStoreContract {
    @TempDir
    Path directory;

    @Override
    protected SnapshotStore create(LongFunction<Optional<String>> chain) {
        return new FileSnapshotStore(directory.resolve("snapshot.jsonl"), chain);
    }

    private final Study study = RandomLog.study(Pbt.standard());

    private SnapshotStore written(Path file) {
        SnapshotStore store = new FileSnapshotStore(file, events -> Optional.of("chain"));
        Snapshot snapshot = Snapshot.initial(study);
        for (Event event : RandomLog.of(study, new RandomStream(1)).subList(0, 40)) {
            snapshot = snapshot.after(event);
        }
        assertThat(store.write(snapshot)).isEqualTo(file.toFile().length());
        assertThat(store.read(study)).isPresent();
        return store;
    }

    @Test
    void anyByteThatIsNotWhatWasWrittenMakesItNothing() throws IOException {
        Path file = directory.resolve("flipped");
        SnapshotStore store = written(file);
        byte[] bytes = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at = 0; at < bytes.length; at++) {
                // The other case of a letter, or the next digit.
                byte other = (byte) (bytes[at] ^ (at % 2 == 0 ? 0x20 : 0x01));
                channel.write(ByteBuffer.wrap(new byte[] {other}), at);
                assertThat(store.read(study)).as("byte %s", at).isEmpty();
                channel.write(ByteBuffer.wrap(bytes, at, 1), at);
            }
        }
        assertThat(store.read(study)).isPresent();
    }

    @Test
    void aPartIsNothing() throws IOException {
        Path file = directory.resolve("cut");
        SnapshotStore store = written(file);
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 63, 64, 65, bytes.length / 2, bytes.length - 1}) {
            Files.write(file, Arrays.copyOf(bytes, length));
            assertThat(store.read(study)).as("%s bytes", length).isEmpty();
        }
    }

    @Test
    void aSnapshotOfAnotherStudyIsNothing() {
        SnapshotStore store = written(directory.resolve("other"));
        Study other = Study.named("other", study.space(), study.objective(), study.budget(), 10)
                .build();
        assertThat(store.read(other)).isEmpty();
    }

    @Test
    void aSnapshotOfAnotherVersionIsNothing() throws Exception {
        Path file = directory.resolve("newer");
        SnapshotStore store = written(file);
        String text = Files.readString(file);
        String lines = text.substring(0, text.lastIndexOf('\n') + 1);
        seal(file, lines);
        assertThat(store.read(study)).as("sealed as it was").isPresent();
        seal(file, lines.replaceFirst("\"v\":" + SnapshotJson.VERSION, "\"v\":99"));
        assertThat(store.read(study)).isEmpty();
    }

    private static void seal(Path file, String lines) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, lines + HexFormat.of().formatHex(digest));
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Path file = directory.resolve("link");
        Path elsewhere = directory.resolve("elsewhere");
        written(elsewhere);
        byte[] before = Files.readAllBytes(elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        SnapshotStore store = new FileSnapshotStore(file, events -> Optional.of("chain"));
        assertThat(store.read(study)).isEmpty();
        Files.createSymbolicLink(directory.resolve(".link.new"), elsewhere);
        store.write(Snapshot.initial(study));
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(elsewhere).hasBinaryContent(before);
        assertThat(store.read(study).orElseThrow().events()).isZero();
    }

    @Test
    void saysWhatCannotBeWritten() {
        Path file = directory.resolve("nowhere").resolve("snapshot");
        SnapshotStore store = new FileSnapshotStore(file, events -> Optional.of("chain"));
        assertThatThrownBy(() -> store.write(Snapshot.initial(study)))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining(file.toString());
    }
}
