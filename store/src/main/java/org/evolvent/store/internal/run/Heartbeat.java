package org.evolvent.store.internal.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.disk.Disk;

/**
 * Tells drivers on other hosts that this one lives, where file locks do not reach them: the file {@code driver} in the run directory names
 * the process, and is written anew every few seconds. Whether another's is still written is seen by watching it, so that no two clocks are
 * compared. Thread-safe.
 */
final class Heartbeat implements AutoCloseable {
    static final String FILE = "driver";

    /**
     * How drivers watch each other.
     *
     * @param period between two beats, above 0
     * @param patience how long a driver on another host is silent before it counts as dead; many periods
     * @param trust for how long a driver goes on writing after a look, and for how long whoever takes over waits before it writes
     */
    record Pace(Duration period, Duration patience, Duration trust) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(2));
    }

    private static final int LOOKS = 100;

    private final Path directory;
    private final String me;
    private final Pace pace;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "evolvent-heartbeat");
        named.setDaemon(true);
        return named;
    });
    private volatile Optional<String> successor = Optional.empty();
    private volatile long checkedNanos = System.nanoTime();

    private Heartbeat(Path directory, String me, Pace pace) {
        this.directory = directory;
        this.me = me;
        this.pace = pace;
    }

    /**
     * Begins to beat; waits before that where somebody else may live.
     *
     * @param me this process in words, as no other has them
     * @param host this host: who drove on it is told by its file locks
     * @param takeOver whether not to wait whether somebody else lives
     * @throws EvolventException when somebody on another host does, naming it
     */
    static Heartbeat begin(Path directory, String me, String host, boolean takeOver, Pace pace) throws IOException {
        Optional<String> other = read(directory).filter(text -> !text.contains(" on %s since ".formatted(host)));
        if (other.isPresent() && !takeOver) {
            requireSilent(directory, other.get(), pace.patience());
        }
        Heartbeat begun = new Heartbeat(directory, me, pace);
        begun.write();
        ScheduledFuture<?> unused = begun.thread.scheduleWithFixedDelay(
                begun::beat, pace.period().toNanos(), pace.period().toNanos(), TimeUnit.NANOSECONDS);
        if (other.isPresent()) {
            // For one that lives after all: it has looked before it writes again.
            LockSupport.parkNanos(pace.trust().toNanos());
        }
        return begun;
    }

    private static void requireSilent(Path directory, String heard, Duration patience) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            LockSupport.parkNanos(patience.toNanos() / LOOKS);
            Optional<String> now = read(directory);
            if (now.isEmpty()) {
                return;
            }
            if (!now.get().equals(heard)) {
                throw new EvolventException(
                        "%s is in use by process %s.\nMaybe wait for it, or watch it with: evolvent status %s"
                                .formatted(directory, now.get().replace("\n", ", "), directory));
            }
        }
    }

    private static Optional<String> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    private void write() throws IOException {
        Disk.writeDurably(
                directory.resolve(FILE),
                "%s\nlast heard from at %s\n".formatted(me, Instant.now().truncatedTo(ChronoUnit.MILLIS)));
    }

    private void beat() {
        try {
            if (isMine()) {
                write();
            }
        } catch (IOException e) {
            // The directory may come back, and if it does not, the log tells.
        }
    }

    private boolean isMine() throws IOException {
        Optional<String> other = read(directory).filter(text -> !text.startsWith(me));
        if (other.isPresent()) {
            successor = other;
        } else {
            checkedNanos = System.nanoTime();
        }
        return other.isEmpty();
    }

    /**
     * Returns if nobody has taken over. Who stood still for a while looks, before it does anything else.
     *
     * @throws EvolventException when somebody has, naming it
     */
    void requireMine() {
        try {
            if (System.nanoTime() - checkedNanos > pace.trust().toNanos()) {
                isMine();
            }
        } catch (IOException e) {
            throw new EvolventException(
                    "Whether somebody else drives %s cannot be told: %s".formatted(directory, e), e);
        }
        if (successor.isPresent()) {
            throw new EvolventException(
                    "%s was taken over by process %s, since this one was not heard from for too long, or by --take-over. It stops, and writes nothing more."
                            .formatted(directory, successor.get().replace("\n", ", ")));
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(1, TimeUnit.SECONDS) && isMine()) {
                Files.deleteIfExists(directory.resolve(FILE));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
