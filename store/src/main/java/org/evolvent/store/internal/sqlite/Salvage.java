package org.evolvent.store.internal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.disk.Failures;

/** The way out of a damaged log: a new one with the part that can be trusted. The damaged one is kept under another name. */
public final class Salvage {
    /** The creation of the study and of its population: with less there is nothing to go on with. */
    public static final long FEWEST_EVENTS = 2;

    private Salvage() {}

    /**
     * Begins a database anew with the first events of the present one, and all small checkpoints that can be read. To be called while nobody
     * has the database open.
     *
     * @param file the database
     * @param events how many events to keep, at least {@value #FEWEST_EVENTS}
     * @return where the damaged one is now
     * @throws EvolventException when fewer events can be trusted, or the disk fails; everything is as it was then
     */
    public static Path keep(Path file, long events) {
        Path fresh = file.resolveSibling("." + file.getFileName() + ".salvaged");
        try {
            for (String part : List.of("", "-wal", "-shm")) {
                Disk.deleteTree(fresh.resolveSibling(fresh.getFileName() + part));
            }
            Schema.create(fresh);
            copy(file, fresh, events);
            return exchange(file, fresh);
        } catch (IOException e) {
            throw Failures.of("The log %s cannot be begun anew".formatted(file), e);
        }
    }

    private static void copy(Path from, Path to, long events) {
        try (Database damaged = Database.openToRead(from);
                Database whole = Database.openToWrite(to)) {
            EventTable log = EventTable.of(damaged);
            if (events < FEWEST_EVENTS || log.end().events() < events) {
                throw new EvolventException(
                        "The log %s has %s events, of which the first %s can be trusted, so that %s cannot be kept.\nMaybe keep %s to %s."
                                .formatted(
                                        from,
                                        log.end().events(),
                                        SqliteEventStore.trusted(from),
                                        events,
                                        FEWEST_EVENTS,
                                        SqliteEventStore.trusted(from)));
            }
            whole.inTransaction(() -> EventTable.of(whole).copy(log, events));
            new CheckpointTable(whole).putReadable(new CheckpointTable(damaged));
        }
    }

    /** What was there is whole under its new name before it loses the first, and at no time has the new one the write-ahead log of the old. */
    private static Path exchange(Path file, Path fresh) throws IOException {
        Path damaged = Disk.unused(file.resolveSibling(file.getFileName() + ".damaged"));
        // No second name: a run directory with such a thing is taken for a stranger's trap.
        Files.copy(file, damaged);
        Disk.force(damaged);
        Path log = WriteAheadLog.of(file);
        if (Files.exists(log)) {
            Files.copy(log, WriteAheadLog.of(damaged));
            Disk.force(WriteAheadLog.of(damaged));
            Disk.forceName(damaged);
            Files.delete(log);
        }
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-shm"));
        Disk.force(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Disk.forceName(file);
        return damaged;
    }
}
