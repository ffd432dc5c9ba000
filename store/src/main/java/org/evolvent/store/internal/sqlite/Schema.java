package org.evolvent.store.internal.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;
import org.sqlite.SQLiteOpenMode;

/** How an {@code events.db} is made, recognised, and brought from an older schema to the present one. Stateless. */
final class Schema {
    /** "EVOL"; the file's mark, which {@code file(1)} shows too. */
    static final int APPLICATION_ID = 0x45564F4C;

    static final int VERSION = 2;

    /** As far as this all of a database is looked over before it is written to: it takes a moment. */
    private static final long MOST_CHECKED_BYTES = 64L << 20;

    /** The statement that makes a view, and the view's name. */
    private static final Pattern VIEW =
            Pattern.compile("^(CREATE VIEW (\\w+) AS$.*?);$", Pattern.DOTALL | Pattern.MULTILINE);

    private Schema() {}

    /**
     * Makes an empty database. It gets its name only when it is whole and on the device, so that a half-made one is never met.
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
            for (String part : List.of("", "-journal", "-wal", "-shm")) {
                Disk.deleteTree(fresh.resolveSibling(fresh.getFileName() + part));
            }
            try (Connection connection = Database.connect(fresh, SQLiteOpenMode.READWRITE, SQLiteOpenMode.CREATE);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("BEGIN");
                statement.execute("PRAGMA application_id = " + APPLICATION_ID);
                statement.execute("PRAGMA user_version = " + VERSION);
                statement.executeUpdate(script(VERSION));
                statement.execute("COMMIT");
            }
            Disk.force(fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            Disk.forceName(file);
        } catch (IOException | SQLException e) {
            throw Failures.of("The event store %s cannot be made".formatted(file), e);
        }
    }

    /** Returns the version of a database's schema. */
    static int version(Database database) {
        return (int) database.number("PRAGMA user_version");
    }

    /** Throws unless a database is an event store that this program reads, with the tables that it made and nothing that acts by itself. */
    static void requireKnown(Database database) {
        Path file = database.file();
        try {
            if (database.number("PRAGMA application_id") != APPLICATION_ID) {
                throw new EvolventException(
                        "%s is not an event store of Evolvent, but %s. It is left alone.\nMaybe it is another program's, or damaged: move it away, or restore it from a backup."
                                .formatted(file, Files.size(file) == 0 ? "empty" : "another database"));
            }
            int version = version(database);
            if (version < 1 || version > VERSION) {
                throw new EvolventException(
                        "The event store %s has schema version %s, but this program reads versions up to %s only. It is left alone.\nMaybe it was written by a newer Evolvent: use that one."
                                .formatted(file, version, VERSION));
            }
            requireTables(database, version);
        } catch (IOException e) {
            throw Failures.of("The event store %s cannot be read".formatted(file), e);
        }
    }

    private static void requireTables(Database database, int version) {
        String known = script(version);
        for (String table : version == 1 ? List.of("events") : List.of("events", "checkpoints")) {
            String sql = database.text(
                    "SELECT coalesce((SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = '%s'), 'no such table')"
                            .formatted(table));
            if (!known.contains(sql)) {
                throw database.damaged("its table '%s' is not the one that Evolvent makes".formatted(table));
            }
        }
        String indexes = database.text(
                "SELECT coalesce(group_concat(sql, ';'), '') FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL");
        if (!known.contains(indexes)) {
            throw database.damaged("it has an index that Evolvent does not make");
        }
        long triggers = database.number("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'");
        if (triggers > 0) {
            throw database.damaged("it has triggers, and Evolvent makes none");
        }
    }

    /**
     * Looks for damage.
     *
     * @param whole whether the indexes are compared with the tables, too, and however large it is
     */
    static void requireIntact(Database database, boolean whole) {
        try {
            if (!whole && Files.size(database.file()) > MOST_CHECKED_BYTES) {
                return;
            }
            String found = database.text(whole ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)");
            if (!found.equals("ok")) {
                throw database.damaged(found);
            }
        } catch (IOException e) {
            throw Failures.of("The event store %s cannot be read".formatted(database.file()), e);
        }
    }

    /** Brings a database to the present schema, all of it or nothing. */
    static void upgrade(Database database) {
        if (version(database) == VERSION) {
            renewViews(database);
            return;
        }
        database.inTransaction(() -> {
            for (String view : List.of("intervals", "decisions", "lineage", "members")) {
                database.execute("DROP VIEW " + view);
            }
            database.execute("ALTER TABLE events RENAME TO events_1");
            database.execute("DROP TABLE hardened");
            database.execute(script(VERSION));
            database.execute("PRAGMA user_version = " + VERSION);
            EventTable.of(database).copy(EventTable.ofVersion1(database, "events_1"), Long.MAX_VALUE);
            database.execute("DROP TABLE events_1");
        });
    }

    /** Views tell what is in the tables, and may come to tell more without another version; those that are the user's own stay. */
    private static void renewViews(Database database) {
        VIEW.matcher(script(VERSION)).results().forEach(view -> {
            String there = database.text(
                    "SELECT coalesce((SELECT sql FROM sqlite_schema WHERE type = 'view' AND name = '%s'), '')"
                            .formatted(view.group(2)));
            if (!there.equals(view.group(1))) {
                database.inTransaction(() -> {
                    database.execute("DROP VIEW IF EXISTS " + view.group(2));
                    database.execute(view.group(1));
                });
            }
        });
    }

    /** Returns the statements that make a schema. */
    static String script(int version) {
        String name = "schema-%s.sql".formatted(version);
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read from the program", e);
        }
    }
}
