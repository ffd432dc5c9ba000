package org.evolvent.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.store.disk.Disk;

/**
 * Empty directories in a file system that is memory, where making and deleting a file takes microseconds. They are this process's own:
 * a lock tells that it lives, and the next process to come takes away what a killed one has left. Thread-safe.
 */
final class Scratch implements AutoCloseable {
    private static final String PREFIX = "evolvent-scratch-";
    private static final String LOCK = "lock";

    private final Path directory;
    private final FileChannel lock;
    private final AtomicLong made = new AtomicLong();
    private final Queue<Path> empty = new ConcurrentLinkedQueue<>();

    private Scratch(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Makes one in a directory, and deletes those of processes that are gone. */
    static Scratch open(Path parent) throws IOException {
        String own = PREFIX + ProcessHandle.current().pid() + "-";
        for (String name : Layout.names(parent)) {
            // Not our own: closing a second descriptor of a file drops all locks that a process has on it.
            if (name.startsWith(PREFIX) && !name.startsWith(own)) {
                deleteIfAbandoned(parent.resolve(name));
            }
        }
        while (true) {
            Path directory = Files.createTempDirectory(parent, own);
            Path file = directory.resolve(LOCK);
            FileChannel lock = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            lock.lock();
            if (Files.exists(file)) {
                return new Scratch(directory, lock);
            }
            // Somebody took it for abandoned before it was locked.
            lock.close();
        }
    }

    private static void deleteIfAbandoned(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock free = channel.tryLock()) {
            if (free != null) {
                Disk.deleteTree(directory);
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            // It is being made or deleted at this moment, or it is another user's.
        }
    }

    /** Returns an empty directory. */
    Path take() throws IOException {
        Path spare = empty.poll();
        return spare != null ? spare : Files.createDirectory(directory.resolve(Long.toString(made.getAndIncrement())));
    }

    /** Returns whether a directory came from here. */
    boolean owns(Path taken) {
        return directory.equals(taken.getParent());
    }

    /** Deletes what is in a directory that was taken, and keeps it for the next. */
    void giveBack(Path taken) throws IOException {
        for (String name : Layout.names(taken)) {
            Disk.deleteTree(taken.resolve(name));
        }
        empty.add(taken);
    }

    /** Deletes all directories, taken or not; returns how many had something in them. */
    int sweep() throws IOException {
        int full = 0;
        for (Path spare = empty.poll(); spare != null; spare = empty.poll()) {
            Files.delete(spare);
        }
        for (String name : Layout.names(directory)) {
            if (!name.equals(LOCK)) {
                full += Layout.names(directory.resolve(name)).isEmpty() ? 0 : 1;
                Disk.deleteTree(directory.resolve(name));
            }
        }
        return full;
    }

    @Override
    public void close() throws IOException {
        Disk.deleteTree(directory);
        lock.close();
    }
}
