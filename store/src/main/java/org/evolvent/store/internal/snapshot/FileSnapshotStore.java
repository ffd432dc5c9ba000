package org.evolvent.store.internal.snapshot;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.store.internal.disk.Failures;

/**
 * The latest snapshot, in one text file: lines of JSON and, as the last line, the SHA-256 of what precedes it. The first line names the
 * number of events and the log's chain there, so that a snapshot of another log, or of a log that went back, is recognised. It is replaced
 * by renaming and never forced to the device: after a loss of power it is whole, or recognised as not whole, or gone.
 *
 * <p>No link is followed.
 */
public final class FileSnapshotStore implements SnapshotStore {
    private static final int HEX_DIGITS = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final LongFunction<Optional<String>> chain;

    /**
     * Creates one; nothing is read or written yet.
     *
     * @param file where it is kept
     * @param chain gives a text that stands for the first so many events of the log; empty when the log has fewer
     */
    public FileSnapshotStore(Path file, LongFunction<Optional<String>> chain) {
        this.file = file;
        this.chain = chain;
    }

    @Override
    public synchronized long write(Snapshot snapshot) {
        Optional<Memory> memory = snapshot.state().strategy().memory();
        Optional<String> bound = chain.apply(snapshot.events());
        if (memory.isEmpty() || bound.isEmpty()) {
            return 0;
        }
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        MessageDigest sha = sha256();
        try {
            Files.deleteIfExists(fresh);
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    BUFFER_BYTES)) {
                DigestOutputStream hashed = new DigestOutputStream(out, sha);
                SnapshotJson.write(snapshot, memory.get(), bound.get(), line -> {
                    hashed.write(line.getBytes(StandardCharsets.UTF_8));
                    hashed.write('\n');
                });
                out.write(HexFormat.of().formatHex(sha.digest()).getBytes(StandardCharsets.US_ASCII));
            }
            long bytes = Files.size(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return bytes;
        } catch (IOException e) {
            throw new EvolventException("The snapshot %s cannot be written: %s".formatted(file, e.getMessage()), e);
        }
    }

    @Override
    @SuppressWarnings("CatchingUnchecked") // Whatever is wrong with it, the log says the same.
    public Optional<Snapshot> read(Study study) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (!isWhole(channel)) {
                return Optional.empty();
            }
            channel.position(0);
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8), BUFFER_BYTES);
            return SnapshotJson.read(study, lines, chain);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns what is wrong with the file, in words; empty when it is whole or there is none. Whether it is of this log is not asked. */
    public Optional<String> damage() {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return isWhole(channel)
                    ? Optional.empty()
                    : Optional.of(
                            "its last line is not the SHA-256 of those before, so that it is ignored.\nMaybe delete it: the log says the same.");
        } catch (IOException e) {
            return Optional.of("it cannot be read: %s".formatted(Failures.describe(e)));
        }
    }

    private static boolean isWhole(SeekableByteChannel channel) throws IOException {
        MessageDigest sha = sha256();
        InputStream in = Channels.newInputStream(channel);
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = channel.size() - HEX_DIGITS; left > 0; ) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                return false;
            }
            sha.update(buffer, 0, n);
            left -= n;
        }
        String digest = new String(in.readNBytes(HEX_DIGITS), StandardCharsets.US_ASCII);
        return digest.equals(HexFormat.of().formatHex(sha.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
