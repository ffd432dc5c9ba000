package org.evolvent.store.internal.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The moves that make a change of files all or nothing, and durable. */
public final class Disk {
    private Disk() {}

    /** Forces a file's bytes and size to the device. */
    public static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Forces the names in a directory to the device, on systems where a directory can be opened; others have no such call. */
    public static void forceNames(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            if (Files.isDirectory(directory)) {
                return;
            }
            throw e;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** Forces the name of a file or directory, but not what is in it, to the device. */
    public static void forceName(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            forceNames(parent);
        }
    }

    /** Forces a directory and everything below it to the device. */
    public static void forceTree(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    forceTree(entry);
                } else {
                    force(entry);
                }
            }
        }
        forceNames(directory);
    }

    /**
     * Deletes a file, or a directory and everything below it, be it read-only or not; what is not there is fine. Links are deleted, not
     * followed.
     */
    public static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isWritable(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    deleteTree(entry);
                }
            } catch (NoSuchFileException e) {
                return;
            }
        }
        Files.deleteIfExists(path);
    }

    /**
     * Copies a directory and everything below it to one that exists; who owns the copy may write to it. Links are copied, not followed.
     * Where the JDK and the file system can do that, the copies share their blocks until one is changed.
     */
    public static void copyTree(Path from, Path to) throws IOException {
        for (Path entry : list(from)) {
            Path copy = to.resolve(entry.getFileName().toString());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                copyTree(entry, Files.createDirectory(copy));
            } else {
                Files.copy(entry, copy, LinkOption.NOFOLLOW_LINKS);
                if (Files.isRegularFile(copy, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
                }
            }
        }
    }

    /** Makes everything in a directory read-only for everybody, but not the directory itself. */
    public static void protect(Path directory) throws IOException {
        for (Path entry : list(directory)) {
            boolean isDirectory = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            if (isDirectory) {
                protect(entry);
            }
            Files.setPosixFilePermissions(
                    entry, PosixFilePermissions.fromString(isDirectory ? "r-xr-xr-x" : "r--r--r--"));
        }
    }

    /** Returns what is in a directory; nothing when there is none. */
    public static List<Path> list(Path directory) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return entries;
    }

    /** Returns a path that nothing has, with a number behind a name: the first from 1 on. */
    public static Path unused(Path base) {
        for (int number = 1; ; number++) {
            Path path = base.resolveSibling(base.getFileName() + "-" + number);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return path;
            }
        }
    }

    /**
     * Replaces a file by a copy of itself, so that whoever has it open or under another name changes the old one.
     *
     * @param spare a path on the same file system at which nothing is
     */
    public static void replaceByCopy(Path file, Path spare) throws IOException {
        Files.copy(file, spare, LinkOption.NOFOLLOW_LINKS);
        Files.move(spare, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes a directory with second names of all files of another one, or copies where the file system has no such names. */
    public static void linkTree(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        for (Path entry : list(from)) {
            Path target = to.resolve(entry.getFileName().toString());
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                linkTree(entry, target);
            } else {
                linkOrCopy(entry, target);
            }
        }
    }

    /** Makes {@code link} another name of a file, or a copy of it where the file system has no such names. */
    public static void linkOrCopy(Path file, Path link) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, link, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Writes a small text file such that after any crash it has either its old content or the new one. */
    public static void writeDurably(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceName(file);
    }
}
