package org.evolvent.store.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.evolvent.runtime.EvolventException;
import org.jspecify.annotations.Nullable;

/** Keeps a second driver out of a run directory, for as long as this process lives and holds it. Thread-safe. */
final class RunLock implements AutoCloseable {
    /**
     * The locks of this process. They are the process's and not an object's: POSIX drops them when any descriptor of the file is closed, so
     * the file must not even be opened while it is held here.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
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
        Path file = directory.toRealPath().resolve(".lock");
        if (!HELD.add(file)) {
            throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(
                        directory,
                        Files.readString(file, StandardCharsets.UTF_8).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
            return new RunLock(file, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            HELD.remove(file);
            throw e;
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
            channel.close();
            HELD.remove(file);
        }
    }
}
