package org.evolvent.store.internal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Loads SQLite's native library, once for each JVM. The driver unpacks it into a file of a megabyte and deletes that when the JVM ends, which
 * one that is killed does not come to; here the file goes as soon as it is loaded. Thread-safe.
 */
final class NativeLibrary {
    private static final String PLACE = "org.sqlite.tmpdir";
    private static boolean loaded;

    private NativeLibrary() {}

    /** Sees to it that the library is loaded; what the user said of its place (such as {@code org.sqlite.tmpdir}) stands. */
    static synchronized void load() throws SQLException {
        if (loaded || Stream.of(PLACE, "org.sqlite.lib.path").anyMatch(key -> System.getProperty(key) != null)) {
            return;
        }
        try {
            Path place = Files.createTempDirectory("evolvent-sqlite-");
            System.setProperty(PLACE, place.toString());
            try {
                SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(PLACE);
                delete(place);
            }
        } catch (Exception e) { // All that the driver declares.
            throw new SQLException("The native library of SQLite cannot be loaded: " + e.getMessage(), e);
        }
        loaded = true;
    }

    private static void delete(Path place) {
        try (Stream<Path> files = Files.list(place)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                Files.delete(file);
            }
            Files.delete(place);
        } catch (IOException e) {
            // The driver deletes its files when the JVM ends; an empty directory stays.
        }
    }
}
