package org.evolvent.store.internal.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.testkit.internal.contract.ForwardingCheckpointStore;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;

/** A run whose power goes at the n-th append. It notes what had been forced to the device by then. */
final class PowerCut {
    private final RunDirectory run;
    private final Set<CheckpointId> forced = new HashSet<>();
    private long logBytesForced;
    private int appendsLeft;

    PowerCut(RunDirectory run, int appends) {
        this.run = run;
        this.appendsLeft = appends;
    }

    EventStore events() {
        return new Events();
    }

    CheckpointStore checkpoints() {
        return new Checkpoints();
    }

    private synchronized void requirePower() {
        if (appendsLeft < 0) {
            throw new EvolventException("The power is gone");
        }
    }

    /** Copies the run as it may be found when the power is back: all that was forced, and by luck some of the rest. */
    synchronized void copyTo(Path target, SplittableRandom random) throws IOException {
        Files.createDirectories(target.resolve("checkpoints"));
        for (String name : List.of("study.yaml", "events.db", "events.db-wal", "events.db-shm")) {
            Files.copy(run.path().resolve(name), target.resolve(name));
        }
        if (random.nextBoolean()) {
            try (FileChannel log = FileChannel.open(target.resolve("events.db-wal"), StandardOpenOption.WRITE)) {
                log.truncate(random.nextLong(logBytesForced, log.size() + 1));
            }
        }
        try (Stream<Path> entries = Files.list(run.path().resolve("checkpoints"))) {
            for (Path entry : entries.filter(
                            path -> !path.getFileName().toString().startsWith("."))
                    .toList()) {
                copy(
                        entry,
                        target.resolve("checkpoints")
                                .resolve(entry.getFileName().toString()),
                        random);
            }
        }
    }

    private void copy(Path entry, Path target, SplittableRandom random) throws IOException {
        CheckpointId id = new CheckpointId(entry.getFileName().toString().replace(".manifest", ""));
        boolean lucky = forced.contains(id) || random.nextInt(4) == 0;
        if (!lucky && random.nextBoolean()) {
            return;
        }
        if (!Files.isDirectory(entry)) {
            Files.write(target, lucky ? Files.readAllBytes(entry) : new byte[0]);
            return;
        }
        Files.createDirectory(target);
        try (Stream<Path> files = Files.list(entry)) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(target.resolve(file.getFileName().toString()), lucky ? bytes : new byte[bytes.length]);
            }
        }
    }

    private final class Events extends ForwardingEventStore {
        Events() {
            super(run.events());
        }

        @Override
        public void append(List<? extends Event> events) {
            synchronized (PowerCut.this) {
                appendsLeft--;
                requirePower();
                super.append(events);
            }
        }

        @Override
        public void sync() {
            synchronized (PowerCut.this) {
                requirePower();
                super.sync();
                logBytesForced = run.path().resolve("events.db-wal").toFile().length();
            }
        }
    }

    private final class Checkpoints extends ForwardingCheckpointStore {
        Checkpoints() {
            super(run.checkpoints());
        }

        @Override
        public Stored commit(Path staged) {
            Stored stored = super.commit(staged);
            synchronized (PowerCut.this) {
                forced.add(stored.id());
            }
            return stored;
        }

        @Override
        public void discard(Collection<CheckpointId> ids) {
            synchronized (PowerCut.this) {
                requirePower();
                super.discard(ids);
            }
        }
    }
}
