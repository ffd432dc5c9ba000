package org.evolvent.store.internal.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
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

    /** Events that are those that were written, and what is wrong with the one behind them. */
    private record Checked(List<Row> rows, @Nullable Exception failure) {}

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

    /** Half of the time goes into checking, on another thread: of what is ahead of the reader. What fits into a batch is not worth one. */
    private void select(String condition, @Nullable End before, Reader reader) throws SQLException {
        try (PreparedStatement select = database.prepare(select(condition, before == null));
                ResultSet query = select.executeQuery()) {
            StoredEvents stored = StoredEvents.next(query, before);
            StoredEvents first = stored;
            CompletableFuture<Checked> checked = stored.areLast()
                    ? CompletableFuture.completedFuture(check(stored))
                    : CompletableFuture.supplyAsync(() -> check(first));
            while (!stored.areLast()) {
                database.alive();
                StoredEvents ahead = StoredEvents.next(query, stored.end());
                Checked ready = checked.join();
                checked = CompletableFuture.supplyAsync(() -> check(ahead));
                give(ready, reader);
                stored = ahead;
            }
            give(checked.join(), reader);
        }
    }

    private static void give(Checked checked, Reader reader) throws SQLException {
        for (Row row : checked.rows) {
            reader.accept(row);
        }
        if (checked.failure instanceof SQLException failure) {
            throw failure;
        }
        if (checked.failure instanceof RuntimeException failure) {
            throw failure;
        }
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

    private Checked check(StoredEvents stored) {
        List<Row> rows = new ArrayList<>(stored.rows().size());
        Chain links = new Chain();
        @Nullable End end = stored.before();
        try {
            for (StoredEvents.Row row : stored.rows()) {
                if (end != null && row.seq() != end.events + 1) {
                    throw damaged("has no event %s: the next is %s".formatted(end.events + 1, row.seq()), end.events);
                }
                rows.add(check(row, links, end == null ? End.of(row.seq() - 1, row.linkBefore()) : end));
                end = end == null ? null : End.of(row.seq(), row.link());
            }
        } catch (EvolventException e) {
            return new Checked(rows, e);
        }
        if (stored.failure() != null && Database.isMalformed(stored.failure())) {
            long trusted = rows.isEmpty() ? (end == null ? 0 : end.events) : rows.get(rows.size() - 1).seq;
            return new Checked(
                    rows,
                    damaged(
                            "is malformed behind event %s: %s"
                                    .formatted(trusted, stored.failure().getMessage()),
                            trusted));
        }
        return new Checked(rows, stored.failure());
    }

    private Row check(StoredEvents.Row row, Chain links, End before) {
        String body = new String(row.body(), StandardCharsets.UTF_8);
        if (chained
                && !Arrays.equals(
                        links.link(before.link, row.seq(), row.type(), row.version(), row.body()), row.link())) {
            throw damaged(
                    "has an event %s that is not the one that was written: the chain is broken".formatted(row.seq()),
                    row.seq() - 1);
        }
        Event event = EventJson.read(row.seq(), body);
        @Nullable Subject subject = subject(event);
        if (chained
                && (!Objects.equals(subject == null ? null : subject.member, row.member())
                        || !Objects.equals(subject == null ? null : subject.interval, row.interval()))) {
            throw damaged(
                    "lists event %s for another member or interval than its own".formatted(row.seq()), row.seq() - 1);
        }
        return new Row(row.seq(), row.type(), row.version(), body, event);
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
        return event instanceof Event.Decided decided
                ? new Subject(decided.member().index(), decided.interval())
                : null;
    }

    private static Subject subject(Attempt attempt) {
        return new Subject(attempt.member().index(), attempt.interval());
    }
}
