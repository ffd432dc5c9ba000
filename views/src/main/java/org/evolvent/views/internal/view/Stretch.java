package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.views.internal.history.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a schedule over which a hyperparameter did not change.
 *
 * @param from the training steps at its beginning
 * @param to the training steps at its end
 * @param value the value, as the log has it; null where the hyperparameter is not active
 * @param position where the value lies in its domain, from 0 to 1; null where it does not
 */
public record Stretch(
        long from,
        long to,
        @Nullable Object value,
        @Nullable Double position) {
    /** Returns the schedule of one hyperparameter along intervals that follow each other. */
    static List<Stretch> of(SearchSpace space, Parameter parameter, List<Interval> intervals) {
        List<Stretch> stretches = new ArrayList<>();
        for (Interval interval : intervals) {
            Stretch next = of(space, parameter, interval);
            int last = stretches.size() - 1;
            if (last >= 0
                    && Objects.equals(stretches.get(last).value(), next.value())
                    && stretches.get(last).to() == next.from()) {
                stretches.set(last, new Stretch(stretches.get(last).from(), next.to(), next.value(), next.position()));
            } else {
                stretches.add(next);
            }
        }
        return stretches;
    }

    private static Stretch of(SearchSpace space, Parameter parameter, Interval interval) {
        Hyperparameters hyperparameters = interval.hyperparameters();
        if (!Axis.has(space, parameter, hyperparameters)) {
            return new Stretch(interval.from(), interval.to(), null, null);
        }
        double position = Axis.position(space, parameter, hyperparameters);
        return new Stretch(
                interval.from(),
                interval.to(),
                hyperparameters.plain().get(parameter.name()),
                Double.isNaN(position) ? null : position);
    }
}
