package org.evolvent.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.disk.Disk;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** The file behind an event store: how it is made, and how it is recognised. */
final class Database {
    /** "EVOL"; the file's mark, which {@code file(1)} shows too. */
    static final int APPLICATION_ID = 0x45564F4C;

    static final int SCHEMA_VERSION = 1;
    private static final int BUSY_MILLIS = 10_000;
    /** Pages of the write-ahead log that are gathered before they move into the database: 16 MiB. */
    private static final int CHECKPOINT_PAGES = 4096;

    private Database() {}

    /**
     * Makes an empty one. It gets its name only when it is whole and on the device, so that a half-made one is never met.
     *
     * @throws EvolventException when there is a file of this name, or none can be made
     */
    static void create(Path file) {
        if (Files.exists(file)) {
            throw new EvolventException("%s exists already and is left alone".formatted(file));
        }
        Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
        try {
            // With what belongs to it: SQLite would take a stale write-ahead log for that of the new file.
            for (String part : List.of("", "-wal", "-shm")) {
                Disk.deleteTree(fresh.resolveSibling(fresh.getFileName() + part));
            }
            try (Connection connection = connect(fresh, SQLiteOpenMode.READWRITE, SQLiteOpenMode.CREATE);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("BEGIN");
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + SCHEMA_VERSION);
                statement.executeUpdate(schema());
                statement.execute("COMMIT");
            }
            Disk.force(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            Disk.forceName(file);
        } catch (IOException | SQLException e) {
            throw new EvolventException(
                    "The event store %s cannot be made: %s\nMaybe the disk is full, or the directory cannot be written to?"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Opens an existing one for the one writer. */
    static Connection openToWrite(Path file) {
        Connection connection = open(file, SQLiteOpenMode.READWRITE);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            return connection;
        } catch (SQLException e) {
            throw unusable(file, connection, e);
        }
    }

    /** Opens an existing one for one of many readers, while somebody writes or nobody does. */
    static Connection openToRead(Path file) {
        return open(file, SQLiteOpenMode.READONLY);
    }

    private static Connection open(Path file, SQLiteOpenMode mode) {
        if (!Files.isRegularFile(file)) {
            throw new EvolventException("There is no event store %s".formatted(file));
        }
        Connection connection;
        try {
            connection = connect(file, mode);
        } catch (SQLException e) {
            throw new EvolventException("The event store %s cannot be opened: %s".formatted(file, e.getMessage()), e);
        }
        try (Statement statement = connection.createStatement()) {
            long application = number(statement, "PRAGMA application_id");
            long version = number(statement, "PRAGMA user_version");
            if (application != APPLICATION_ID) {
                throw new EvolventException(
                        "%s is not an event store of Evolvent, but %s. It is left alone.\nMaybe it is another program's, or damaged: move it away, or restore it from a backup."
                                .formatted(file, Files.size(file) == 0 ? "empty" : "another database"));
            }
            if (version != SCHEMA_VERSION) {
                throw new EvolventException(
                        "The event store %s has schema version %s, but this program reads version %s only. It is left alone.\nMaybe it was written by a newer Evolvent: use that one."
                                .formatted(file, version, SCHEMA_VERSION));
            }
            number(statement, "SELECT count(*) FROM (SELECT 1 FROM events LIMIT 1)");
            number(statement, "SELECT events FROM hardened");
            return connection;
        } catch (SQLException | IOException e) {
            throw unusable(file, connection, e);
        } catch (EvolventException e) {
            close(connection, e);
            throw e;
        }
    }

    private static EvolventException unusable(Path file, Connection connection, Exception cause) {
        EvolventException failure = new EvolventException(
                "The event store %s cannot be read: %s. It is left alone.\nMaybe it is half-written or damaged: restore it from a backup, or move it away and run the study in a new directory."
                        .formatted(file, cause.getMessage()),
                cause);
        close(connection, failure);
        return failure;
    }

    private static void close(Connection connection, Exception failure) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static Connection connect(Path file, SQLiteOpenMode... modes) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.READWRITE);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        for (SQLiteOpenMode mode : modes) {
            config.setOpenMode(mode);
        }
        config.setBusyTimeout(BUSY_MILLIS);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("'%s' gave no row".formatted(sql));
            }
            return row.getLong(1);
        }
    }

    private static String schema() throws IOException {
        try (InputStream in = Database.class.getResourceAsStream("schema.sql")) {
            if (in == null) {
                throw new IllegalStateException("schema.sql is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
