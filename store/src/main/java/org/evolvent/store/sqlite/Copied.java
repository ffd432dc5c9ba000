package org.evolvent.store.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.evolvent.store.disk.Failures;

/** Where a database can be read: SQLite needs an index of its write-ahead log beside it, and cannot make one where nothing can be written. */
final class Copied {
    private Copied() {}

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
            Path temporary = Files.createTempDirectory("evolvent-");
            temporary.toFile().deleteOnExit();
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
        } catch (IOException e) {
            throw Failures.of(
                    "The event store %s lies where nothing can be written, and cannot be copied".formatted(file), e);
        }
    }
}
