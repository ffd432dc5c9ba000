package com.example;

import java.util.List;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.option.Options;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;

/**
 * Moves a single hyperparameter, drawn uniformly, up or down; all others stay as they were inherited.
 *
 * @param factor how far, above 1; 1.25 by default
 */
public record OneAtATime(double factor) implements Explore {
    private static final Option<Double> FACTOR =
            new Option<>("factor", OptionType.realAbove(1), 1.25, "how far it moves");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR =
            Descriptor.of("one_at_a_time", "A single one moves, up or down.", "", List.of(FACTOR), OneAtATime::new);

    public OneAtATime {
        FACTOR.require(factor);
    }

    /** Reads the options that a study file gives below the name of the class. */
    public OneAtATime(Options options) {
        this(options.get(FACTOR));
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Hyperparameters inherited = handover.inherited();
        List<Parameter> movable = handover.space().parameters().stream()
                .filter(Parameter::isMovable)
                .toList();
        if (movable.isEmpty()) {
            return new Exploration(inherited, "There is nothing to move", Evidence.NONE);
        }
        Parameter moved = movable.get(random.index(movable.size()));
        double by = random.chance(0.5) ? factor : 1 / factor;
        Value value = moved.domain().shift(inherited.get(moved.name()), by, random);
        return new Exploration(
                inherited.with(moved.name(), value),
                "One parameter moves at a time, this time " + moved.name(),
                Evidence.of("moved", moved.name(), "by", by));
    }
}
