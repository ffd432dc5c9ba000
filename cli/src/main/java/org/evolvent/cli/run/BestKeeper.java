package org.evolvent.cli.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.store.run.RunDirectory;

/**
 * Publishes the best model whenever there is a new one, once a second at most, and at the end. When its checkpoint is damaged the best of
 * those that members hold takes its place; when the disk is full, what was published stays. Used by the driver's thread only.
 */
final class BestKeeper implements StudyListener {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RunDirectory directory;
    private final InstantSource clock;
    private final Consumer<DamagedCheckpointException> damaged;
    private final StudyListener display;
    private final Set<CheckpointId> given = new HashSet<>();
    private Instant last = Instant.EPOCH;

    /**
     * Creates one.
     *
     * @param damaged is told of each checkpoint that turns out to be damaged, once
     * @param display is told what people should know
     */
    BestKeeper(
            RunDirectory directory,
            InstantSource clock,
            Consumer<DamagedCheckpointException> damaged,
            StudyListener display) {
        this.directory = directory;
        this.clock = clock;
        this.damaged = damaged;
        this.display = display;
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        Instant now = clock.instant();
        if (!now.isBefore(last.plus(PERIOD))) {
            publish(state.get());
            last = now;
        }
    }

    /** Publishes the best of a state unless that has been done. */
    void publish(StudyState state) {
        if (state.population().best().isEmpty()
                || tried(state.population().best().get(), state)) {
            return;
        }
        for (ReadyPoint point : state.population().ranking()) {
            if (!point.isDonor() || tried(point, state)) {
                return;
            }
        }
    }

    /** Publishes a result; returns false when another has to be tried. */
    private boolean tried(ReadyPoint point, StudyState state) {
        try {
            directory.publishBest(point, state.study().name(), state.study().seed());
            return true;
        } catch (DamagedCheckpointException e) {
            if (given.add(e.checkpoint())) {
                display.warned("The best model so far, of member %s in interval %s, cannot be published: %s"
                        .formatted(point.member(), point.interval(), e.getMessage()));
                damaged.accept(e);
            }
            return false;
        } catch (StorageException e) {
            display.warned("The best model could not be published: %s".formatted(e.getMessage()));
            return true;
        }
    }
}
