package org.evolvent.runtime;

import java.util.Optional;
import org.evolvent.core.study.Study;

/**
 * Keeps the latest {@link Snapshot} of one log. It may be lost at any time, and nothing but time is lost with it. Thread-safe.
 */
public interface SnapshotStore {
    /** Keeps nothing. */
    SnapshotStore NONE = new SnapshotStore() {
        @Override
        public long write(Snapshot snapshot) {
            return 0;
        }

        @Override
        public Optional<Snapshot> read(Study study) {
            return Optional.empty();
        }
    };

    /**
     * Replaces what is kept. A snapshot whose strategy does not say what it remembers cannot be kept; then nothing is replaced.
     *
     * @param snapshot of events that are in the log
     * @return the bytes written; 0 when nothing was
     * @throws EvolventException when the medium fails; what was kept before is kept or lost
     */
    long write(Snapshot snapshot);

    /**
     * Returns what is kept when it is whole and of the log as it is now: when the log begins with the same events. Anything else is as good
     * as nothing.
     *
     * @param study what the log is a log of, as it began, with its amendments; the state is of the study that was in force
     */
    Optional<Snapshot> read(Study study);

    /**
     * Returns the same, or what an empty log comes to. Whatever is kept of a study with another definition counts as nothing.
     *
     * @param study what the log is a log of, as it began, with its amendments
     * @param definition the canonical text of the study as it began
     */
    default Snapshot latest(Study study, String definition) {
        return read(study)
                .filter(snapshot -> {
                    int amendments = snapshot.facts().amendments();
                    String inForce = amendments == 0
                            ? definition
                            : study.amended(amendments - 1).next().orElseThrow().definition();
                    return snapshot.facts().definition().equals(inForce);
                })
                .orElseGet(() -> Snapshot.initial(study));
    }
}
