package org.evolvent.study.internal.run;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;

/**
 * Tells when the first result of a session has no score, most often a mistake in a name, and when intervals fail before anybody has had one:
 * the whole budget would be spent on that. Used by the driver's thread only.
 */
public final class NoScore implements StudyListener {
    private final StudyListener display;
    private boolean isNew;
    private boolean settled;
    private boolean isFailing = true;

    NoScore(StudyListener display) {
        this.display = display;
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        for (Event event : events) {
            isNew |= event instanceof Event.StudyCreated;
            if (event instanceof Event.IntervalFinished finished) {
                if (!settled) {
                    reason(finished.attempt().member(), finished.attempt().interval(), finished.score())
                            .ifPresent(display::warned);
                }
                settled = true;
                isFailing &= !finished.score().isValid();
            }
        }
        boolean mayHaveFailed = events.stream()
                .anyMatch(event -> event instanceof Event.AttemptFailed || event instanceof Event.IntervalFinished);
        if (isFailing && mayHaveFailed) {
            Optional<String> failing = failing(state.get());
            failing.ifPresent(display::warned);
            isFailing = failing.isEmpty();
        }
    }

    /** Returns what becomes of intervals that have failed before anybody has had a score; empty when none has. */
    private Optional<String> failing(StudyState state) {
        if (state.tally().scores() > 0
                || state.tally().failedIntervals() == 0
                || state.study().rules() == Rules.V1
                || state.end().isPresent()) {
            return Optional.empty();
        }
        return reason(state)
                .map(reason -> "Nobody has had a score yet: whoever fails draws other hyperparameters, and %s. %s"
                        .formatted(end(state), reason));
    }

    /** A study that has just begun is stopped by {@link FalseStart} before that. */
    private String end(StudyState state) {
        return isNew
                ? "the study stops soon unless that helps"
                : "when %s intervals have failed the study ends"
                        .formatted(Decisions.failuresFromTheStart(state.study()));
    }

    /** Returns why a member has no score, in a sentence for people; empty as long as some have one, or nobody has published anything. */
    public static Optional<String> reason(StudyState state) {
        if (state.population().best().isPresent()) {
            return Optional.empty();
        }
        return StreamSupport.stream(state.population().spliterator(), false)
                .map(Member::last)
                .flatMap(Optional::stream)
                .filter(point -> !point.score().isValid())
                .max(Comparator.comparingInt(ReadyPoint::interval))
                .flatMap(point -> reason(point.member(), point.interval(), point.score()));
    }

    private static Optional<String> reason(MemberId member, int interval, Score score) {
        if (score.isValid()) {
            return Optional.empty();
        }
        String why = score instanceof Score.Absent absent ? absent.reason() : ((Score.Invalid) score).reason();
        return Optional.of("Interval %s of member %s gave no score: %s".formatted(interval, member, why));
    }
}
