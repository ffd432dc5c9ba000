package org.evolvent.store.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

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

    /** Deletes a file, or a directory and everything below it; what is not there is fine. Links are deleted, not followed. */
    public static void deleteTree(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
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

    /** Makes {@code link} another name of a file, or a copy of it where the file system has no such names. */
    public static void linkOrCopy(Path file, Path link) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, link, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Writes a file over an old one. It is not emptied first: some file systems take that for a replacement that must be safe from a loss
     * of power, and go to the device when the file is closed.
     */
    public static void overwrite(Path file, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            if (channel.size() > bytes.capacity()) {
                channel.truncate(bytes.capacity());
            }
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
