package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.core.population.Member;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/**
 * With what was the best model trained, and did others go the same way?
 *
 * @param sentence what there is to see
 * @param axes of the hyperparameters; the lists below are in their order
 * @param last the training steps at the end of the axis
 * @param best the stretches of the best model's schedule, for each hyperparameter; empty while there is none
 * @param copies the steps at which its weights went to another member
 * @param others the stretches of the schedules of all weights, for each hyperparameter; empty where there are more than can be told apart
 * @param crowd how many intervals were trained where, for each hyperparameter; empty where {@code others} has them
 */
public record Schedules(
        String sentence,
        List<Axis> axes,
        long last,
        List<List<Stretch>> best,
        List<Long> copies,
        List<List<Stretch>> others,
        List<Crowd> crowd) {
    private static final int MOST_MEMBERS = 200;

    /** Computes it. */
    public static Schedules of(History history) {
        SearchSpace space = history.study().space();
        List<Interval> ancestry =
                history.best().map(best -> history.ancestry(best.index())).orElse(List.of());
        boolean isCrowd = history.state().population().size() > MOST_MEMBERS;
        return new Schedules(
                Sentences.schedules(history, ancestry),
                Axis.of(space),
                history.intervals().stream().mapToLong(Interval::to).max().orElse(0),
                stretches(history, ancestry),
                copies(ancestry),
                isCrowd
                        ? List.of()
                        : space.parameters().stream()
                                .map(parameter -> all(history, parameter))
                                .toList(),
                isCrowd
                        ? space.parameters().stream()
                                .map(parameter -> Crowd.of(history, parameter))
                                .toList()
                        : List.of());
    }

    /** Returns the stretches of each hyperparameter along intervals that follow each other. */
    static List<List<Stretch>> stretches(History history, List<Interval> intervals) {
        SearchSpace space = history.study().space();
        return space.parameters().stream()
                .map(parameter -> Stretch.of(space, parameter, intervals))
                .toList();
    }

    /** Returns the steps at which weights went to another member. */
    static List<Long> copies(List<Interval> ancestry) {
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < ancestry.size(); i++) {
            if (ancestry.get(i).member() != ancestry.get(i - 1).member()) {
                steps.add(ancestry.get(i).from());
            }
        }
        return steps;
    }

    /** Of each member, from its first interval to its last: weights that came from elsewhere begin another stretch. */
    private static List<Stretch> all(History history, Parameter parameter) {
        List<Stretch> all = new ArrayList<>();
        for (Member member : history.state().population()) {
            all.addAll(Stretch.of(
                    history.study().space(), parameter, history.of(member.id().index())));
        }
        return all;
    }

    /**
     * A picture of many schedules: columns of steps, rows of the domain.
     *
     * @param columns how many there are, over the whole axis
     * @param rows how many there are, over the whole domain
     * @param counts of intervals, column by column, from the lowest row to the highest
     */
    public record Crowd(int columns, int rows, List<Integer> counts) {
        private static final int ROWS = 60;
        private static final int MOST_COLUMNS = 200;

        static Crowd of(History history, Parameter parameter) {
            long last =
                    history.intervals().stream().mapToLong(Interval::to).max().orElse(1);
            int columns = Math.min(
                    MOST_COLUMNS, Math.max(1, Progress.of(history.intervals()).size()));
            int[] counts = new int[columns * ROWS];
            for (Interval interval : history.intervals()) {
                double position = Axis.position(history.study().space(), parameter, interval.hyperparameters());
                if (!Double.isNaN(position)) {
                    int column = (int) Math.min(columns - 1L, (interval.to() - 1) * columns / Math.max(1, last));
                    counts[column * ROWS + (int) Math.min(ROWS - 1, position * ROWS)]++;
                }
            }
            return new Crowd(columns, ROWS, Arrays.stream(counts).boxed().toList());
        }
    }
}
