package org.evolvent.testkit.internal.simulation;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.StorageException;

/** Checkpoints in bad weather. */
record FaultyCheckpoints(CheckpointStore checkpoints, Weather weather) implements CheckpointStore {
    @Override
    public Path stage() {
        weather.requireDisk();
        return checkpoints.stage();
    }

    @Override
    public Stored commit(Path staged) {
        try {
            weather.requireDisk();
        } catch (StorageException e) {
            checkpoints.abandon(staged);
            throw e;
        }
        weather.maybeDie(Fault.DEATH_BEFORE_COMMIT);
        Stored stored = checkpoints.commit(staged);
        weather.maybeDie(Fault.DEATH_AFTER_COMMIT);
        return stored;
    }

    @Override
    public void abandon(Path staged) {
        checkpoints.abandon(staged);
    }

    @Override
    public void release(CheckpointId id) {
        checkpoints.release(id);
    }

    @Override
    public Opened open(CheckpointId id) {
        return checkpoints.open(id);
    }

    @Override
    public boolean isIntact(CheckpointId id) {
        return checkpoints.isIntact(id);
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        weather.requireDisk();
        List<CheckpointId> all = List.copyOf(ids);
        if (!all.isEmpty() && weather.strikes(Fault.DEATH_AMID_DISCARD)) {
            checkpoints.discard(all.subList(0, weather.random().index(all.size() + 1)));
            throw Weather.death(Fault.DEATH_AMID_DISCARD);
        }
        checkpoints.discard(all);
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        if (weather.strikes(Fault.DEATH_AMID_SWEEP)) {
            List<CheckpointId> stray = checkpoints.list().stream()
                    .filter(id -> !reachable.contains(id))
                    .sorted(Comparator.comparing(CheckpointId::digest))
                    .toList();
            checkpoints.discard(stray.subList(0, stray.size() / 2));
            throw Weather.death(Fault.DEATH_AMID_SWEEP);
        }
        return checkpoints.sweep(reachable);
    }

    @Override
    public Set<CheckpointId> list() {
        return checkpoints.list();
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
