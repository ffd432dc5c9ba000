package org.evolvent.views.internal.history;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.evolvent.runtime.EvolventException;

/**
 * The random search with the same budget that runs beside a study, in its directory; there may be none. One thread at a time.
 */
public final class Baseline implements AutoCloseable {
    private final Optional<Follower> follower;

    private Baseline(Optional<Follower> follower) {
        this.follower = follower;
    }

    /**
     * Opens that of a run.
     *
     * @param run the run directory
     * @throws EvolventException when its log is damaged
     */
    public static Baseline of(Path run) {
        Path directory = run.resolve("baseline");
        return new Baseline(
                Files.isRegularFile(directory.resolve("study.yaml"))
                        ? Optional.of(Follower.whole(directory))
                        : Optional.empty());
    }

    /** Reads what was logged since the last time, and returns what happened so far; empty where there is none. */
    public Optional<History> history() {
        return follower.map(found -> {
            boolean unused = found.follow();
            return found.history();
        });
    }

    @Override
    public void close() {
        follower.ifPresent(Follower::close);
    }
}
