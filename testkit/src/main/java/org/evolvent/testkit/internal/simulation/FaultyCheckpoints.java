package org.evolvent.testkit.internal.simulation;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.StorageException;
import org.evolvent.testkit.internal.contract.ForwardingCheckpointStore;

/** Checkpoints in bad weather. */
final class FaultyCheckpoints extends ForwardingCheckpointStore {
    private final Weather weather;

    FaultyCheckpoints(CheckpointStore checkpoints, Weather weather) {
        super(checkpoints);
        this.weather = weather;
    }

    @Override
    public Path stage() {
        weather.requireDisk();
        return super.stage();
    }

    @Override
    public Stored commit(Path staged) {
        try {
            weather.requireDisk();
        } catch (StorageException e) {
            abandon(staged);
            throw e;
        }
        weather.maybeDie(Fault.DEATH_BEFORE_COMMIT);
        Stored stored = super.commit(staged);
        weather.maybeDie(Fault.DEATH_AFTER_COMMIT);
        return stored;
    }

    @Override
    public void discard(Collection<CheckpointId> ids) {
        weather.requireDisk();
        List<CheckpointId> all = List.copyOf(ids);
        if (!all.isEmpty() && weather.strikes(Fault.DEATH_AMID_DISCARD)) {
            super.discard(all.subList(0, weather.random().index(all.size() + 1)));
            throw Weather.death(Fault.DEATH_AMID_DISCARD);
        }
        super.discard(all);
    }

    @Override
    public int sweep(Set<CheckpointId> reachable) {
        if (weather.strikes(Fault.DEATH_AMID_SWEEP)) {
            List<CheckpointId> stray = list().stream()
                    .filter(id -> !reachable.contains(id))
                    .sorted(Comparator.comparing(CheckpointId::digest))
                    .toList();
            super.discard(stray.subList(0, stray.size() / 2));
            throw Weather.death(Fault.DEATH_AMID_SWEEP);
        }
        return super.sweep(reachable);
    }
}
