package org.evolvent.core.internal.bandit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;

/**
 * Where a proposal is looked for: around a centre, a box in the positions of what is ordered, and a number of categories that may differ.
 *
 * @param centre its middle, always a candidate itself
 * @param ordered the parameters that may move
 * @param reach how far each may move, in shares of its domain; 1 is everywhere
 * @param unordered the parameters whose category may change; all are choices
 * @param changes how many of them may differ from the centre's
 */
record Region(Hyperparameters centre, List<Parameter> ordered, double reach, List<Parameter> unordered, int changes) {
    private static final int CANDIDATES = 200;
    private static final int REFINED = 3;

    /** Hyperparameters and how good they look. */
    record Scored(Hyperparameters hyperparameters, double bound) {}

    /** Returns the best that random candidates, the best few of them climbing on in turns of compass search and changes of category, find. */
    Scored best(ToDoubleFunction<Hyperparameters> bound, RandomStream random) {
        List<Scored> scored = new ArrayList<>();
        scored.add(scored(bound, centre));
        if (!ordered.isEmpty() || !unordered.isEmpty()) {
            for (int i = 0; i < CANDIDATES; i++) {
                scored.add(scored(bound, candidate(random)));
            }
        }
        scored.sort(Comparator.comparingDouble(Scored::bound).reversed());
        Scored best = scored.get(0);
        for (Scored from : scored.subList(0, StrictMath.min(REFINED, scored.size()))) {
            Scored climbed = climbed(bound, from);
            best = climbed.bound() > best.bound() ? climbed : best;
        }
        return best;
    }

    private Hyperparameters candidate(RandomStream random) {
        Hyperparameters candidate = centre;
        for (Parameter parameter : ordered) {
            double to = position(centre, parameter) + reach * random.uniform(-1, 1);
            // The whole domain is drawn from evenly, wherever the centre lies.
            candidate = at(candidate, parameter, reach >= 1 ? random.uniform() : to);
        }
        for (int change = 0; change < changes && !unordered.isEmpty(); change++) {
            Parameter parameter = unordered.get(random.index(unordered.size()));
            candidate = candidate.with(parameter.name(), parameter.domain().sample(random));
        }
        return candidate;
    }

    private Scored climbed(ToDoubleFunction<Hyperparameters> bound, Scored from) {
        Scored at = from;
        for (double step = StrictMath.min(0.1, reach / 2); step > 0.005; ) {
            Scored before = at;
            for (Parameter parameter : ordered) {
                double position = position(before.hyperparameters(), parameter);
                for (double to : new double[] {position - step, position + step}) {
                    Scored moved = scored(bound, at(before.hyperparameters(), parameter, to));
                    at = moved.bound() > at.bound() ? moved : at;
                }
            }
            for (Parameter parameter : unordered) {
                for (Value value : ((Choice) parameter.domain()).values()) {
                    Hyperparameters changed = before.hyperparameters().with(parameter.name(), value);
                    Scored moved = isInside(changed) ? scored(bound, changed) : before;
                    at = moved.bound() > at.bound() ? moved : at;
                }
            }
            step = at.equals(before) ? step / 2 : step;
        }
        return at;
    }

    private boolean isInside(Hyperparameters hyperparameters) {
        return unordered.stream()
                        .map(Parameter::name)
                        .filter(name -> !hyperparameters.get(name).equals(centre.get(name)))
                        .count()
                <= changes;
    }

    private Hyperparameters at(Hyperparameters from, Parameter parameter, double position) {
        double middle = position(centre, parameter);
        double inside = StrictMath.max(middle - reach, StrictMath.min(middle + reach, position));
        Value value = parameter.domain().at(StrictMath.max(0, StrictMath.min(1, inside)));
        return from.with(parameter.name(), value);
    }

    private static double position(Hyperparameters hyperparameters, Parameter parameter) {
        return parameter.domain().position(hyperparameters.get(parameter.name()));
    }

    private static Scored scored(ToDoubleFunction<Hyperparameters> bound, Hyperparameters hyperparameters) {
        return new Scored(hyperparameters, bound.applyAsDouble(hyperparameters));
    }
}
