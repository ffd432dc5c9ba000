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
import org.evolvent.core.space.SearchSpace;

/**
 * Moves each parameter that is not fixed by a step of random size: a share of its prior, reflected at the ends ({@link Domain#walk}).
 * Unordered choices have no steps; they keep their value or become another.
 *
 * <p>It has no preferences of its own: up and down are equally likely, and whether a parameter changes does not depend on where it is. So
 * whoever explores without selection visits every value as often as the prior draws it, of every kind of domain and whatever the options
 * are. At least one parameter changes, or tries to: a step may end within the cell of an integer or an ordered choice that it began in, and
 * what would break a constraint of the space stays. What is not active stays, too.
 *
 * <p>What a parameter says itself ({@link Moves}) wins over the options.
 *
 * @param size the standard deviation of a step as a share of the range in its scale, above 0 and at most 1; 0.1 by default
 * @param factors each above 0 and not 1. Empty, the default: steps are normal. Otherwise one is drawn for each parameter, and its step in
 *     the domain's scale is taken up or down: 0.8 and 1.25 are the same
 * @param amplitude two factors of at least 1, the larger one last, or none, the default. Two: the factor of each parameter is drawn
 *     uniformly between them, and its step in the domain's scale taken up or down, as DexPBT does (Petrenko et al. 2023) between 1.1 and
 *     1.5. Not beside {@code factors}
 * @param change the probability that a number or an ordered choice moves, from 0 to 1; 1 by default
 * @param swap the probability that an unordered choice becomes another, from 0 to 1; 0.25 by default
 * @param resample the probability that a parameter is drawn anew from its prior instead, from 0 to 1; 0.1 by default
 */
public record Mutate(
        double size, List<Double> factors, List<Double> amplitude, double change, double swap, double resample)
        implements Explore {
    private static final Option<Double> SIZE = new Option<>(
            "size", OptionType.realAbove(0, 1), 0.1, "the standard deviation of a step, as a share of the range");
    private static final Option<List<Double>> FACTORS = new Option<>(
            "factors",
            OptionType.list(OptionType.factor(), 0),
            List.of(),
            "one is drawn for each parameter and taken up or down, instead of a step of random size");
    private static final Option<List<Double>> AMPLITUDE = new Option<>(
            "amplitude",
            OptionType.factorRange(),
            List.of(),
            "a factor is drawn between these for each parameter and taken up or down, instead of a step of random size");
    private static final Option<Double> CHANGE =
            new Option<>("change", OptionType.real(0, 1), 1.0, "the probability that a number moves");
    private static final Option<Double> SWAP = new Option<>(
            "swap", OptionType.real(0, 1), 0.25, "the probability that an unordered choice becomes another");
    private static final Option<Double> RESAMPLE =
            new Option<>("resample", OptionType.real(0, 1), 0.1, "the probability that a value is drawn anew instead");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.of(
            "mutate",
            "Each moves by a random share of its range; an unordered choice stays, or becomes another.",
            "our own measurements",
            List.of(SIZE, FACTORS, AMPLITUDE, CHANGE, SWAP, RESAMPLE),
            options -> new Mutate(
                    options.get(SIZE),
                    options.get(FACTORS),
                    options.getAdded(AMPLITUDE),
                    options.get(CHANGE),
                    options.get(SWAP),
                    options.get(RESAMPLE)));

    public Mutate {
        factors = List.copyOf(factors);
        amplitude = List.copyOf(amplitude);
        SIZE.require(size);
        FACTORS.require(factors);
        AMPLITUDE.require(amplitude);
        CHANGE.require(change);
        SWAP.require(swap);
        RESAMPLE.require(resample);
        if (!factors.isEmpty() && !amplitude.isEmpty()) {
            throw new IllegalArgumentException("It has factors and an amplitude but must have one of them at most");
        }
        if (change == 0 && swap == 0 && resample == 0) {
            throw new IllegalArgumentException(
                    "The probabilities change, swap and resample are 0, so nothing would ever change");
        }
    }

    /** Returns the operator with its default options. */
    public static Mutate standard() {
        return new Mutate(
                SIZE.byDefault(),
                FACTORS.byDefault(),
                AMPLITUDE.byDefault(),
                CHANGE.byDefault(),
                SWAP.byDefault(),
                RESAMPLE.byDefault());
    }

    /** Returns the same that draws anew with another probability. */
    public Mutate resampling(double probability) {
        return new Mutate(size, factors, amplitude, change, swap, probability);
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        SearchSpace space = handover.space();
        Hyperparameters explored = handover.inherited();
        List<String> moved = new ArrayList<>();
        List<String> resampled = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (Parameter parameter : changing(space, handover.inherited(), random)) {
            String name = parameter.name();
            boolean fresh = random.chance(resample(parameter) / probability(parameter));
            Hyperparameters next = explored.with(
                    name,
                    fresh
                            ? parameter.domain().sample(random)
                            : parameter.domain().walk(explored.get(name), share(parameter, random), random));
            // To try again until a constraint holds would drift away from it; to stay does not (Metropolis et al.
            // 1953).
            boolean allowed = space.allows(next);
            explored = allowed ? next : explored;
            (!allowed ? refused : fresh ? resampled : moved).add(name);
        }
        Evidence evidence = Evidence.of("moved", moved, "resampled", resampled);
        return new Exploration(
                explored,
                "Numbers move with probability %s, unordered choices become another with %s, and each is drawn anew with %s"
                        .formatted(change, swap, resample),
                refused.isEmpty() ? evidence : evidence.with("refused", refused));
    }

    /**
     * Draws which parameters change: each with its probability, given that it is not none of them. To draw again until there is one whose
     * value differs would favour those values that are left more often.
     */
    private List<Parameter> changing(SearchSpace space, Hyperparameters inherited, RandomStream random) {
        List<Parameter> movable = space.parameters().stream()
                .filter(parameter -> parameter.isMovable() && space.isActive(parameter, inherited))
                .toList();
        // What the last ones, from each on, all stay with.
        double[] stay = new double[movable.size() + 1];
        stay[movable.size()] = 1;
        for (int i = movable.size() - 1; i >= 0; i--) {
            stay[i] = stay[i + 1] * (1 - probability(movable.get(i)));
        }
        List<Parameter> changing = new ArrayList<>();
        for (int i = 0; i < movable.size(); i++) {
            double probability = probability(movable.get(i));
            double given = changing.isEmpty() && stay[i] < 1 ? probability / (1 - stay[i]) : probability;
            if (random.chance(given)) {
                changing.add(movable.get(i));
            }
        }
        return changing;
    }

    /** Returns how probably a parameter changes, be it by a step or a fresh draw. */
    private double probability(Parameter parameter) {
        double fresh = resample(parameter);
        double step = parameter.moves().change().orElse(parameter.domain().isOrdered() ? change : swap);
        return fresh + (1 - fresh) * step;
    }

    private double resample(Parameter parameter) {
        return parameter.moves().resample().orElse(resample);
    }

    private double share(Parameter parameter, RandomStream random) {
        Moves own = parameter.moves();
        boolean isOwn = own.size().isPresent() || !own.factors().isEmpty();
        List<Double> known = isOwn ? own.factors() : factors;
        if (known.isEmpty() && (isOwn || amplitude.isEmpty())) {
            return own.size().orElse(size) * random.gaussian();
        }
        double factor = known.isEmpty()
                ? random.uniform(amplitude.get(0), amplitude.get(1))
                : known.get(random.index(known.size()));
        double share = parameter.domain().shareOf(factor);
        return random.chance(0.5) ? share : -share;
    }
}
