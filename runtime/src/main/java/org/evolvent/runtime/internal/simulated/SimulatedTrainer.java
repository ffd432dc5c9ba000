package org.evolvent.runtime.internal.simulated;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.study.Attempt;

/** A training program as a pure function from weights to weights; the same attempt and weights give the same outcome. */
@FunctionalInterface
public interface SimulatedTrainer {
    /**
     * What an interval gives.
     *
     * @param weights all that training goes on from; immutable
     * @param metrics by name
     * @param samples the evaluation samples behind the objective; may be empty
     */
    record Outcome(Object weights, Map<String, Double> metrics, List<Double> samples) {}

    /**
     * Trains one interval.
     *
     * @param attempt what to train, for how long and with what
     * @param weights those to start from; empty for fresh ones
     */
    Outcome train(Attempt attempt, Optional<Object> weights);
}
