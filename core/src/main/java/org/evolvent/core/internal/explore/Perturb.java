package org.evolvent.core.internal.explore;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Parameter.Moves;
import org.evolvent.core.space.Value;

/**
 * Perturb and resample: each parameter that is not fixed is drawn anew from its prior with some probability, and otherwise moved by a
 * factor drawn uniformly from a list (Jaderberg et al. 2017, section 4.1.1).
 *
 * <p>Deviations: see {@link #DESCRIPTOR}. The factors and probabilities that a parameter has itself ({@link Moves}) win over these.
 *
 * @param factors positive and not 1; 0.8 and 1.25 by default. Empty: what is not resampled stays
 * @param resample the probability of a fresh draw for each parameter, from 0 to 1; 0.25 by default
 */
public record Perturb(List<Double> factors, double resample) implements Explore {
    /** The factors of which one is drawn for each parameter; symmetric in the logarithm by default. */
    public static final Option<List<Double>> FACTORS = new Option<>(
            "factors", OptionType.list(OptionType.factor(), 0), List.of(0.8, 1.25), "one is drawn for each parameter");

    private static final int MOST_DRAWS = 1_000;

    /** The probability of a fresh draw. */
    public static final Option<Double> RESAMPLE = new Option<>(
            "resample",
            OptionType.real(0, 1),
            0.25,
            "The probability of drawing a fresh value instead; alone, or beside another one.");

    /** What there is to know about it. How often it draws anew stands beside it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.<Explore>of(
                    "perturb",
                    "Each moves by a factor, in its scale.",
                    "Jaderberg et al. 2017",
                    List.of(FACTORS),
                    options -> new Perturb(options.get(FACTORS), RESAMPLE.byDefault()))
            .deviating("""
                    The default factors are 0.8 and 1.25 and not 0.8 and 1.2, whose logarithms do not sum to 0 and so shrink every \
                    lineage by 2 % a perturbation. A factor is applied in the domain's own scale, so that it never leaves the domain \
                    and zero is no trap. When every draw happened to give the inherited value again, one parameter is drawn anew \
                    until it moves.""");

    public Perturb {
        factors = List.copyOf(factors);
        FACTORS.require(factors);
        RESAMPLE.require(resample);
        if (factors.isEmpty() && resample == 0) {
            throw new IllegalArgumentException(
                    "There are no factors and the resample probability is 0, so nothing would ever change");
        }
    }

    /** Returns the operator with the default factors and resample probability. */
    public static Perturb standard() {
        return new Perturb(FACTORS.byDefault(), RESAMPLE.byDefault());
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Hyperparameters inherited = handover.inherited();
        Hyperparameters explored = inherited;
        List<String> perturbed = new ArrayList<>();
        List<String> resampled = new ArrayList<>();
        List<Parameter> movable = new ArrayList<>();
        for (Parameter parameter : handover.space().parameters()) {
            if (!parameter.isMovable()) {
                continue;
            }
            movable.add(parameter);
            String name = parameter.name();
            Moves own = parameter.moves();
            List<Double> known = own.factors().isEmpty() ? factors : own.factors();
            if (random.chance(own.resample().orElse(resample))) {
                explored = explored.with(name, parameter.domain().sample(random));
                resampled.add(name);
            } else if (!known.isEmpty()
                    && (own.change().isEmpty() || random.chance(own.change().getAsDouble()))) {
                double factor = known.get(random.index(known.size()));
                explored = explored.with(name, parameter.domain().shift(inherited.get(name), factor, random));
                perturbed.add(name);
            }
        }
        if (!movable.isEmpty() && explored.equals(inherited)) {
            Parameter forced = movable.get(random.index(movable.size()));
            explored = explored.with(forced.name(), anotherThan(inherited.get(forced.name()), forced.domain(), random));
            perturbed.remove(forced.name());
            if (!resampled.contains(forced.name())) {
                resampled.add(forced.name());
            }
        }
        return new Exploration(
                explored,
                "Each parameter is resampled with probability " + resample + " and otherwise perturbed by one of "
                        + factors,
                Evidence.of("perturbed", perturbed, "resampled", resampled));
    }

    private static Value anotherThan(Value value, Domain domain, RandomStream random) {
        for (int i = 0; i < MOST_DRAWS; i++) {
            Value drawn = domain.sample(random);
            if (!drawn.equals(value)) {
                return drawn;
            }
        }
        // A prior may have next to nothing outside of one value of a grid.
        return domain.shift(value, 2, random);
    }
}
