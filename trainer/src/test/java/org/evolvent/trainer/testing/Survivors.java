package org.evolvent.trainer.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Processes that should be gone, on systems with {@code /proc}. */
public final class Survivors {
    private Survivors() {}

    /** Waits for a file with the ids of processes, one a line, and reads it. */
    public static List<Long> awaitIds(Path file) {
        await("no " + file, () -> Files.exists(file));
        try {
            return Files.readAllLines(file).stream().map(Long::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until none is alive. */
    public static void awaitNone(List<Long> ids) {
        await("still alive, of " + ids, () -> among(ids).isEmpty());
    }

    /** Returns those that are alive. */
    public static List<Long> among(List<Long> ids) {
        return ids.stream().filter(Survivors::isAlive).toList();
    }

    private static boolean isAlive(long pid) {
        try {
            // A dead one whose parent does not ask for it stays listed as a zombie.
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .matches("(?s).*\\) [ZX] .*");
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            return !"No such process".equals(e.getMessage());
        }
    }

    private static void await(String otherwise, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Python.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(otherwise).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
