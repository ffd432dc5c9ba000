package org.evolvent.views.internal.view;

import java.util.Locale;
import java.util.Optional;
import org.evolvent.core.population.Member;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.views.internal.history.History;
import org.jspecify.annotations.Nullable;

/**
 * How a study stands.
 *
 * @param state {@code running}, {@code interrupted}, {@code done} or {@code failed} (over, without any score); {@code reading} as long as
 *     the log has been read only in part
 * @param end why it is over: {@code budget}, {@code target}, {@code wall_clock} or {@code failure}; null while it is not
 * @param driver who drives it, in words; null when nobody does
 * @param spent the training steps that all members together have spent
 * @param progress how far the members are on their way to their end, from 0 to 1, on average
 * @param seconds how long it has run, over all its sessions
 * @param left about how many seconds it still takes at its pace so far; null where that cannot be told
 */
public record Status(
        String state,
        @Nullable String end,
        @Nullable String driver,
        long spent,
        double progress,
        double seconds,
        @Nullable Double left) {
    /** Returns how a study stands. */
    static Status of(Source source) {
        return of(source.history(), source.driver(), source.isReading());
    }

    /** Returns how a study stands that somebody drives, or nobody. */
    static Status of(History history, Optional<String> driver, boolean isReading) {
        StudyState state = history.state();
        long spent = 0;
        for (Member member : state.population()) {
            spent += member.trained();
        }
        boolean isOver = state.end().isPresent();
        double progress = progress(state);
        return new Status(
                isReading ? "reading" : isOver ? over(state) : driver.isPresent() ? "running" : "interrupted",
                state.end()
                        .map(Event.End::name)
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .orElse(null),
                driver.orElse(null),
                spent,
                progress,
                history.seconds(),
                isReading || isOver || progress == 0
                        ? null
                        : Double.valueOf((1 - progress) / progress * history.seconds()));
    }

    /** Members end before the steps of the budget where they copied those that were behind, or their strategy stopped them: their way is over, too. */
    private static double progress(StudyState state) {
        if (state.end().filter(Event.End.BUDGET::equals).isPresent()) {
            return 1;
        }
        double budget = state.study().budget().steps();
        double done = 0;
        long members = 0;
        for (Member member : state.population()) {
            done += switch (member.status()) {
                case TRAINING, READY -> Math.min(1, state.study().spent(member) / budget);
                case STOPPED -> 1;
                case LEFT -> 0;
            };
            members += member.isPresent() ? 1 : 0;
        }
        return members == 0 ? 0 : done / members;
    }

    private static String over(StudyState state) {
        return state.population().best().isPresent() ? "done" : "failed";
    }
}
