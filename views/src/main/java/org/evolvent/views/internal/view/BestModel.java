package org.evolvent.views.internal.view;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;

/**
 * The best model.
 *
 * @param node the index of the interval that made it
 * @param member who trained it last
 * @param interval that member's interval
 * @param step the training steps behind it
 * @param score its score, as the log has it
 * @param metrics all that the trainer reported with it
 * @param hyperparameters what it was trained with last
 * @param founder the member in which its weights began
 * @param moves how often its weights went from one member to another
 */
public record BestModel(
        int node,
        int member,
        int interval,
        long step,
        double score,
        Map<String, Double> metrics,
        Map<String, Object> hyperparameters,
        int founder,
        int moves) {
    /** Returns it; empty while there is none. */
    static Optional<BestModel> of(History history) {
        return history.best().map(best -> {
            List<Interval> ancestry = history.ancestry(best.index());
            int moves = 0;
            for (int i = 1; i < ancestry.size(); i++) {
                moves += ancestry.get(i).member() == ancestry.get(i - 1).member() ? 0 : 1;
            }
            return new BestModel(
                    best.index(),
                    best.member(),
                    best.interval(),
                    best.to(),
                    best.score(),
                    best.metrics(),
                    history.study().space().active(best.hyperparameters()).plain(),
                    ancestry.get(0).member(),
                    moves);
        });
    }
}
