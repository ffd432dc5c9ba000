package org.evolvent.trainer.internal.thread;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Trainer;

/** Trainers between two intervals, by member; the one that rested longest goes when there are too many. Thread-safe. */
final class HotTrainers {
    /** A trainer and the checkpoint and hyperparameters that it holds at the moment. */
    record Hot(Trainer trainer, CheckpointId holds, Hyperparameters hyperparameters) {}

    private final Map<MemberId, Hot> resting = new LinkedHashMap<>();
    private final int most;

    HotTrainers(int most) {
        this.most = most;
    }

    /** Takes out a member's trainer, if there is one. */
    synchronized Optional<Hot> take(MemberId member) {
        return Optional.ofNullable(resting.remove(member));
    }

    /** Puts a trainer to rest; returns one that has to be closed, if any. */
    synchronized Optional<Hot> rest(MemberId member, Hot hot) {
        resting.put(member, hot);
        if (resting.size() <= most) {
            return Optional.empty();
        }
        MemberId eldest = resting.keySet().iterator().next();
        return Optional.ofNullable(resting.remove(eldest));
    }

    /** Takes out any trainer, if there is one. */
    synchronized Optional<Hot> takeAny() {
        return resting.keySet().stream().findFirst().map(resting::remove);
    }
}
