package org.evolvent.store.internal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;

/**
 * The directories of this process for what comes and goes. They have a parent of their own with a name that no other process has or had,
 * so that nothing a killed process left can be in the way; it is deleted by whoever comes next, as well as that goes. Thread-safe.
 */
final class Staging {
    private static final FileAttribute<?> PERMISSIONS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));

    private final Path parent;
    private final Path own;
    private final AtomicLong made = new AtomicLong();

    /** Directories to be used again, under another name: to make one is what a small checkpoint costs most on some file systems. */
    private final Queue<Path> empty = new ConcurrentLinkedQueue<>();

    private Staging(Path parent, Path own) {
        this.parent = parent;
        this.own = own;
    }

    static Staging open(Path parent) throws IOException {
        if (Files.exists(parent, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            throw new EvolventException(
                    "%s is a link or a file, but must be a directory. It is left alone.\nMaybe delete it: nothing that is needed is in there."
                            .formatted(parent));
        }
        Files.createDirectories(parent);
        String process = ProcessHandle.current().pid() + "-";
        return new Staging(parent, Files.createTempDirectory(parent, process, PERMISSIONS));
    }

    /** Returns an empty directory. */
    Path directory() throws IOException {
        Path spare = empty.poll();
        if (spare != null) {
            return spare;
        }
        Path fresh = path();
        try {
            return Files.createDirectory(fresh);
        } catch (NoSuchFileException e) {
            // Somebody cleaned up.
            Files.createDirectories(own);
            return Files.createDirectory(fresh);
        }
    }

    /** Returns a path at which nothing is, and was. */
    Path path() {
        return own.resolve(Long.toString(made.getAndIncrement()));
    }

    /** Takes back a directory that nobody uses any more. What cannot be deleted waits for the next process. */
    void giveBack(Path directory) {
        try {
            for (Path entry : Disk.list(directory)) {
                Disk.deleteTree(entry);
            }
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                // Whoever goes on writing to the old name shall not write into what comes next.
                empty.add(Files.move(directory, path(), StandardCopyOption.ATOMIC_MOVE));
            }
        } catch (IOException e) {
            // Its name is never used again.
        }
    }

    /** Deletes what nobody uses any more. What cannot be deleted waits for the next process. */
    void delete(Path path) {
        try {
            Disk.deleteTree(path);
        } catch (IOException e) {
            // Its name is never used again.
        }
    }

    /**
     * Deletes everything that others left here.
     *
     * @param troubles is told what could not be deleted
     * @return how many things there were
     */
    int sweepOthers(List<String> troubles) {
        return sweep(parent, own, troubles);
    }

    /** Deletes everything that this process has here; returns how many things there were. */
    int sweepOwn(List<String> troubles) {
        List<Path> spares = new ArrayList<>(empty);
        empty.clear();
        return sweep(own, own, troubles) - spares.size();
    }

    private static int sweep(Path directory, Path except, List<String> troubles) {
        int found = 0;
        for (Path entry : entries(directory)) {
            if (!entry.equals(except)) {
                found++;
                try {
                    Disk.deleteTree(entry);
                } catch (IOException e) {
                    troubles.add("%s cannot be deleted, which takes room but does no harm: %s"
                            .formatted(entry, Failures.describe(e)));
                }
            }
        }
        return found;
    }

    private static List<Path> entries(Path directory) {
        try {
            return Disk.list(directory);
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Deletes everything of this process. */
    void close() {
        delete(own);
    }
}
