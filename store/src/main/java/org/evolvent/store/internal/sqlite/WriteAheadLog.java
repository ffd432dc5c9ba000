package org.evolvent.store.internal.sqlite;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;

/**
 * What SQLite does not say: it reads a write-ahead log up to the first frame that is damaged, and drops in silence what was committed
 * behind it. The format is SQLite's (<a href="https://www.sqlite.org/fileformat2.html#walformat">section 4</a>): a header of 32 bytes,
 * then frames of a header of 24 bytes and a page; all in a chain of checksums, and with the salts of the header.
 */
public final class WriteAheadLog {
    private static final int HEADER_BYTES = 32;
    private static final int FRAME_HEADER_BYTES = 24;
    private static final int MAGIC = 0x377F0682;
    private static final int LEAST_PAGE_BYTES = 512;
    private static final int MOST_PAGE_BYTES = 65536;

    /**
     * What cannot be read.
     *
     * @param frame the first damaged frame, from 1; 0 for the header
     * @param commits how many commits cannot be read, at most
     * @param salts names the log among those that the file held one after the other
     */
    record Damage(long frame, long commits, long salts) {}

    private final ByteOrder order;
    private final int pageBytes;
    private final long salts;
    private int sum1;
    private int sum2;

    private WriteAheadLog(ByteBuffer header) {
        int magic = header.getInt(0);
        this.order = (magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        this.pageBytes = header.getInt(8);
        this.salts = header.getLong(16);
    }

    /** Returns where the write-ahead log of a database lies. */
    static Path of(Path database) {
        return database.resolveSibling(database.getFileName() + "-wal");
    }

    /**
     * Looks for commits that cannot be read. While somebody writes, what it sees may be half old and half new: so it looks twice.
     *
     * @param database the database, which need not have such a log
     * @return what was found, in words
     */
    public static Optional<String> damage(Path database) {
        return found(database).map(damage -> message(database, damage));
    }

    /**
     * Keeps a copy of a log with commits that cannot be read, before SQLite drops them. To be called while nobody has the database open.
     *
     * @return what was found and where the copy is, in words; empty when nothing is wrong
     */
    public static Optional<String> preserve(Path database) {
        Optional<Damage> damage = found(database);
        if (damage.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path copy = Disk.unused(of(database).resolveSibling(of(database).getFileName() + ".damaged"));
            Files.copy(of(database), copy);
            Disk.force(copy);
            Disk.forceName(copy);
            return Optional.of("%s A copy of it is kept: %s".formatted(message(database, damage.get()), copy));
        } catch (IOException e) {
            throw Failures.of(
                    message(database, damage.get()) + "\nIt is left as it is, for no copy of it can be kept", e);
        }
    }

    private static String message(Path database, Damage damage) {
        return "The write-ahead log of %s is damaged %s. Up to %s transactions from there on cannot be read; what they held is done again."
                .formatted(database, damage.frame == 0 ? "in its header" : "in frame " + damage.frame, damage.commits);
    }

    private static Optional<Damage> found(Path database) {
        Path file = of(database);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Optional<Damage> first = read(file);
            return first.isEmpty() ? first : read(file).filter(again -> again.salts == first.get().salts);
        } catch (IOException e) {
            throw Failures.of("The write-ahead log of %s cannot be read".formatted(database), e);
        }
    }

    private static Optional<Damage> read(Path file) throws IOException {
        long size = Files.size(file);
        if (size <= HEADER_BYTES) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file);
                DataInputStream data = new DataInputStream(new BufferedInputStream(in, 1 << 16))) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            data.readFully(header.array());
            WriteAheadLog log = new WriteAheadLog(header);
            return log.isValid(header) ? log.readFrames(data) : Optional.of(new Damage(0, 1, log.salts));
        }
    }

    private boolean isValid(ByteBuffer header) {
        if ((header.getInt(0) & ~1) != MAGIC
                || pageBytes < LEAST_PAGE_BYTES
                || pageBytes > MOST_PAGE_BYTES
                || Integer.bitCount(pageBytes) != 1) {
            return false;
        }
        sum(header, 0, 24);
        return sum1 == header.getInt(24) && sum2 == header.getInt(28);
    }

    private Optional<Damage> readFrames(DataInputStream data) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + pageBytes);
        long bad = 0;
        long commits = 0;
        for (long number = 1; ; number++) {
            try {
                data.readFully(frame.array());
            } catch (EOFException e) {
                return commits > 0 ? Optional.of(new Damage(bad, commits, salts)) : Optional.empty();
            }
            boolean ours = frame.getLong(8) == salts;
            boolean next = bad == 0 && isNext(frame);
            if (bad == 0 && !(ours && next)) {
                bad = number;
            }
            // Of the frame itself either the salts may be damaged or what the checksum covers.
            if (bad > 0 && (ours || next) && frame.getInt(4) != 0) {
                commits++;
            }
        }
    }

    private boolean isNext(ByteBuffer frame) {
        sum(frame, 0, 8);
        sum(frame, FRAME_HEADER_BYTES, pageBytes);
        return sum1 == frame.getInt(16) && sum2 == frame.getInt(20);
    }

    private void sum(ByteBuffer bytes, int from, int length) {
        ByteBuffer words = bytes.duplicate().order(order);
        for (int i = from; i < from + length; i += 8) {
            sum1 += words.getInt(i) + sum2;
            sum2 += words.getInt(i + 4) + sum1;
        }
    }
}
