package org.evolvent.study.internal.run;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;

/**
 * Tells when the first result of a session has no score: most often a mistake in a name, which the whole budget would be spent on. Used by
 * the driver's thread only.
 */
public final class NoScore implements StudyListener {
    private final StudyListener display;
    private boolean settled;

    NoScore(StudyListener display) {
        this.display = display;
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        if (settled) {
            return;
        }
        for (Event event : events) {
            if (event instanceof Event.IntervalFinished finished) {
                settled = true;
                reason(finished.attempt().member(), finished.attempt().interval(), finished.score())
                        .ifPresent(display::warned);
                return;
            }
        }
    }

    /** Returns why a member has no score, in a sentence for people; empty as long as some have one, or nobody has published anything. */
    public static Optional<String> reason(StudyState state) {
        if (state.population().best().isPresent()) {
            return Optional.empty();
        }
        return StreamSupport.stream(state.population().spliterator(), false)
                .map(Member::last)
                .flatMap(Optional::stream)
                .flatMap(NoScore::reason)
                .findFirst();
    }

    private static Stream<String> reason(ReadyPoint point) {
        return reason(point.member(), point.interval(), point.score()).stream();
    }

    private static Optional<String> reason(MemberId member, int interval, Score score) {
        return score instanceof Score.Invalid invalid
                ? Optional.of(
                        "Interval %s of member %s gave no score: %s".formatted(interval, member, invalid.reason()))
                : Optional.empty();
    }
}
