package org.evolvent.store.internal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.InvalidCheckpointException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;

/** Tells whether files are those that were committed. Stateless. */
final class Inspection {
    private Inspection() {}

    /**
     * Compares.
     *
     * @param directory the checkpoint, or a copy of it
     * @return what is wrong, in words; empty when nothing is
     * @throws IOException when the device does not read
     */
    static Optional<String> damage(CheckpointId id, Layout layout, Path directory) throws IOException {
        if (!Files.isDirectory(layout.files(id), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of("it is missing");
        }
        Manifest found;
        try {
            found = Manifest.of(directory);
        } catch (InvalidCheckpointException e) {
            return Optional.of(what(e));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof AccessDeniedException || e.getCause() instanceof NoSuchFileException) {
                return Optional.of("%s cannot be read".formatted(e.getCause().getMessage()));
            }
            throw e.getCause();
        }
        if (found.id().equals(id)) {
            return Optional.empty();
        }
        Optional<Manifest> committed = layout.readManifest(id);
        return Optional.of(committed
                .map(known -> known.differenceTo(found) + time(id, layout, known, found))
                .orElse("its manifest is damaged too, so nobody knows which file is"));
    }

    /** Returns what cannot be part of a checkpoint, without what its trainer could do about that. */
    static String what(InvalidCheckpointException invalid) {
        return String.valueOf(invalid.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * Returns the size of all files in a directory together; nothing of one that does not exist.
     *
     * @throws InvalidCheckpointException when there is anything but files and directories
     */
    static long bytes(Path directory) throws IOException {
        long bytes = 0;
        for (Path entry : Disk.list(directory)) {
            BasicFileAttributes found =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isDirectory() && !found.isRegularFile()) {
                throw Manifest.unfit(entry.getFileName().toString());
            }
            bytes += found.isDirectory() ? bytes(entry) : found.size();
        }
        return bytes;
    }

    /** Says when the first file that differs was written to, if that was after the commit. */
    private static String time(CheckpointId id, Layout layout, Manifest committed, Manifest found) {
        Set<Manifest.Entry> same = new HashSet<>(found.files());
        for (Manifest.Entry entry : committed.files()) {
            if (!same.contains(entry)) {
                try {
                    FileTime changed = modified(layout.files(id).resolve(entry.path()));
                    return changed.compareTo(modified(layout.manifest(id))) > 0
                            ? ". It was changed at %s, after it was committed: maybe by a thread of the trainer that went on writing, or by hand"
                                    .formatted(changed)
                            : "";
                } catch (IOException e) {
                    return "";
                }
            }
        }
        return "";
    }

    private static FileTime modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS);
    }
}
