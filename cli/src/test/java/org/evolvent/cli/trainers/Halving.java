package org.evolvent.cli.trainers;

import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Options;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;

/** Somebody's explore operator: divides the position of every parameter. */
public final class Halving implements Explore {
    private final int by;

    public Halving(Options options) {
        this.by = options.integer("by", 2);
        if (by < 2) {
            throw new IllegalArgumentException("It divides by %s but must by at least 2".formatted(by));
        }
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Hyperparameters halved = handover.inherited();
        for (Parameter parameter : handover.space().parameters()) {
            Value value = handover.inherited().get(parameter.name());
            halved = halved.with(
                    parameter.name(), parameter.domain().at(parameter.domain().position(value) / by));
        }
        return new Exploration(halved, "Everything is divided by " + by, Evidence.NONE);
    }
}
