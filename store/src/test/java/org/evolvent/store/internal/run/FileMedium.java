package org.evolvent.store.internal.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.store.internal.disk.Disk;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.internal.simulation.Medium;

/**
 * A real run directory. When its process dies it is copied as it lies there, without a word to the stores, with what a process of this
 * version or an older one may have left in the middle of its work; the next process opens the copy.
 */
final class FileMedium implements Medium {
    private final Path parent;
    private int deaths;
    private RunDirectory run;
    private long logBytesSynced;

    FileMedium(Path parent) {
        this.parent = parent;
        this.run = RunDirectory.create(place(), "study: simulated\n");
    }

    private Path place() {
        return parent.resolve("run-" + deaths);
    }

    private Path log() {
        return run.path().resolve("events.db-wal");
    }

    @Override
    public EventStore events() {
        return new Syncing(run.events());
    }

    @Override
    public CheckpointStore checkpoints() {
        return run.checkpoints();
    }

    @Override
    public SnapshotStore snapshots() {
        return run.snapshots();
    }

    @Override
    public void die(RandomStream random) {
        reopen(random, Long.MAX_VALUE);
    }

    @Override
    public void losePower(RandomStream random) {
        try {
            long written = Files.exists(log()) ? Files.size(log()) : 0;
            reopen(random, logBytesSynced + random.below(Math.max(1, written - logBytesSynced + 1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void reopen(RandomStream random, long logBytes) {
        try {
            Path old = run.path();
            deaths++;
            Path next = place();
            copy(old, next);
            run.close();
            Disk.deleteTree(old);
            Path wal = next.resolve("events.db-wal");
            if (Files.exists(wal) && Files.size(wal) > logBytes) {
                try (FileChannel channel = FileChannel.open(wal, StandardOpenOption.WRITE)) {
                    channel.truncate(logBytes);
                }
            }
            leave(next, random);
            run = RunDirectory.open(next);
            logBytesSynced = 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process may be in the middle of: saving, deleting, publishing. */
    private static void leave(Path run, RandomStream random) throws IOException {
        Path staging = run.resolve("checkpoints/.staging");
        for (String name : List.of("0", "1", "full-2", "4711-0/0", "4711-0/1")) {
            if (random.chance(0.5)) {
                Path half = Files.createDirectories(staging.resolve(name));
                Files.writeString(half.resolve("weights"), "half");
            }
        }
        if (random.chance(0.5)) {
            Files.writeString(run.resolve("checkpoints").resolve("0".repeat(64) + ".manifest"), "half");
        }
        if (random.chance(0.5)) {
            Files.createDirectories(run.resolve(".best.new/checkpoint"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                // SQLite makes the index of the log anew; it is of no use to another process.
                if (!path.getFileName().toString().endsWith("-shm")) {
                    Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }

    @Override
    public void damage(CheckpointId id) {
        Path files = files(id);
        try {
            if (!Files.isDirectory(files)) {
                change("UPDATE checkpoints SET content = zeroblob(length(content)) WHERE id = ?", id);
                return;
            }
            try (Stream<Path> all = Files.list(files)) {
                for (Path file : all.toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    bytes[0] ^= 1;
                    Disk.deleteTree(file);
                    Files.write(file, bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void remove(CheckpointId id) {
        try {
            if (Files.isDirectory(files(id))) {
                Disk.deleteTree(files(id));
            } else {
                change("DELETE FROM checkpoints WHERE id = ?", id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path files(CheckpointId id) {
        return run.path().resolve("checkpoints").resolve(id.digest());
    }

    private void change(String sql, CheckpointId id) {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + run.path().resolve("events.db"));
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, id.digest());
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int leftovers() {
        try (Stream<Path> walk = Files.walk(run.path().resolve("checkpoints"))) {
            return (int)
                    walk.filter(path -> isLeftover(run.path().relativize(path).toString(), path))
                            .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLeftover(String name, Path path) {
        if (name.contains(".staging")) {
            return Files.isRegularFile(path);
        }
        return name.endsWith(".manifest")
                && !Files.isDirectory(Path.of(path.toString().replace(".manifest", "")));
    }

    @Override
    public void close() {
        run.close();
        try {
            Disk.deleteTree(run.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Syncing extends ForwardingEventStore {
        private Syncing(EventStore events) {
            super(events);
        }

        @Override
        public void sync() {
            super.sync();
            try {
                logBytesSynced = Files.size(log());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
