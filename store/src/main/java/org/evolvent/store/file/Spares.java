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
 * Directories and manifest files of discarded checkpoints, to be used again. Making and deleting files is what a small checkpoint costs
 * most: ext4 looks for a place for each new one, and without a journal it passes over all that were deleted in the last minutes, which
 * after some thousand intervals takes half a millisecond each. Thread-safe.
 */
final class Spares {
    /** About what a second of the fastest trainers leaves behind; what comes on top is deleted. */
    private static final int MOST = 4096;

    private static final String FULL = "full-";

    private final Queue<Path> directories = new ArrayBlockingQueue<>(MOST);
    private final Queue<Path> fullDirectories = new ArrayBlockingQueue<>(MOST);
    private final Queue<Path> manifests = new ArrayBlockingQueue<>(MOST);

    /** Takes an empty directory. */
    Optional<Path> directory() {
        return Optional.ofNullable(directories.poll());
    }

    /** Takes a directory with files in it that are there to be {@linkplain Disk#overwrite overwritten}. */
    Optional<Path> fullDirectory() {
        return Optional.ofNullable(fullDirectories.poll());
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

    /** Keeps a directory as it is, or deletes it. */
    void giveFullDirectory(Path directory) throws IOException {
        if (!fullDirectories.offer(directory)) {
            Disk.deleteTree(directory);
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
        for (Queue<Path> queue : Set.of(directories, fullDirectories, manifests)) {
            for (Path path = queue.poll(); path != null; path = queue.poll()) {
                Disk.deleteTree(path);
            }
        }
    }

    /** Returns the name of a directory that is to be kept as it is. */
    static String nameOfFull(String name) {
        return FULL + name;
    }

    /** Returns whether something left in the staging directory is of the kind kept here, and so not worth to be mentioned. */
    static boolean isSpare(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || path.getFileName().toString().startsWith(FULL)) {
            return true;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            return !entries.iterator().hasNext();
        }
    }
}
