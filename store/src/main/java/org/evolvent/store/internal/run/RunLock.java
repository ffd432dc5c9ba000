package org.evolvent.store.internal.run;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evolvent.runtime.EvolventException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second driver out of a run directory, for as long as this process lives and holds it. What is held is {@code .lock}, which names
 * the process, and with it a byte of the log far behind its end: who deletes a lock file that looks stale does not let a second driver in,
 * as nobody can go on without the log. Thread-safe.
 */
final class RunLock implements AutoCloseable {
    /** Neither a byte that SQLite locks (those from 2^30 on are few) nor one that it ever writes. */
    private static final long FAR_BYTE = 1L << 50;

    private static final int MOST_NAME_BYTES = 1000;
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final int LOOKS = 5;
    private static final long MILLIS_BETWEEN_LOOKS = 20;

    /**
     * The locks of this process. They are the process's and not an object's: POSIX drops them when any descriptor of the file is closed, so
     * the file must not even be opened while it is held here.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Path file;
    private final FileChannel channel;
    private @Nullable FileChannel log;
    private @Nullable Heartbeat heartbeat;

    private RunLock(Path directory, Path file, FileChannel channel) {
        this.directory = directory;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param directory an existing directory
     * @throws EvolventException when another driver holds it, naming its process
     */
    static RunLock take(Path directory) throws IOException {
        return take(directory, false);
    }

    /**
     * Takes the lock.
     *
     * @param directory an existing directory
     * @param takeOver whether a driver on another host, whose locks may not reach this one, is believed to be dead; else that is waited for
     * @throws EvolventException when another driver holds it, naming its process
     */
    static RunLock take(Path directory, boolean takeOver) throws IOException {
        Path file = directory.toRealPath().resolve(".lock");
        if (!HELD.add(file)) {
            throw inUse(directory, me());
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            @Nullable FileLock lock = channel.tryLock();
            for (int i = 0; lock == null && i < LOOKS; i++) {
                pause(); // Maybe somebody only looks whether there is a driver.
                lock = channel.tryLock();
            }
            if (lock == null) {
                throw inUse(
                        directory,
                        Files.readString(file, StandardCharsets.UTF_8).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((me() + "\n").getBytes(StandardCharsets.UTF_8)));
            RunLock taken = new RunLock(directory, file, channel);
            taken.heartbeat = Heartbeat.begin(directory, me(), host(), takeOver, Heartbeat.Pace.USUAL);
            return taken;
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(file);
            throw e;
        }
    }

    /** Returns this process, where it runs and since when it has driven a study, in words. */
    private static String me() {
        return "%s on %s since %s"
                .formatted(ProcessHandle.current().pid(), host(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String host() {
        try {
            // Whether it can be looked up or not.
            return Files.isReadable(LINUX_HOST_NAME)
                    ? Files.readString(LINUX_HOST_NAME, StandardCharsets.UTF_8).strip()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "an unnamed host";
        }
    }

    /**
     * Returns if this is still held.
     *
     * @throws EvolventException when a driver on another host has taken over
     */
    void requireHeld() {
        if (heartbeat != null) {
            heartbeat.requireMine();
        }
    }

    /**
     * Returns the driver of a run as its lock names it: the process, its host and since when. Empty when nobody drives it, whatever a driver
     * that was killed has left. Who drives is not disturbed.
     */
    static Optional<String> holder(Path directory) throws IOException {
        Path file = directory.toRealPath().resolve(".lock");
        if (HELD.contains(file)) {
            return Optional.of(me());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            @Nullable FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
            if (lock != null) {
                lock.release();
                return Optional.empty();
            }
            ByteBuffer name = ByteBuffer.allocate(MOST_NAME_BYTES);
            channel.read(name, 0);
            String said = new String(name.array(), 0, name.position(), StandardCharsets.UTF_8).strip();
            return Optional.of(said.isEmpty() ? "(unknown)" : said);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(MILLIS_BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes the log as well. SQLite must open it afterwards and close it before this is closed: POSIX drops all locks of a process on a file
     * with any of its descriptors.
     *
     * @throws EvolventException when another driver holds it
     */
    void takeLog(Path events) throws IOException {
        FileChannel opened =
                FileChannel.open(events, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        log = opened;
        if (opened.tryLock(FAR_BYTE, 1, false) == null) {
            throw inUse(directory, "");
        }
    }

    private static EvolventException inUse(Path directory, String process) {
        return new EvolventException(
                "%s is in use by process %s.\nMaybe wait for it, or watch it with: evolvent status %s"
                        .formatted(directory, process.isEmpty() ? "(unknown)" : process, directory));
    }

    @Override
    public void close() throws IOException {
        if (channel.isOpen()) {
            try (channel) {
                if (heartbeat != null) {
                    heartbeat.close();
                }
                if (log != null) {
                    log.close();
                }
            } finally {
                HELD.remove(file);
            }
        }
    }
}
