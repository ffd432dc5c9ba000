package org.evolvent.core.internal.explore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.Value;

/**
 * Adds normal noise to each parameter that is not fixed and clips the sum at the ends of its domain, as the reproductions of the paper's
 * figure 2 do (Jaderberg et al. 2017, section 2): a product would never leave an exact 0.
 *
 * <p>In a linear scale the noise has the parameter's units; in a log scale it is added to the natural logarithm, and in a
 * discount scale to that of 1 - x, downwards. What has steps is rounded to them.
 * Ordered choices move by the noise in places of the list. Unordered choices have no neighbours and are drawn anew.
 *
 * @param sd the standard deviation of the noise, above 0 and finite; 0.1 by default
 */
public record GaussianNoise(double sd) implements Explore {
    private static final Option<Double> SD =
            new Option<>("sd", OptionType.realAbove(0), 0.1, "the standard deviation, in a parameter's scale");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.of(
            "gaussian",
            "Each moves by normal noise.",
            "figure 2 of Jaderberg et al. 2017",
            List.of(SD),
            options -> new GaussianNoise(options.get(SD)));

    public GaussianNoise {
        SD.require(sd);
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Hyperparameters inherited = handover.inherited();
        Map<String, Value> values = new LinkedHashMap<>(inherited.values());
        for (Parameter parameter : handover.space().parameters()) {
            if (parameter.isMovable()) {
                String name = parameter.name();
                values.put(name, moved(inherited.get(name), parameter.domain(), random));
            }
        }
        return new Exploration(
                Hyperparameters.of(values),
                "Each parameter moves by normal noise of standard deviation %s".formatted(sd),
                Evidence.NONE.with("sd", sd));
    }

    private Value moved(Value value, Domain domain, RandomStream random) {
        if (domain instanceof Choice choice) {
            if (!choice.ordered()) {
                return choice.sample(random);
            }
            long to = StrictMath.round(choice.values().indexOf(value) + noise(random));
            return choice.values().get((int) clip(to, 0, choice.values().size() - 1));
        }
        if (domain instanceof Ints ints && ints.step() == 1) {
            double from = ((Value.Int) value).value();
            double to = ints.scale() == Scale.LOG ? from * StrictMath.exp(noise(random)) : from + noise(random);
            return new Value.Int(StrictMath.round(clip(to, ints.low(), ints.high())));
        }
        if (domain instanceof Reals reals && reals.step() == 0 && reals.scale() != Scale.DISCOUNT) {
            double from = ((Value.Real) value).value();
            double to = reals.scale() == Scale.LOG ? from * StrictMath.exp(noise(random)) : from + noise(random);
            return new Value.Real(clip(to, reals.low(), reals.high()));
        }
        // Elsewhere too the factor that the noise is the logarithm of is a step in the scale of the domain, unless that
        // is linear.
        double noise = noise(random);
        double share = domain instanceof Ints ints && ints.scale() == Scale.LINEAR
                ? noise / (ints.high() - ints.low())
                : domain instanceof Reals reals && reals.scale() == Scale.LINEAR
                        ? noise / (reals.high() - reals.low())
                        : domain.shareOf(StrictMath.exp(noise));
        return domain.at(domain.position(value) + share);
    }

    private double noise(RandomStream random) {
        return sd * random.gaussian();
    }

    private static double clip(double value, double low, double high) {
        return StrictMath.max(low, StrictMath.min(high, value));
    }
}
