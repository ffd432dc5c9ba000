package org.evolvent.store.internal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.MemberEvents;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;
import org.evolvent.store.internal.json.EventJson;
import org.jspecify.annotations.Nullable;

/**
 * The log in one SQLite database with a write-ahead log. A commit writes to the write-ahead log and waits for no device, so that a
 * killed process loses nothing; {@link #sync} forces the write-ahead log, from any thread and without holding up {@link #append}.
 * Frames of the write-ahead log are chained by checksums: after a loss of power SQLite keeps a prefix of the commits. The events are
 * chained, too: whatever is read is what was written, or a {@link DamagedLogException} says where that ends.
 *
 * <p>Any number of readers may look at the same file through {@link #read(Path)} or with any SQLite program. Thread-safe.
 */
public final class SqliteEventStore implements EventStore {
    /** Events that are about all are few, and the index finds them. */
    private static final String BEGINNING = "member IS NULL AND type = 'population_created'";

    private static final String LOSSES = "member IS NULL AND type = 'checkpoints_lost'";

    private static final String AMENDMENTS = "member IS NULL AND type = 'study_amended'";

    private final Database database;
    private final EventTable table;
    private final CheckpointTable checkpoints;

    /** Of the fsync only, which must not be held while somebody wants to append. */
    private final Object forcing = new Object();

    private @Nullable FileChannel writeAheadLog;
    private EventTable.End end;

    private SqliteEventStore(Database database) {
        this.database = database;
        this.table = EventTable.of(database);
        this.checkpoints = new CheckpointTable(database);
        this.end = table.end();
    }

    /**
     * Makes an empty store; it is on the device when this returns.
     *
     * @throws EvolventException when the file exists, or cannot be made
     */
    public static SqliteEventStore create(Path file) {
        Schema.create(file);
        return open(file);
    }

    /**
     * Opens a store to append to it. There must be one such at a time. One of an older version is brought to the present one.
     *
     * @throws EvolventException when it is missing, damaged, not an event store, or of a newer version; it is left as it is
     */
    public static SqliteEventStore open(Path file) {
        try {
            return of(Database.openToWrite(file));
        } catch (DamagedLogException e) {
            throw e.withTrusted(file, trusted(file));
        }
    }

    /**
     * Opens a store to read it, while somebody appends or nobody does.
     *
     * @throws EvolventException when it is missing, damaged, not an event store, or of a newer version; it is left as it is
     */
    public static SqliteEventStore read(Path file) {
        return of(Database.openToRead(file));
    }

    static SqliteEventStore of(Database database) {
        try {
            return new SqliteEventStore(database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** Returns how many events of a store can be trusted from its beginning on, whatever is the matter with the rest; 0 when it cannot be read at all. */
    public static long trusted(Path file) {
        long[] events = {0};
        try (SqliteEventStore store = read(file)) {
            store.read(event -> events[0]++);
        } catch (EvolventException e) {
            // The question was how far it can be read.
        }
        return events[0];
    }

    /** Returns the small checkpoints in the same database; they can be used as long as this store is open. */
    public CheckpointTable checkpoints() {
        return checkpoints;
    }

    /** Sets what is run before anything is written, and throws where that must not be. */
    public void fencedBy(Runnable check) {
        database.fencedBy(check);
    }

    @Override
    public void append(List<? extends Event> events) {
        List<String> bodies = new ArrayList<>(events.size());
        for (Event event : events) {
            bodies.add(EventJson.write(event));
        }
        synchronized (database) {
            EventTable.End[] next = {end};
            database.inTransaction(() -> {
                for (int i = 0; i < bodies.size(); i++) {
                    Event event = events.get(i);
                    next[0] = table.append(next[0], EventJson.type(event), EventJson.VERSION, bodies.get(i), event);
                }
            });
            end = next[0];
        }
    }

    /**
     * Reads the events after the first {@code skipped}, in the order of the log.
     *
     * @throws DamagedLogException when an event was changed or is missing, or the database is malformed; those before were given out
     * @throws EvolventException when it holds an event that this program does not know
     */
    @Override
    public void read(long skipped, Consumer<? super Event> reader) {
        read(skipped, Long.MAX_VALUE - skipped, reader);
    }

    /**
     * Reads at most so many events after the first {@code skipped}, in the order of the log.
     *
     * @throws DamagedLogException when one of them was changed or is missing, or the database is malformed; those before were given out
     * @throws EvolventException when it holds an event that this program does not know
     */
    public void read(long skipped, long most, Consumer<? super Event> reader) {
        reading(() -> table.read(skipped, skipped + most, row -> reader.accept(row.event())));
    }

    /**
     * Reads the events that concern one member, in the order of the log, without reading those about others.
     *
     * @throws DamagedLogException when one of them was changed, or the database is malformed
     */
    @Override
    public void readMember(MemberId member, Consumer<? super Event> reader) {
        MemberEvents concerning = new MemberEvents(member);
        reading(() -> table.find("(member = %s OR (%s) OR (%s))".formatted(member.index(), LOSSES, BEGINNING), row -> {
            if (concerning.test(row.event())) {
                reader.accept(row.event());
            }
        }));
    }

    /**
     * Reads the losses of checkpoints, in the order of the log, without reading anything else.
     *
     * @throws DamagedLogException when one of them was changed, or the database is malformed
     */
    @Override
    public void readLosses(Consumer<? super Event.CheckpointsLost> reader) {
        reading(() -> table.find(LOSSES, row -> {
            if (row.event() instanceof Event.CheckpointsLost lost) {
                reader.accept(lost);
            }
        }));
    }

    /**
     * Reads the amendments, in the order of the log, without reading anything else.
     *
     * @throws DamagedLogException when one was changed, or the database is malformed
     */
    @Override
    public void readAmendments(Consumer<? super Event.StudyAmended> reader) {
        reading(() -> table.find(AMENDMENTS, row -> {
            if (row.event() instanceof Event.StudyAmended amended) {
                reader.accept(amended);
            }
        }));
    }

    /**
     * Returns the attempts that failed, in the order of the log, without reading much else.
     *
     * @param last among how many of the last events
     * @throws DamagedLogException when one was changed, or the database is malformed
     */
    public List<Event.AttemptFailed> failures(long last) {
        List<Event.AttemptFailed> found = new ArrayList<>();
        reading(() -> table.find("seq > %s AND type = 'attempt_failed'".formatted(size() - last), row -> {
            if (row.event() instanceof Event.AttemptFailed failed) {
                found.add(failed);
            }
        }));
        return List.copyOf(found);
    }

    /**
     * Returns the result of an interval, if it ended well, without reading others.
     *
     * @throws DamagedLogException when it was changed, or the database is malformed
     */
    @Override
    public Optional<Event.IntervalFinished> finished(MemberId member, int interval) {
        List<Event.IntervalFinished> found = new ArrayList<>();
        reading(() -> table.find("member = %s AND interval = %s".formatted(member.index(), interval), row -> {
            if (row.event() instanceof Event.IntervalFinished finished) {
                found.add(finished);
            }
        }));
        return found.stream().findFirst();
    }

    @Override
    public Optional<Event> first() {
        List<Event> found = new ArrayList<>();
        reading(() -> table.find("seq = 1", row -> found.add(row.event())));
        return found.stream().findFirst();
    }

    private void reading(Database.Work work) {
        synchronized (database) {
            try {
                work.run();
            } catch (SQLException e) {
                throw database.failed("read", e);
            }
        }
    }

    /** Returns whether the events are chained: all but those of a log of version 1, unless it was opened to write, are. */
    public boolean isChained() {
        return table.isChained();
    }

    /**
     * Returns what names the log's first events and everything in them: the chain after the last of them, as 64 hexadecimal digits.
     *
     * @param events how many; 0 gives zeros
     * @return empty when the log is shorter or not chained
     */
    public Optional<String> chain(long events) {
        synchronized (database) {
            EventTable.End found = table.end(events);
            return table.isChained() && found.events() == events
                    ? Optional.of(HexFormat.of().formatHex(found.link()))
                    : Optional.empty();
        }
    }

    @Override
    public long size() {
        synchronized (database) {
            return table.end().events();
        }
    }

    /**
     * Lets SQLite compare everything in the database, checkpoints and indexes included; takes some seconds for a GB.
     *
     * @throws EvolventException when something does not fit, with what
     */
    public void check() {
        Schema.requireIntact(database, true);
    }

    /** Not under the database's monitor: the device takes its time, and the driver appends meanwhile. */
    @Override
    public void sync() {
        // What was committed before is in the write-ahead log now, or was moved to the database, which SQLite forces
        // before it begins to
        // overwrite the former.
        synchronized (forcing) {
            try {
                forceWriteAheadLog();
            } catch (IOException e) {
                throw Failures.of("The event store %s cannot be forced to the device".formatted(database.file()), e);
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
                    WriteAheadLog.of(database.file()), StandardOpenOption.READ, StandardOpenOption.WRITE);
            Disk.forceName(database.file());
        }
        writeAheadLog.force(false);
    }

    @Override
    public void close() {
        synchronized (forcing) {
            try {
                if (writeAheadLog != null) {
                    writeAheadLog.close();
                }
            } catch (IOException e) {
                throw Failures.of("The event store %s cannot be closed".formatted(database.file()), e);
            } finally {
                database.close();
            }
        }
    }
}
