package org.evolvent.core.space;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.evolvent.core.random.RandomStream;

/**
 * A list of values. When they are ordered (batch sizes, say), perturbing moves to a neighbour; when they are not (optimizers), it draws
 * anew.
 *
 * @param values the values, at least one, all different
 * @param ordered whether neighbours in the list are alike
 */
public record Choice(List<Value> values, boolean ordered) implements Domain {
    public Choice {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("The list of choices is empty but must have at least one value");
        }
        if (new LinkedHashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("The choices are %s but must all be different".formatted(values));
        }
    }

    /** Returns the unordered choice between false and true. */
    public static Choice flag() {
        return new Choice(List.of(new Value.Flag(false), new Value.Flag(true)), false);
    }

    @Override
    public Value sample(RandomStream random) {
        return values.get(random.index(values.size()));
    }

    @Override
    public boolean contains(Value value) {
        return values.contains(value);
    }

    @Override
    public Value shift(Value value, double factor, RandomStream random) {
        if (!ordered) {
            return sample(random);
        }
        if (!canMove()) {
            return value;
        }
        int from = values.indexOf(value);
        int to = factor > 1 ? from + 1 : from - 1;
        return values.get(to == values.size() ? from - 1 : to < 0 ? 1 : to);
    }

    @Override
    public Value walk(Value value, double share, RandomStream random) {
        if (share == 0 || !canMove()) {
            return value;
        }
        int from = values.indexOf(value);
        int count = values.size();
        if (!ordered) {
            int other = random.index(count - 1);
            return values.get(other < from ? other : other + 1);
        }
        double walked = Measure.walked((double) from / count, (from + 1.0) / count, share, random.uniform());
        return values.get(StrictMath.min(count - 1, (int) (walked * count)));
    }

    @Override
    public double shareOf(double factor) {
        return (factor > 1 ? 1.0 : -1.0) / values.size();
    }

    @Override
    public long size() {
        return values.size();
    }

    @Override
    public double position(Value value) {
        return canMove() ? values.indexOf(value) / (values.size() - 1.0) : 0;
    }

    @Override
    public Value at(double position) {
        long index = StrictMath.round(position * (values.size() - 1));
        return values.get((int) StrictMath.max(0, StrictMath.min(values.size() - 1, index)));
    }

    @Override
    public boolean isOrdered() {
        return ordered;
    }

    @Override
    public boolean canMove() {
        return values.size() > 1;
    }

    @Override
    public Map<String, Object> plain() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("choice", values.stream().map(Value::plain).toList());
        fields.put("ordered", ordered);
        return fields;
    }

    @Override
    public String toString() {
        return "%s of %s".formatted(ordered ? "ordered choice" : "choice", values);
    }
}
