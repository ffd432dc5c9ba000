package org.evolvent.trainer.internal.process;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.space.Value;
import org.evolvent.runtime.Manifest;
import org.evolvent.runtime.StorageException;

/** What a trainer says. */
public sealed interface Answer {
    /**
     * A request was carried out. What is present depends on the request.
     *
     * @param id the request
     * @param version to {@code start}: the version to speak from now on
     * @param step the steps behind the weights
     * @param hyperparameters what is really in force; it may be some of them
     * @param metrics to {@code train} and {@code evaluate}: what was measured
     * @param samples to {@code train} and {@code evaluate}: the single evaluations behind the objective
     * @param files to {@code save}: what was saved, if that was asked for
     * @param finishes to {@code start}: whether the trainer understands {@code finish}
     * @param marks to {@code start}: whether the trainer writes the line that begins another attempt's log
     */
    record Ok(
            long id,
            Optional<Long> version,
            Optional<Long> step,
            Optional<Map<String, Value>> hyperparameters,
            Map<String, Double> metrics,
            List<Double> samples,
            Optional<Manifest> files,
            boolean finishes,
            boolean marks)
            implements Answer {}

    /** Training goes on. */
    record Progress(long id, long step, Map<String, Double> metrics) implements Answer {}

    /**
     * A request failed.
     *
     * @param id the request; without one it could not even be read
     * @param storage what is the matter with a medium, if that is why
     */
    record Refused(Optional<Long> id, String message, Optional<StorageException.Kind> storage) implements Answer {}
}
