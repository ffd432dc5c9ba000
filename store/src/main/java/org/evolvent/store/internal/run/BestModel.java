package org.evolvent.store.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.InvalidCheckpointException;
import org.evolvent.runtime.Manifest;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.store.internal.file.FileCheckpointStore;

/** Writes the directory {@code best}: the best checkpoint and the schedule of hyperparameters that made it. */
final class BestModel {
    private static final String FRESH = ".best.new";
    private static final String OLD = ".best.old";
    private static final String SCHEDULE = "schedule.json";

    private BestModel() {}

    /** Replaces the directory by one that is whole; whoever crashes in between leaves the old one or none, never a half. */
    static void publish(Path best, String schedule, FileCheckpointStore checkpoints, CheckpointId id)
            throws IOException {
        Path fresh = best.resolveSibling(FRESH);
        Path old = best.resolveSibling(OLD);
        Disk.deleteTree(fresh);
        Files.createDirectory(fresh);
        try {
            checkpoints.export(id, fresh.resolve("checkpoint"));
            Files.writeString(fresh.resolve(SCHEDULE), schedule, StandardCharsets.UTF_8);
            Disk.forceTree(fresh);
        } catch (IOException | RuntimeException e) {
            Disk.deleteTree(fresh);
            throw e;
        }
        Disk.deleteTree(old);
        if (Files.exists(best)) {
            Files.move(best, old, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(fresh, best, StandardCopyOption.ATOMIC_MOVE);
        Disk.forceName(best);
        Disk.deleteTree(old);
    }

    /** Returns whether this is published, byte by byte. */
    static boolean isThere(Path best, String schedule, CheckpointId id) {
        Path file = best.resolve(SCHEDULE);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(file).equals(schedule)
                    && Manifest.of(best.resolve("checkpoint")).id().equals(id);
        } catch (IOException | UncheckedIOException | InvalidCheckpointException e) {
            return false;
        }
    }

    /** Deletes what a killed publication left; returns how many things there were. Between its two moves the old one is the best there is. */
    static int clean(Path best) throws IOException {
        Path old = best.resolveSibling(OLD);
        int found = 0;
        if (Files.isDirectory(old, LinkOption.NOFOLLOW_LINKS) && !Files.exists(best, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(old, best, StandardCopyOption.ATOMIC_MOVE);
            found++;
        }
        for (Path left : List.of(old, best.resolveSibling(FRESH))) {
            if (Files.exists(left, LinkOption.NOFOLLOW_LINKS)) {
                Disk.deleteTree(left);
                found++;
            }
        }
        return found;
    }
}
