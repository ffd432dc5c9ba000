package org.evolvent.study.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.DamagedCheckpointException;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.store.internal.run.RunDirectory;

/**
 * Publishes the best model whenever there is a new one, once a second at most, and at the end; not before
 * the first results of a session, which whoever resumes waits for. When its checkpoint is damaged the best of
 * those that members hold takes its place; when the disk is full, what was published stays. Used by the driver's thread only.
 */
final class BestKeeper implements StudyListener {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RunDirectory directory;
    private final InstantSource clock;
    private final Consumer<DamagedCheckpointException> damaged;
    private final StudyListener display;
    private final Map<CheckpointId, String> lost = new HashMap<>();
    private Instant last;
    private String warned = "";

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
        this.last = clock.instant();
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

    /** Publishes the best of a state unless that has been done; returns what came of it. */
    Publication publish(StudyState state) {
        Optional<ReadyPoint> best = state.population().best();
        if (best.isEmpty()) {
            return new Publication(best, Optional.empty(), NoScore.reason(state).orElse(""));
        }
        String trouble = "";
        for (ReadyPoint point : candidates(best.get(), state)) {
            try {
                Optional<String> damage = publish(point, state);
                if (damage.isEmpty()) {
                    return new Publication(best, Optional.of(point), trouble);
                }
                trouble = trouble.isEmpty() ? damage.get() : trouble;
            } catch (StorageException e) {
                return new Publication(best, Optional.empty(), warn(String.valueOf(e.getMessage())));
            }
        }
        return new Publication(best, Optional.empty(), trouble);
    }

    /** Returns the best, and the others whose weights members hold and have a score of their own, from better to worse. */
    private static List<ReadyPoint> candidates(ReadyPoint best, StudyState state) {
        List<ReadyPoint> candidates = new ArrayList<>(List.of(best));
        for (ReadyPoint point : state.population().ranking()) {
            if (!point.isDonor()) {
                break;
            }
            if (point.absences() == 0) {
                candidates.add(point);
            }
        }
        return candidates;
    }

    /** Publishes a result; returns what is damaged when that cannot be done. */
    private Optional<String> publish(ReadyPoint point, StudyState state) {
        CheckpointId id = point.checkpoint().orElseThrow().id();
        if (!lost.containsKey(id)) {
            try {
                directory.publishBest(point, state.study().name(), state.study().seed());
            } catch (DamagedCheckpointException e) {
                lost.put(id, String.valueOf(e.getMessage()));
                damaged.accept(e);
            }
        }
        // Who lost its checkpoint may have been published before, and be whole there.
        return lost.containsKey(id)
                        && !directory.isPublished(
                                point, state.study().name(), state.study().seed())
                ? Optional.of(lost.get(id))
                : Optional.empty();
    }

    private String warn(String reason) {
        if (!reason.equals(warned)) {
            warned = reason;
            display.warned("The best model could not be published: %s".formatted(reason));
        }
        return reason;
    }
}
