package org.evolvent.store.internal.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.InvalidCheckpointException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;

/**
 * What a trainer saved, read once and found not to change meanwhile.
 *
 * @param manifest what it consists of
 * @param content the bytes of all files, in the order of the manifest, when they are few
 * @param told whether nobody has read the files here, but who saved them has told what they are
 */
record Saved(Manifest manifest, Optional<byte[]> content, boolean told) {
    /** Checkpoints below this size are small: from about here on a file is faster than a row of a database. */
    static final long SMALL_BYTES = 1 << 16;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    /**
     * What tells that a file was written to.
     *
     * @param attributes its size, times, number and how many names it has; nothing of a directory
     */
    private record Stamp(boolean isDirectory, Map<String, Object> attributes) {
        private static final String ATTRIBUTES = "unix:size,lastModifiedTime,ctime,ino,nlink";

        static Stamp of(Path path, String name) throws IOException {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return new Stamp(true, Map.of());
            }
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                throw Manifest.unfit(name);
            }
            return new Stamp(false, Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
        }

        long bytes() {
            return attributes.get("size") instanceof Long bytes ? bytes : 0;
        }

        boolean hasOtherNames() {
            return attributes.get("nlink") instanceof Integer links && links > 1;
        }
    }

    /** Returns what was saved into a directory, as it was told or else {@linkplain #read as it is read}. */
    static Saved of(Path directory, Optional<Manifest> told, Path spare, Duration lag) throws IOException {
        return told.isPresent() ? told(directory, told.get(), spare, lag) : read(directory, spare);
    }

    /**
     * Reads a directory. Of a file with another name outside it becomes a copy, so that nobody can change it under that name.
     *
     * @param spare a path on the same file system at which nothing is
     * @throws InvalidCheckpointException when it cannot be a checkpoint, or somebody still writes to it
     */
    static Saved read(Path directory, Path spare) throws IOException {
        try {
            SortedMap<String, Stamp> before = look(directory);
            if (separate(directory, before, spare)) {
                before = look(directory);
            }
            Saved saved = isSmall(before) ? readSmall(directory, before) : readLarge(directory);
            requireUnchanged(before, look(directory));
            return saved;
        } catch (NoSuchFileException e) {
            throw new InvalidCheckpointException(
                    "%s is gone: it was removed while it was saved.\nMaybe the trainer, or a process that it left, cleans up there: let it wait until 'save' has returned."
                            .formatted(named(directory, e)),
                    e);
        } catch (AccessDeniedException e) {
            throw forbidden(directory, e);
        }
    }

    /**
     * Takes somebody's word for what is in a directory, as far as names and sizes are as they were told. On a file system that other hosts write
     * to, that may take a moment. What is small is read all the same, and so is a file with another name outside.
     *
     * @param spare a path on the same file system at which nothing is
     * @param lag how long that may take
     * @throws EvolventException when names or sizes do not become what was told
     */
    private static Saved told(Path directory, Manifest told, Path spare, Duration lag) throws IOException {
        SortedMap<String, Stamp> found = look(directory);
        long end = System.nanoTime() + lag.toNanos();
        for (Optional<String> lack = lack(told, found); lack.isPresent(); lack = lack(told, found)) {
            if (System.nanoTime() > end) {
                throw new EvolventException(
                        "A checkpoint does not become visible here as it was saved, for %s seconds: %s.\nMaybe the trainer's host and this one do not see the same directory, or something of the trainer goes on writing after 'save'."
                                .formatted(lag.toSeconds(), lack.get()));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            found = look(directory);
        }
        return isSmall(found) || found.values().stream().anyMatch(Stamp::hasOtherNames)
                ? read(directory, spare)
                : new Saved(told, Optional.empty(), true);
    }

    private static Optional<String> lack(Manifest told, SortedMap<String, Stamp> found) {
        SortedMap<String, Stamp> rest = new TreeMap<>(found);
        for (Manifest.Entry entry : told.files()) {
            Stamp stamp = rest.remove(entry.path());
            if (stamp == null || stamp.isDirectory || stamp.bytes() != entry.bytes()) {
                return Optional.of("the file '%s' has %s bytes but was saved with %s"
                        .formatted(entry.path(), stamp == null ? "no" : stamp.bytes(), entry.bytes()));
            }
        }
        rest.values().removeIf(Stamp::isDirectory);
        return rest.keySet().stream().findFirst().map("the file '%s' was not told of"::formatted);
    }

    /** Returns the exception for what the trainer has saved so that nobody may read or move it. */
    static InvalidCheckpointException forbidden(Path directory, AccessDeniedException denied) {
        return new InvalidCheckpointException(
                "%s must not be read or moved, so that it cannot be saved.\nMaybe let the trainer make it with the permissions that are usual (chmod u+rwX)."
                        .formatted(named(directory, denied)),
                denied);
    }

    /** Returns what a failure is about as the trainer knows it: the directory has a name that nobody has chosen. */
    private static String named(Path directory, FileSystemException failure) {
        Path file = Path.of(String.valueOf(failure.getFile()));
        return file.startsWith(directory) && !file.equals(directory)
                ? "The file '%s' of a checkpoint".formatted(directory.relativize(file))
                : "The directory of a checkpoint";
    }

    private static SortedMap<String, Stamp> look(Path directory) throws IOException {
        SortedMap<String, Stamp> found = new TreeMap<>();
        look(directory, "", found);
        return found;
    }

    private static void look(Path directory, String prefix, SortedMap<String, Stamp> found) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(directory.toString());
        }
        for (Path entry : Disk.list(directory)) {
            String name = prefix + entry.getFileName();
            if (name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0) {
                throw Manifest.unfitName(name);
            }
            Stamp stamp = Stamp.of(entry, name);
            found.put(name, stamp);
            if (stamp.isDirectory) {
                look(entry, name + "/", found);
            }
        }
    }

    private static boolean separate(Path directory, SortedMap<String, Stamp> found, Path spare) throws IOException {
        boolean any = false;
        for (Map.Entry<String, Stamp> each : found.entrySet()) {
            if (each.getValue().hasOtherNames()) {
                Disk.replaceByCopy(directory.resolve(each.getKey()), spare);
                any = true;
            }
        }
        return any;
    }

    /** Empty directories are no part of a manifest, but whoever saved them may miss them: only a directory keeps them. */
    private static boolean isSmall(SortedMap<String, Stamp> found) {
        long bytes = 0;
        for (Map.Entry<String, Stamp> each : found.entrySet()) {
            bytes += each.getValue().bytes();
            String prefix = each.getKey() + "/";
            if (each.getValue().isDirectory
                    && found.tailMap(prefix).keySet().stream()
                            .findFirst()
                            .filter(name -> name.startsWith(prefix))
                            .isEmpty()) {
                return false;
            }
        }
        return bytes < SMALL_BYTES;
    }

    private static Saved readSmall(Path directory, SortedMap<String, Stamp> found) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Map.Entry<String, Stamp> each : found.entrySet()) {
            if (!each.getValue().isDirectory) {
                byte[] bytes = Files.readAllBytes(directory.resolve(each.getKey()));
                entries.add(Manifest.Entry.of(each.getKey(), bytes));
                content.writeBytes(bytes);
            }
        }
        return new Saved(new Manifest(entries), Optional.of(content.toByteArray()), false);
    }

    private static Saved readLarge(Path directory) throws IOException {
        try {
            return new Saved(Manifest.of(directory), Optional.empty(), false);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void requireUnchanged(SortedMap<String, Stamp> before, SortedMap<String, Stamp> after) {
        if (before.equals(after)) {
            return;
        }
        SortedMap<String, Stamp> all = new TreeMap<>(before);
        all.putAll(after);
        for (String name : all.keySet()) {
            Stamp was = before.get(name);
            if (was == null || !was.equals(after.get(name))) {
                throw new InvalidCheckpointException(
                        "The file '%s' of a checkpoint changed while it was saved.\nMaybe a thread or a process of the trainer goes on writing after 'save' has returned: wait for it before."
                                .formatted(name));
            }
        }
    }
}
