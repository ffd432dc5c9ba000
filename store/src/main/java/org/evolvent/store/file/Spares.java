package org.evolvent.store.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.evolvent.store.disk.Disk;

/**
 * Empty directories and manifest files of discarded checkpoints, to be used again. Making and deleting them is what a small checkpoint
 * costs most: ext4 looks for a place for each new directory, and passes over all inodes that were freed in the last minute, which after
 * some thousand intervals takes milliseconds. Thread-safe.
 */
final class Spares {
    /** More than are in flight; what comes on top is deleted. */
    private static final int MOST = 256;

    private final Queue<Path> directories = new ArrayBlockingQueue<>(MOST);
    private final Queue<Path> manifests = new ArrayBlockingQueue<>(MOST);

    /** Takes an empty directory. */
    Optional<Path> directory() {
        return Optional.ofNullable(directories.poll());
    }

    /** Takes a file to write a manifest into. */
    Optional<Path> manifest() {
        return Optional.ofNullable(manifests.poll());
    }

    /** Empties a directory that nobody uses any more, and keeps or deletes it. */
    void giveDirectory(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                Disk.deleteTree(entry);
            }
        }
        if (!directories.offer(directory)) {
            Files.delete(directory);
        }
    }

    /** Keeps or deletes a manifest that nobody uses any more. */
    void giveManifest(Path manifest) throws IOException {
        if (!manifests.offer(manifest)) {
            Files.delete(manifest);
        }
    }

    /** Deletes all. */
    void clear() throws IOException {
        for (Queue<Path> queue : Set.of(directories, manifests)) {
            for (Path path = queue.poll(); path != null; path = queue.poll()) {
                Disk.deleteTree(path);
            }
        }
    }

    /** Returns whether something left in the staging directory is of the kind kept here, and so not worth to be mentioned. */
    static boolean isSpare(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }
}
