package org.evolvent.core.internal.strategy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * A baseline: grid search with constant hyperparameters. The population is the finest full factorial grid that has no more points than
 * members; those that are left over, or whose point breaks a constraint, draw theirs from the prior, so that the compute is that of every other strategy.
 *
 * <p>Levels are handed out one by one, each to the parameter that has fewest, the first of the space among equals. k levels of a
 * parameter cut its scale into k equal parts and stand in their middles; of a choice or a range of integers with k values or fewer they
 * are all values.
 */
public record Grid() implements Strategy {
    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.of(
            "grid",
            "Nobody copies or changes anything; the first hyperparameters are the finest full grid that the population holds.",
            "baseline",
            List.of(),
            options -> new Grid());

    private static final Strategy CONSTANT = Pbt.randomSearch();

    @Override
    public List<Hyperparameters> first(SearchSpace space, List<RandomStream> streams) {
        List<Hyperparameters> points = points(space, streams.size());
        return IntStream.range(0, streams.size())
                .mapToObj(i -> i < points.size() ? points.get(i) : space.sample(streams.get(i)))
                .toList();
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        return CONSTANT.decide(situation, random);
    }

    private static List<Hyperparameters> points(SearchSpace space, int most) {
        Map<Parameter, List<Value>> levels = new LinkedHashMap<>();
        space.parameters().forEach(parameter -> levels.put(parameter, levels(parameter.domain(), 1)));
        List<Parameter> growing = new ArrayList<>(space.parameters());
        while (!growing.isEmpty()) {
            Parameter next = growing.get(0);
            for (Parameter parameter : growing) {
                next = size(levels, parameter) < size(levels, next) ? parameter : next;
            }
            int size = size(levels, next);
            List<Value> finer = levels(next.domain(), size + 1);
            if (finer.size() > size && size(levels) / size * finer.size() <= most) {
                levels.put(next, finer);
            } else {
                growing.remove(next);
            }
        }
        return product(space, levels);
    }

    private static int size(Map<Parameter, List<Value>> levels, Parameter of) {
        return levels.getOrDefault(of, List.of()).size();
    }

    private static long size(Map<Parameter, List<Value>> levels) {
        return levels.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * b);
    }

    private static List<Value> levels(Domain domain, int count) {
        if (domain instanceof Choice choice && choice.values().size() <= count) {
            return choice.values();
        }
        if (domain instanceof Ints ints && ints.size() <= count) {
            return IntStream.range(0, (int) ints.size())
                    .<Value>mapToObj(i -> new Value.Int(ints.low() + ints.step() * i))
                    .toList();
        }
        return IntStream.range(0, count)
                .mapToObj(i -> domain.at((i + 0.5) / count))
                .distinct()
                .toList();
    }

    private static List<Hyperparameters> product(SearchSpace space, Map<Parameter, List<Value>> levels) {
        List<Map<String, Value>> points = List.of(Map.of());
        for (Map.Entry<Parameter, List<Value>> entry : levels.entrySet()) {
            List<Map<String, Value>> longer = new ArrayList<>();
            for (Map<String, Value> point : points) {
                for (Value value : entry.getValue()) {
                    Map<String, Value> more = new LinkedHashMap<>(point);
                    more.put(entry.getKey().name(), value);
                    longer.add(more);
                }
            }
            points = longer;
        }
        return points.stream().map(Hyperparameters::of).filter(space::allows).toList();
    }
}
