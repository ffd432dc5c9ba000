package org.evolvent.store.internal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive rows of a query for events, as they are stored: nothing of them is believed yet.
 *
 * @param rows the rows, at most {@link #MOST}
 * @param before the end of the log before the first of them when all events are read from there on; null when only some are
 * @param failure what SQLite said when it was asked for the row behind them
 */
record StoredEvents(
        List<Row> rows,
        EventTable.@Nullable End before,
        @Nullable SQLException failure) {
    static final int MOST = 1000;

    /**
     * A row.
     *
     * @param body the event as JSON in UTF-8
     * @param link the link that is stored with it; null in a log of version 1
     * @param linkBefore the link that is stored with the event before it, or the beginning of the chain
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Row(
            long seq,
            String type,
            int version,
            byte[] body,
            @Nullable Object member,
            @Nullable Object interval,
            byte @Nullable [] link,
            byte[] linkBefore) {}

    /** Reads the next rows of a query. */
    static StoredEvents next(ResultSet query, EventTable.@Nullable End before) {
        List<Row> rows = new ArrayList<>();
        byte @Nullable [] previous = before == null ? null : before.link();
        try {
            while (rows.size() < MOST && query.next()) {
                byte @Nullable [] body = query.getBytes(4);
                byte @Nullable [] link = query.getBytes(7);
                rows.add(new Row(
                        query.getLong(1),
                        String.valueOf(query.getString(2)),
                        query.getInt(3),
                        body == null ? new byte[0] : body,
                        query.getObject(5),
                        query.getObject(6),
                        link,
                        orBeginning(before == null ? query.getBytes(8) : previous)));
                previous = link;
            }
            return new StoredEvents(rows, before, null);
        } catch (SQLException e) {
            return new StoredEvents(rows, before, e);
        }
    }

    private static byte[] orBeginning(byte @Nullable [] link) {
        return link == null ? Chain.beginning() : link;
    }

    /** Returns whether no rows come behind these. */
    boolean areLast() {
        return failure != null || rows.size() < MOST;
    }

    /** Returns the end of the log behind these; null when only some events are read. */
    EventTable.@Nullable End end() {
        if (before == null || rows.isEmpty()) {
            return before;
        }
        Row last = rows.get(rows.size() - 1);
        return EventTable.End.of(last.seq, last.link);
    }
}
