package org.evolvent.store.internal.sqlite;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Failures;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/**
 * The connection to an {@code events.db}, and its transactions. A commit writes to the write-ahead log and waits for no device. Thread-safe:
 * whoever uses the connection holds this object's monitor.
 */
final class Database implements AutoCloseable {
    private static final int BUSY_MILLIS = 10_000;
    /** Pages of the write-ahead log that are gathered before they move into the database: 16 MiB. */
    private static final int CHECKPOINT_PAGES = 4096;

    /** How many steps of its machine SQLite makes before it is asked whether to go on: some milliseconds. */
    private static final int STEPS_BETWEEN_LOOKS = 1_000_000;

    /** Longer than the check of a log of gigabytes takes. */
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();
    private volatile long lastRow = System.nanoTime();
    private volatile Runnable fence = () -> {};
    private boolean closed;

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Opens an existing one for the one writer, and brings it to the present schema. */
    static Database openToWrite(Path file) {
        Database database = open(file, LONGEST_SILENCE, SQLiteOpenMode.READWRITE);
        try {
            Schema.requireKnown(database);
            Schema.requireIntact(database, false);
            database.execute("PRAGMA synchronous = NORMAL");
            database.execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
            Schema.upgrade(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Opens an existing one for one of many readers, while somebody writes or nobody does. */
    static Database openToRead(Path file) {
        return openToRead(file, LONGEST_SILENCE);
    }

    /** Opens one as {@link #openToRead(Path)} does, with another limit for what gives no row. */
    static Database openToRead(Path file, Duration longestSilence) {
        Database database = open(ReadableCopy.where(file), longestSilence, SQLiteOpenMode.READONLY);
        try {
            Schema.requireKnown(database);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static Database open(Path file, Duration longestSilence, SQLiteOpenMode mode) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new EvolventException("There is no event store %s".formatted(file));
        }
        try {
            Database database = new Database(file, connect(file, mode));
            database.giveUpAfter(longestSilence);
            return database;
        } catch (SQLException e) {
            throw Failures.of("The event store %s cannot be opened".formatted(file), e);
        }
    }

    static Connection connect(Path file, SQLiteOpenMode... modes) throws SQLException {
        NativeLibrary.load();
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.READWRITE);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        for (SQLiteOpenMode mode : modes) {
            config.setOpenMode(mode);
        }
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
        try (Statement statement = connection.createStatement()) {
            // Whoever made the file need not be a friend: what its schema says is not executed, and the cells of a page
            // lie inside it.
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA cell_size_check = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A crafted database may keep SQLite busy for ever without giving a row; then it is interrupted. */
    private void giveUpAfter(Duration longestSilence) throws SQLException {
        ProgressHandler.setHandler(connection, STEPS_BETWEEN_LOOKS, new ProgressHandler() {
            @Override
            protected int progress() {
                return System.nanoTime() - lastRow > longestSilence.toNanos() ? 1 : 0;
            }
        });
    }

    /** Notes that something came of what SQLite was asked. */
    void alive() {
        lastRow = System.nanoTime();
    }

    Path file() {
        return file;
    }

    /** Prepares a statement, which whoever asks closes. */
    PreparedStatement prepare(String sql) throws SQLException {
        alive();
        return connection.prepareStatement(sql);
    }

    /** Returns a statement that is kept for the next time: to prepare one takes longer than to execute it. */
    PreparedStatement prepared(String sql) throws SQLException {
        alive();
        @Nullable PreparedStatement known = prepared.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            prepared.put(sql, known);
        }
        return known;
    }

    /** Lets statements be prepared anew: the driver does not execute one again that has failed. */
    void forgetPrepared() {
        prepared.clear();
    }

    /** What is done with the connection. */
    interface Work {
        void run() throws SQLException;
    }

    /** Does all of something or nothing. After a failure the same can be done again. */
    synchronized void inTransaction(Work work) {
        try {
            prepared("BEGIN IMMEDIATE").execute();
            try {
                fence.run();
                work.run();
                prepared("COMMIT").execute();
            } catch (SQLException | RuntimeException e) {
                rollback(e);
                throw e;
            }
        } catch (SQLException e) {
            throw failed("written to", e);
        }
    }

    private void rollback(Exception cause) {
        forgetPrepared();
        alive();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back itself, after a full disk for instance.
            cause.addSuppressed(e);
        }
    }

    synchronized void execute(String sql) {
        alive();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw failed("written to", e);
        }
    }

    synchronized long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** Returns the first column of the only row. */
    synchronized String text(String sql) {
        alive();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            if (!row.next()) {
                throw new SQLException("'%s' gave no row".formatted(sql));
            }
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    EvolventException failed(String verb, SQLException cause) {
        return isMalformed(cause)
                ? damaged(String.valueOf(cause.getMessage()))
                : Failures.of("The event store %s cannot be %s".formatted(file, verb), cause);
    }

    /** Returns the exception for a file that nobody can rely on. */
    DamagedLogException damaged(String found) {
        return new DamagedLogException(
                "The event store %s cannot be read: %s. It is left alone.\nMaybe it is half-written or damaged: restore it from a backup, or move it away and run the study in a new directory."
                        .formatted(file, found),
                0);
    }

    /** Returns whether a failure says that the file is not as SQLite wrote it. */
    static boolean isMalformed(SQLException failure) {
        int code = failure.getErrorCode() & 0xFF; // The primary code of an extended one.
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Sets what is run before each change, and throws where there must not be one. */
    void fencedBy(Runnable check) {
        fence = check;
    }

    private boolean isFencedOff() {
        try {
            fence.run();
            return false;
        } catch (EvolventException e) {
            return true;
        }
    }

    /** Closes it; where it must not be changed any more, it is left open, to the end of the process. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (isFencedOff()) {
            // SQLite would clear up behind the last one who has it open, and cannot see that on another host there is
            // somebody else.
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed("closed", e);
        }
    }
}
