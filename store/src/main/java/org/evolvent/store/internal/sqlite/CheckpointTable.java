package org.evolvent.store.internal.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;

/**
 * Small checkpoints, in the same database as the log: of what survives a loss of power the log never has a part without the checkpoints
 * that it names. Thread-safe.
 */
public final class CheckpointTable {
    /**
     * A checkpoint as it is stored.
     *
     * @param manifest the manifest's text
     * @param content the bytes of its files, one after the other
     */
    @SuppressWarnings("ArrayRecordComponent") // Rows are handed over and never compared.
    public record Row(String manifest, byte[] content) {}

    private final Database database;
    private final boolean exists;

    /** What was discarded and is still in the table: it goes with the next commit, which so costs no second transaction. */
    private final Set<CheckpointId> discarded = new HashSet<>();

    CheckpointTable(Database database) {
        this.database = database;
        this.exists = Schema.version(database) > 1;
    }

    /** Keeps a checkpoint; on return it survives the death of the process. One of the same name is written over. */
    public void put(CheckpointId id, Row row) {
        synchronized (database) {
            database.inTransaction(() -> {
                deleteDiscarded();
                PreparedStatement insert = database.prepared(
                        "INSERT OR REPLACE INTO checkpoints (id, manifest, content) VALUES (?, ?, ?)");
                insert.setString(1, id.digest());
                insert.setString(2, row.manifest);
                insert.setBytes(3, row.content);
                insert.executeUpdate();
            });
            discarded.clear();
        }
    }

    /** Returns a checkpoint as it is stored, whole or damaged. */
    public Optional<Row> get(CheckpointId id) {
        synchronized (database) {
            if (!exists || discarded.contains(id)) {
                return Optional.empty();
            }
            try {
                PreparedStatement select = database.prepared("SELECT manifest, content FROM checkpoints WHERE id = ?");
                select.setString(1, id.digest());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Row(String.valueOf(row.getString(1)), row.getBytes(2)))
                            : Optional.empty();
                }
            } catch (SQLException e) {
                database.forgetPrepared();
                throw database.failed("read", e);
            }
        }
    }

    /** Returns the names of all. */
    public Set<CheckpointId> list() {
        synchronized (database) {
            Set<CheckpointId> all = new HashSet<>();
            if (!exists) {
                return all;
            }
            try (PreparedStatement select = database.prepare(
                            "SELECT id FROM checkpoints WHERE length(id) = 64 AND id NOT GLOB '*[^0-9a-f]*'");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    database.alive();
                    all.add(new CheckpointId(String.valueOf(row.getString(1))));
                }
            } catch (SQLException e) {
                throw database.failed("read", e);
            }
            all.removeAll(discarded);
            return all;
        }
    }

    /** Keeps what can be read of another table, in which anything may be damaged. */
    void putReadable(CheckpointTable from) {
        try {
            for (CheckpointId id : from.list()) {
                from.get(id).ifPresent(row -> put(id, row));
            }
        } catch (DamagedLogException e) {
            // Whoever needs one of the others is told that it is missing.
        }
    }

    /** Deletes a checkpoint, when there is one of this name. Its room is free for others after the next {@link #put} or {@link #flush}. */
    public void discard(CheckpointId id) {
        synchronized (database) {
            discarded.add(id);
        }
    }

    /** Frees the room of everything that was discarded. */
    public void flush() {
        synchronized (database) {
            if (!discarded.isEmpty()) {
                database.inTransaction(this::deleteDiscarded);
                discarded.clear();
            }
        }
    }

    private void deleteDiscarded() throws SQLException {
        PreparedStatement delete = database.prepared("DELETE FROM checkpoints WHERE id = ?");
        for (CheckpointId id : discarded) {
            delete.setString(1, id.digest());
            delete.executeUpdate();
        }
    }
}
