package org.evolvent.views.internal.view;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.population.Objective;
import org.evolvent.core.study.Mode;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.tree.DifferentAncestors;
import org.evolvent.views.internal.tree.HistoryForest;
import org.jspecify.annotations.Nullable;

/**
 * Is it going well, is it worth it, does it need me?
 *
 * @param study the name of the study
 * @param directory the run directory
 * @param revision the number of events in the log
 * @param status how it stands
 * @param sentence what there is to see
 * @param metric the name of the score
 * @param members how many there are
 * @param best the best model; null while there is none
 * @param baseline the best score of random search with the same budget; null where there is none
 * @param cards five numbers that matter
 * @param concerns what needs attention, the worst first; at most three
 * @param outlook that nothing needs attention, where nothing does, and what random search will still do; may be empty
 * @param scores over the steps
 * @param baselineScores those of random search; null where there is none
 * @param axes of the hyperparameters
 * @param schedule of the best model: for each hyperparameter its stretches; empty while there is none
 * @param copies the steps at which the weights of the best model went to another member
 */
public record Overview(
        String study,
        String directory,
        long revision,
        Status status,
        String sentence,
        String metric,
        int members,
        @Nullable BestModel best,
        @Nullable Double baseline,
        List<Card> cards,
        List<Concern> concerns,
        String outlook,
        Scores scores,
        @Nullable Scores baselineScores,
        List<Axis> axes,
        List<List<Stretch>> schedule,
        List<Long> copies) {
    /**
     * Computes it.
     *
     * @param baseline what happened in the random search with the same budget
     */
    public static Overview of(Source source, Optional<History> baseline) {
        History history = source.history();
        Status status = Status.of(source);
        Optional<BestModel> best = BestModel.of(history);
        Optional<Interval> random = baseline.flatMap(History::best);
        Objective objective = history.study().objective();
        List<Interval> ancestry =
                best.map(model -> history.ancestry(model.node())).orElse(List.of());
        DifferentAncestors.Strip strip = new DifferentAncestors(
                        history.study().population(),
                        history.study().mode() == Mode.SYNCHRONOUS,
                        history.study().seed())
                .after(new HistoryForest(history, HistoryForest.Along.STEPS));
        List<Concern> concerns = Concerns.of(source, status, baseline, strip.isNarrow());
        return new Overview(
                history.study().name(),
                source.directory(),
                history.events(),
                status,
                Sentences.overview(history, best, random),
                objective.metric(),
                Sentences.living(history),
                best.orElse(null),
                random.map(Interval::score).orElse(null),
                Cards.of(history, status, source.slots(), strip),
                concerns,
                Outlook.of(source, status, baseline, concerns.isEmpty()),
                Scores.of(history),
                baseline.map(Scores::of).orElse(null),
                Axis.of(history.study().space()),
                Schedules.stretches(history, ancestry),
                Schedules.copies(ancestry));
    }

    /** Returns the best model and with what it was trained. */
    public Made made() {
        return new Made(best, axes, schedule, copies);
    }

    /**
     * The best model and with what it was trained.
     *
     * @param best the model; null while there is none
     * @param axes of the hyperparameters
     * @param schedule for each of them its stretches; empty while there is no model
     * @param copies the steps at which its weights went to another member
     */
    public record Made(@Nullable BestModel best, List<Axis> axes, List<List<Stretch>> schedule, List<Long> copies) {}
}
