package org.evolvent.core.internal.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/**
 * Draws each parameter that is not fixed anew from its prior with some probability, and otherwise leaves it to another operator.
 * A parameter that has a probability of its own is drawn anew with that.
 *
 * @param probability from 0 to 1
 * @param otherwise the operator for the parameters that are not drawn anew
 */
public record Resample(double probability, Explore otherwise) implements Explore {
    public Resample {
        Perturb.RESAMPLE.require(probability);
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        return resampled(handover.space(), otherwise.explore(handover, random), random);
    }

    @Override
    public Explore ofFirstRules() {
        return with(otherwise.ofFirstRules());
    }

    @Override
    public Explore observe(ReadyPoint point) {
        return with(otherwise.observe(point));
    }

    @Override
    public Explore observe(MemberId member, Decision decision) {
        return with(otherwise.observe(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return otherwise.memory();
    }

    @Override
    public Explore remembering(Memory memory) {
        return with(otherwise.remembering(memory));
    }

    @SuppressWarnings("ReferenceEquality") // The same object remembers the same.
    private Resample with(Explore next) {
        return next == otherwise ? this : new Resample(probability, next);
    }

    private Exploration resampled(SearchSpace space, Exploration explored, RandomStream random) {
        Map<String, Value> values =
                new LinkedHashMap<>(explored.hyperparameters().values());
        List<String> resampled = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            if (parameter.isMovable()
                    && random.chance(parameter.moves().resample().orElse(probability))) {
                values.put(parameter.name(), parameter.domain().sample(random));
                resampled.add(parameter.name());
            }
        }
        Evidence evidence = explored.evidence().with("resampled", resampled);
        return new Exploration(
                Hyperparameters.of(values),
                "Each parameter is resampled with probability %s; otherwise: %s"
                        .formatted(probability, explored.reason()),
                evidence);
    }
}
