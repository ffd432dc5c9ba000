package org.evolvent.store.internal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;

/**
 * Where a database can be read: SQLite needs an index of its write-ahead log beside it, and cannot make one where nothing can be written.
 * Copies go with the process; those of a killed one go with the next that makes one. Thread-safe.
 */
final class ReadableCopy {
    private static final String PREFIX = "evolvent-log-";

    /** Locked as long as the process lives whose copy it is. */
    private static final String HELD = "held";

    /** POSIX drops a lock when its process closes any descriptor of the file: those of this process are left alone. */
    private static final Map<Path, FileChannel> OWN = new ConcurrentHashMap<>();

    private ReadableCopy() {}

    /** Returns the file, or a copy of it in a temporary directory, which goes with the process. */
    static Path where(Path file) {
        Path directory = file.toAbsolutePath().getParent();
        Path index = file.resolveSibling(file.getFileName() + "-shm");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || directory == null
                || Files.isWritable(directory)
                || Files.exists(index, LinkOption.NOFOLLOW_LINKS)) {
            return file;
        }
        try {
            return copy(file);
        } catch (IOException e) {
            throw Failures.of(
                    "The event store %s lies where nothing can be written, and cannot be copied".formatted(file), e);
        }
    }

    /** Returns a copy in a directory of its own. */
    static Path copy(Path file) throws IOException {
        Path temporary = Files.createTempDirectory(PREFIX);
        sweep(Objects.requireNonNull(temporary.getParent()));
        hold(temporary);
        Path copy = temporary.resolve(file.getFileName());
        for (String part : List.of("", "-wal")) {
            Path from = file.resolveSibling(file.getFileName() + part);
            if (Files.isRegularFile(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(from, copy.resolveSibling(copy.getFileName() + part));
            }
        }
        for (String part : List.of("", "-wal", "-shm")) {
            copy.resolveSibling(copy.getFileName() + part).toFile().deleteOnExit();
        }
        return copy;
    }

    /** Locks it until the process ends, which closes the channel. */
    private static void hold(Path temporary) throws IOException {
        Path held = temporary.resolve(HELD);
        // What is registered first is deleted last.
        temporary.toFile().deleteOnExit();
        held.toFile().deleteOnExit();
        // Under its name it is locked from the first moment on.
        Path fresh = temporary.resolve(HELD + ".new");
        FileChannel channel = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OWN.put(temporary, channel);
        channel.lock();
        Files.move(fresh, held, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the copies of processes that are no more, as well as that goes. */
    private static void sweep(Path parent) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path each : found) {
                if (!OWN.containsKey(each) && isNobodys(each.resolve(HELD))) {
                    deleteIfPossible(each);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // They take room but do no harm.
        }
    }

    private static boolean isNobodys(Path held) {
        try (FileChannel channel = FileChannel.open(held, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return false; // Somebody else's, or just being made.
        }
    }

    private static void deleteIfPossible(Path directory) {
        try {
            Disk.deleteTree(directory);
        } catch (IOException e) {
            // As above.
        }
    }
}
