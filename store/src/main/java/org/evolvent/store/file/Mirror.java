package org.evolvent.store.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.store.disk.Disk;

/** Makes one directory like another, writing over the files that it has already. */
final class Mirror {
    private Mirror() {}

    /** Copies everything of a directory, of which there is nothing but regular files and directories, and deletes everything else. */
    static void copy(Path from, Path to) throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                Path copy = to.resolve(name);
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (!Files.isDirectory(copy, LinkOption.NOFOLLOW_LINKS)) {
                        Disk.deleteTree(copy);
                        Files.createDirectory(copy);
                    }
                    copy(entry, copy);
                } else {
                    copyFile(entry, copy);
                }
                names.add(name);
            }
        }
        for (String name : Layout.names(to)) {
            if (!names.contains(name)) {
                Disk.deleteTree(to.resolve(name));
            }
        }
    }

    private static void copyFile(Path from, Path to) throws IOException {
        if (!isReplaceable(to)) {
            Disk.deleteTree(to);
        }
        if (Files.size(from) < CheckpointStore.LARGE_BYTES) {
            Disk.overwrite(to, Files.readAllBytes(from));
        } else {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Returns whether a file may be written over: one with a second name belongs to somebody else, too. */
    private static boolean isReplaceable(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Integer.valueOf(1).equals(Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS));
    }
}
