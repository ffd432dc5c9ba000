package org.evolvent.store.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.disk.Disk;
import org.evolvent.store.json.EventJson;
import org.jspecify.annotations.Nullable;

/**
 * The log in one SQLite database with a write-ahead log. A commit writes to the write-ahead log and waits for no device, so that a
 * killed process loses nothing; {@link #sync} forces the write-ahead log, from any thread and without holding up {@link #append}.
 * Frames of the write-ahead log are chained by checksums: after a loss of power SQLite keeps a prefix of the commits, and everything before a sync is in it.
 *
 * <p>Any number of readers may look at the same file through {@link #read(Path)} or with any SQLite program. Thread-safe.
 */
public final class SqliteEventStore implements EventStore {
    private final Path file;
    private final Connection connection;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement insert;
    /** Of the fsync only, which must not be held while somebody wants to append. */
    private final Object forcing = new Object();

    private @Nullable FileChannel writeAheadLog;
    private long size;
    private boolean closed;

    private SqliteEventStore(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
        try {
            this.begin = connection.prepareStatement("BEGIN IMMEDIATE");
            this.commit = connection.prepareStatement("COMMIT");
            this.insert =
                    connection.prepareStatement("INSERT INTO events (seq, type, version, body) VALUES (?, ?, ?, ?)");
            this.size = currentSize();
        } catch (SQLException e) {
            throw failed("opened", e);
        }
    }

    /**
     * Makes an empty store; it is on the device when this returns.
     *
     * @throws EvolventException when the file exists, or cannot be made
     */
    public static SqliteEventStore create(Path file) {
        Database.create(file);
        return open(file);
    }

    /**
     * Opens a store to append to it. There must be one such at a time.
     *
     * @throws EvolventException when it is missing, damaged, not an event store, or of a newer version; it is left as it is
     */
    public static SqliteEventStore open(Path file) {
        return new SqliteEventStore(file, Database.openToWrite(file));
    }

    /**
     * Opens a store to read it, while somebody appends or nobody does.
     *
     * @throws EvolventException when it is missing, damaged, not an event store, or of a newer version; it is left as it is
     */
    public static SqliteEventStore read(Path file) {
        return new SqliteEventStore(file, Database.openToRead(file));
    }

    @Override
    public void append(List<? extends Event> events) {
        List<String> bodies = new ArrayList<>(events.size());
        for (Event event : events) {
            bodies.add(EventJson.write(event));
        }
        synchronized (this) {
            inTransaction("written to", () -> {
                long seq = size;
                for (int i = 0; i < bodies.size(); i++) {
                    insert.setLong(1, ++seq);
                    insert.setString(2, EventJson.type(events.get(i)));
                    insert.setInt(3, EventJson.VERSION);
                    insert.setString(4, bodies.get(i));
                    insert.executeUpdate();
                }
            });
            size += bodies.size();
        }
    }

    /**
     * Reads the events after the first {@code skipped}, in the order of the log.
     *
     * @throws EvolventException when the file is damaged or holds an event that this program does not know
     */
    @Override
    public synchronized void read(long skipped, Consumer<? super Event> reader) {
        long expected = skipped;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT seq, body FROM events WHERE seq > ? ORDER BY seq")) {
            select.setLong(1, skipped);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    long seq = rows.getLong(1);
                    if (seq != ++expected) {
                        throw new EvolventException(
                                "The event store %s has no event %s: the next is %s.\nMaybe somebody deleted from it: restore it from a backup."
                                        .formatted(file, expected, seq));
                    }
                    reader.accept(EventJson.read(seq, rows.getString(2)));
                }
            }
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public synchronized long size() {
        try {
            return currentSize();
        } catch (SQLException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void sync() {
        // Not under the monitor: the device takes its time, and the driver appends meanwhile. What was committed before
        // is in the
        // write-ahead log now, or was moved to the database, which SQLite forces before it begins to overwrite the
        // former.
        synchronized (forcing) {
            try {
                forceWriteAheadLog();
            } catch (IOException e) {
                throw failed("forced to the device", e);
            }
        }
    }

    /**
     * Opening and closing the file beside SQLite is safe: closing any descriptor drops a process's POSIX locks on a file, but SQLite locks
     * the database and the {@code -shm} file only, never the write-ahead log.
     */
    private void forceWriteAheadLog() throws IOException {
        if (writeAheadLog == null) {
            writeAheadLog = FileChannel.open(
                    file.resolveSibling(file.getFileName() + "-wal"),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            Disk.forceName(file);
        }
        writeAheadLog.force(false);
    }

    @Override
    public void close() {
        synchronized (forcing) {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
                try {
                    if (writeAheadLog != null) {
                        writeAheadLog.close();
                    }
                    connection.close();
                } catch (IOException | SQLException e) {
                    throw failed("closed", e);
                }
            }
        }
    }

    private long currentSize() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return Database.number(statement, "SELECT coalesce(max(seq), 0) FROM events");
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void inTransaction(String verb, Work work) {
        try {
            begin.execute();
            try {
                work.run();
                commit.execute();
            } catch (SQLException e) {
                rollback(e);
                throw e;
            }
        } catch (SQLException e) {
            throw failed(verb, e);
        }
    }

    private void rollback(SQLException cause) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back itself, after a full disk for instance.
            cause.addSuppressed(e);
        }
    }

    private EvolventException failed(String verb, Exception cause) {
        return new EvolventException(
                "The event store %s cannot be %s: %s\nMaybe the disk is full or was taken away? What it holds is complete: resume when that is mended."
                        .formatted(file, verb, cause.getMessage()),
                cause);
    }
}
