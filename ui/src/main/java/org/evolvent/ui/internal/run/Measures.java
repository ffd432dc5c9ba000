package org.evolvent.ui.internal.run;

import org.evolvent.core.population.Member;
import org.evolvent.core.study.Tally;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.view.Source;

/**
 * What monitoring wants to know of a run.
 *
 * @param progress the share of the budget that is done, from 0 to 1
 * @param running 1 while somebody drives it, else 0
 * @param best the best score; NaN before the first
 * @param members how many there are
 * @param training how many of them train
 * @param slots how many attempts can run at the same time
 * @param intervals how many gave a result
 * @param steps of all members together
 * @param copies how many there were
 * @param failures attempts that failed
 * @param seconds that slots trained
 */
public record Measures(
        double progress,
        double running,
        double best,
        double members,
        double training,
        double slots,
        double intervals,
        double steps,
        double copies,
        double failures,
        double seconds) {
    static Measures of(Source source) {
        History history = source.history();
        Tally tally = history.state().tally();
        long steps = 0;
        int members = 0;
        int training = 0;
        for (Member member : history.state().population()) {
            steps += member.trained();
            members += member.isPresent() ? 1 : 0;
            training += member.status() == Member.Status.TRAINING ? 1 : 0;
        }
        double budget = (double) history.study().budget().steps() * members;
        boolean isOver = history.state().end().isPresent();
        return new Measures(
                isOver ? 1 : budget <= 0 ? 0 : Math.min(1, steps / budget),
                source.driver().isPresent() ? 1 : 0,
                history.best().map(Interval::score).orElse(Double.NaN),
                members,
                training,
                source.slots(),
                tally.intervals(),
                steps,
                tally.exploits(),
                tally.failedAttempts(),
                history.trained());
    }
}
