package org.evolvent.cli.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.store.run.RunDirectory;

/** Publishes the best model whenever there is a new one, once a second at most, and at the end. Used by the driver's thread only. */
final class BestKeeper implements StudyListener {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final RunDirectory directory;
    private final InstantSource clock;
    private Instant last = Instant.EPOCH;

    BestKeeper(RunDirectory directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
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
        directory.publishBest(state, state.study().name(), state.study().seed());
    }
}
