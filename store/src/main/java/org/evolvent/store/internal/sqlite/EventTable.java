package org.evolvent.store.internal.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.json.EventJson;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the log. Each that is read has been checked against the chain. Not thread-safe: whoever calls holds the database's monitor.
 */
final class EventTable {
    private static final String INSERT =
            "INSERT INTO events (seq, type, version, member, interval, body, chain) VALUES (?, ?, ?, ?, ?, ?, ?)";

    /**
     * The end of the log, or of a part of it.
     *
     * @param events the number of events
     * @param link the chain after the last one
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record End(long events, byte[] link) {
        /** Returns the end behind an event with the link that is stored with it, if one is. */
        static End of(long seq, byte @Nullable [] link) {
            return new End(seq, link == null ? Chain.beginning() : link);
        }
    }

    /** An event that is the one that was written, and what is stored of it. */
    record Row(long seq, String type, int version, String body, Event event) {}

    /** An event, or why it is not the one that was written. */
    private record Checked(
            long seq, @Nullable Row event, @Nullable EvolventException failure) {
        Row row() {
            if (failure != null) {
                throw failure;
            }
            return Objects.requireNonNull(event);
        }
    }

    /** Takes rows, one after the other. */
    interface Reader {
        void accept(Row row) throws SQLException;
    }

    /** The interval of a member that an event is about. */
    private record Subject(int member, int interval) {}

    private final Database database;
    private final String table;
    private final boolean chained;
    private final Chain chain = new Chain();

    private EventTable(Database database, String table, boolean chained) {
        this.database = database;
        this.table = table;
        this.chained = chained;
    }

    /** Returns the log of a database of any version. */
    static EventTable of(Database database) {
        return new EventTable(database, "events", Schema.version(database) > 1);
    }

    /** Returns a table of events as version 1 has it. */
    static EventTable ofVersion1(Database database, String table) {
        return new EventTable(database, table, false);
    }

    boolean isChained() {
        return chained;
    }

    /** Returns the end of the log. */
    End end() {
        return end("ORDER BY seq DESC LIMIT 1");
    }

    /** Returns the end of the log's first events, or of nothing when there are fewer. */
    End end(long events) {
        return end("WHERE seq = " + events);
    }

    private End end(String where) {
        try (PreparedStatement select = database.prepare(
                        "SELECT seq, %s FROM %s %s".formatted(chained ? "chain" : "NULL", table, where));
                ResultSet row = select.executeQuery()) {
            return row.next() ? End.of(row.getLong(1), row.getBytes(2)) : End.of(0, null);
        } catch (SQLException e) {
            throw database.failed("read", e);
        }
    }

    /** Adds an event behind the end; part of a transaction. Returns the new end. */
    End append(End end, String type, int version, String body, Event event) throws SQLException {
        PreparedStatement insert = database.prepared(INSERT);
        long seq = end.events + 1;
        byte[] link = chain.link(end.link, seq, type, version, body.getBytes(StandardCharsets.UTF_8));
        @Nullable Subject subject = subject(event);
        insert.setLong(1, seq);
        insert.setString(2, type);
        insert.setInt(3, version);
        insert.setObject(4, subject == null ? null : subject.member);
        insert.setObject(5, subject == null ? null : subject.interval);
        insert.setString(6, body);
        insert.setBytes(7, link);
        insert.executeUpdate();
        return new End(seq, link);
    }

    /** Adds the first events of another log to this empty one; part of a transaction. */
    void copy(EventTable from, long events) throws SQLException {
        End[] end = {end()};
        from.read(0, events, row -> end[0] = append(end[0], row.type, row.version, row.body, row.event));
    }

    /**
     * Reads events in the order of the log.
     *
     * @param skipped how many are left out at the beginning
     * @param last the last one
     */
    void read(long skipped, long last, Reader reader) throws SQLException {
        // No step beyond the last one, where the database may be malformed.
        End before = end(skipped);
        select(
                "seq > %s ORDER BY seq LIMIT %s".formatted(skipped, last - skipped),
                new End(skipped, before.link),
                reader);
    }

    /** Reads those events for which something holds, in the order of the log. */
    void find(String condition, Reader reader) throws SQLException {
        select(condition + " ORDER BY seq", null, reader);
    }

    private void select(String condition, @Nullable End before, Reader reader) throws SQLException {
        try (PreparedStatement select = database.prepare(select(condition, before == null));
                ResultSet query = select.executeQuery()) {
            StoredEvents stored = new StoredEvents(List.of(), before, null);
            long read = before == null ? 0 : before.events;
            do {
                database.alive();
                stored = StoredEvents.next(query, stored.end());
                read = give(stored, read, reader);
            } while (!stored.areLast());
        }
    }

    /** Most of the time goes into checking, and each event can be checked by itself. */
    private long give(StoredEvents stored, long before, Reader reader) throws SQLException {
        List<Checked> checked = stored.rows().parallelStream().map(this::check).toList();
        long read = before;
        for (Checked each : checked) {
            if (stored.before() != null && each.seq != read + 1) {
                throw damaged("has no event %s: the next is %s".formatted(read + 1, each.seq), read);
            }
            reader.accept(each.row());
            read = each.seq;
        }
        if (stored.failure() != null && Database.isMalformed(stored.failure())) {
            throw damaged(
                    "is malformed behind event %s: %s"
                            .formatted(read, stored.failure().getMessage()),
                    read);
        }
        if (stored.failure() != null) {
            throw stored.failure();
        }
        return read;
    }

    private String select(String condition, boolean links) {
        // Version 1 has fewer columns: they are made.
        String more = chained
                ? ", chain%s FROM events"
                        .formatted(
                                links ? ", (SELECT chain FROM events AS before WHERE before.seq = events.seq - 1)" : "")
                : ", NULL, NULL FROM (SELECT *,"
                        + " coalesce(json_extract(body, '$.attempt.member'), json_extract(body, '$.member')) AS member,"
                        + " coalesce(json_extract(body, '$.attempt.interval'), json_extract(body, '$.interval')) AS interval"
                        + " FROM " + table + ")";
        return "SELECT seq, type, version, body, member, interval%s WHERE %s".formatted(more, condition);
    }

    private Checked check(StoredEvents.Row row) {
        String body = new String(row.body(), StandardCharsets.UTF_8);
        try {
            if (chained
                    && !Arrays.equals(
                            new Chain().link(row.linkBefore(), row.seq(), row.type(), row.version(), row.body()),
                            row.link())) {
                throw damaged(
                        "has an event %s that is not the one that was written: the chain is broken"
                                .formatted(row.seq()),
                        row.seq() - 1);
            }
            Event event = EventJson.read(row.seq(), body);
            @Nullable Subject subject = subject(event);
            if (chained
                    && (!Objects.equals(subject == null ? null : subject.member, row.member())
                            || !Objects.equals(subject == null ? null : subject.interval, row.interval()))) {
                throw damaged(
                        "lists event %s for another member or interval than its own".formatted(row.seq()),
                        row.seq() - 1);
            }
            return new Checked(row.seq(), new Row(row.seq(), row.type(), row.version(), body, event), null);
        } catch (EvolventException e) {
            return new Checked(row.seq(), null, e);
        }
    }

    private DamagedLogException damaged(String what, long trusted) {
        String way = trusted < Salvage.FEWEST_EVENTS
                ? "or run the study in a new directory"
                : "or go on from there: evolvent resume %s --keep-events %s"
                        .formatted(database.file().toAbsolutePath().getParent(), trusted);
        return new DamagedLogException(
                "The event store %s %s. Its first %s events can be trusted.\nMaybe restore it from a backup, %s"
                        .formatted(database.file(), what, trusted, way),
                trusted);
    }

    private static @Nullable Subject subject(Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            return subject(finished.attempt());
        }
        if (event instanceof Event.AttemptFailed failed) {
            return subject(failed.attempt());
        }
        if (event instanceof Event.IntervalSuspended suspended) {
            return subject(suspended.attempt());
        }
        return event instanceof Event.Decided decided
                ? new Subject(decided.member().index(), decided.interval())
                : null;
    }

    private static Subject subject(Attempt attempt) {
        return new Subject(attempt.member().index(), attempt.interval());
    }
}
