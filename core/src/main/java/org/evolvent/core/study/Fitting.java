package org.evolvent.core.study;

import java.util.LinkedHashMap;
import java.util.Map;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/**
 * Hyperparameters of a space that was changed, as they are in the space that it became. A number outside of its range becomes the nearest in
 * it; a value that is no choice any more becomes its nearest neighbour in an ordered list, and is drawn from the others where there is no
 * order; what a new parameter is, is drawn from its prior. When all that breaks a constraint, everything is drawn. Draws are keyed by the
 * study's seed and the member.
 */
final class Fitting {
    private final Map<String, Domain> before = new LinkedHashMap<>();
    private final SearchSpace space;
    private final Randomness randomness;

    Fitting(SearchSpace before, Study next) {
        before.parameters().forEach(parameter -> this.before.put(parameter.name(), parameter.domain()));
        this.space = next.space();
        this.randomness = new Randomness(next.seed());
    }

    /** Returns what a member goes on with. */
    Hyperparameters of(Member member) {
        if (space.contains(member.hyperparameters())) {
            return member.hyperparameters();
        }
        RandomStream random = randomness.stream(Purpose.AMENDMENT, member.id().index(), member.interval());
        Hyperparameters drawn = space.sample(random);
        return fitted(member.hyperparameters(), drawn, drawn);
    }

    /**
     * Returns what counts as having made a result.
     *
     * @param own what the member goes on with; gives what the result has nothing of
     */
    Hyperparameters of(ReadyPoint point, Hyperparameters own) {
        return space.contains(point.hyperparameters())
                ? point.hyperparameters()
                : fitted(point.hyperparameters(), own, own);
    }

    /** Returns drawn hyperparameters with what cannot be changed of those that a result was made with, where the space allows that. */
    Hyperparameters fixedOf(ReadyPoint made, Hyperparameters drawn) {
        Hyperparameters fixed = drawn;
        for (Parameter parameter : space.parameters()) {
            Value value = made.hyperparameters().values().get(parameter.name());
            if (parameter.fixed() && value != null && parameter.domain().contains(value)) {
                fixed = fixed.with(parameter.name(), value);
            }
        }
        return space.allows(fixed) ? fixed : drawn;
    }

    private Hyperparameters fitted(Hyperparameters held, Hyperparameters missing, Hyperparameters otherwise) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            Value value = held.values().get(parameter.name());
            Value other = missing.get(parameter.name());
            values.put(parameter.name(), value == null ? other : nearest(parameter, value, other));
        }
        Hyperparameters fitted = Hyperparameters.of(values);
        return space.allows(fitted) ? fitted : otherwise;
    }

    private Value nearest(Parameter parameter, Value value, Value other) {
        Domain domain = parameter.domain();
        if (domain.contains(value)) {
            return value;
        }
        if (!domain.getClass().isInstance(before.get(parameter.name()))) {
            return other;
        }
        if (domain instanceof Choice choice) {
            return before.get(parameter.name()) instanceof Choice was && was.ordered()
                    ? neighbour(was, choice, value, other)
                    : other;
        }
        double position = domain.position(value);
        // A logarithm of nothing, or of less, is below all others.
        return domain.at(position > 0 ? StrictMath.min(position, 1) : 0);
    }

    /** Returns the value that stood next to one that is gone; of two equally near ones the earlier. */
    private static Value neighbour(Choice was, Choice is, Value gone, Value other) {
        int from = was.values().indexOf(gone);
        for (int distance = 1; from >= 0 && distance < was.values().size(); distance++) {
            for (int to : new int[] {from - distance, from + distance}) {
                if (to >= 0
                        && to < was.values().size()
                        && is.contains(was.values().get(to))) {
                    return was.values().get(to);
                }
            }
        }
        return other;
    }
}
