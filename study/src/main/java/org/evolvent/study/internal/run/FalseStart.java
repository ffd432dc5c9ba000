package org.evolvent.study.internal.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.evolvent.core.internal.words.Errors;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;

/**
 * Stops a study that begins as if something was wrong with its trainer or its metric, and not with hyperparameters, before its budget is
 * spent on that. It can be resumed, and then goes on as it is told. Used by the driver's thread only.
 *
 * <ul>
 *   <li>A new study, none of whose first intervals has a score. A slot's worth of them is enough where the metric is missing and another name
 *       is like it; otherwise it takes {@value #SEVERAL} or the population, since a few may have been drawn badly, or have had no episode
 *       that ended. Those that report no metrics at all do not count.
 *   <li>The same error from different members, before anybody has trained an interval. Numbers and addresses in it do not count. In a
 *       session that goes on with such a study it takes more of them: the first members may be unlucky indeed.
 *   <li>The same error of {@value #SEVERAL} copies, before any copy has been trained in this session: members train on, but nobody can take over
 *       what another one has learnt.
 * </ul>
 */
final class FalseStart implements StudyListener {
    private static final int SEVERAL = 8;
    private static final int FEWEST_FAILURES = 4;

    private final Study study;
    private final int slots;
    private final WayOn wayOn;
    private final Runnable stop;
    private final Set<String> reported = new TreeSet<>();
    private final Map<String, Alike> begun = new HashMap<>();
    private final Map<String, Alike> copied = new HashMap<>();
    private int withoutScore;
    private boolean isNew;
    private boolean isScored;
    private boolean isTrained;
    private boolean isCopied;
    private Optional<String> reason = Optional.empty();

    /** Something that was tried. */
    private record Interval(MemberId member, int number) {}

    /** Attempts that failed with the same error. */
    private static final class Alike {
        private final Set<Interval> intervals = new HashSet<>();
        private int attempts;

        private void add(Attempt attempt) {
            intervals.add(new Interval(attempt.member(), attempt.interval()));
            attempts++;
        }

        private String count() {
            long members = intervals.stream().map(Interval::member).distinct().count();
            return "%s attempts of %s".formatted(attempts, members == 1 ? "a member" : members + " members");
        }
    }

    /**
     * Creates one.
     *
     * @param wayOn how the study goes on, to name in what is said
     * @param stop asks the study to stop
     */
    FalseStart(Study study, int slots, WayOn wayOn, Runnable stop) {
        this.study = study;
        this.slots = slots;
        this.wayOn = wayOn;
        this.stop = stop;
    }

    /** Returns why the study had to stop, if it had to. */
    Optional<String> reason() {
        return reason;
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        if (events.isEmpty()) {
            isTrained = state.get().tally().intervals() > 0;
        }
        for (Event event : events) {
            isNew |= event instanceof Event.StudyCreated;
            if (event instanceof Event.IntervalFinished finished) {
                isTrained = true;
                isCopied |= isCopy(finished.attempt());
                finished(finished);
            } else if (event instanceof Event.AttemptFailed failure
                    && failure.fault().isTrainers()) {
                failed(failure.attempt(), failure.message());
            } else if (event instanceof Event.StudyEnded) {
                reason = Optional.empty();
                return;
            }
        }
        if (reason.isPresent()) {
            stop.run();
        }
    }

    private void finished(Event.IntervalFinished finished) {
        Score score = finished.score();
        isScored |= score.isValid();
        if (!isNew
                || isScored
                || reason.isPresent()
                || (score instanceof Score.Absent && finished.metrics().isEmpty())) {
            return;
        }
        withoutScore++;
        reported.addAll(finished.metrics().keySet());
        String metric = study.objective().metric();
        Optional<String> like = score instanceof Score.Absent ? like(metric, reported) : Optional.empty();
        int enough = Math.min(study.population(), like.isPresent() ? slots : Math.max(slots, SEVERAL));
        if (withoutScore >= enough) {
            String why = score instanceof Score.Absent
                    ? "The objective's metric is '%s', which none of the first %s intervals has reported; they have reported %s.%s"
                            .formatted(
                                    metric,
                                    withoutScore,
                                    String.join(", ", reported),
                                    like.map(
                                                    "\nMaybe you meant '%s'? A metric's name is in the study file, for a new run."
                                                            ::formatted)
                                            .orElse(""))
                    : "None of the first %s intervals has a score; the last one: %s."
                            .formatted(withoutScore, ((Score.Invalid) score).reason());
            reason = Optional.of(why + "\n" + wayOn.after("Mend the trainer, or leave it as it is"));
        }
    }

    /** Returns a name that was reported and is like the one that was not: nearly the same, or a part of it or the other way round. */
    private static Optional<String> like(String metric, Set<String> reported) {
        return Suggestion.of(metric, reported)
                .or(() -> reported.stream()
                        .filter(name -> name.contains(metric) || metric.contains(name))
                        .findFirst());
    }

    private static boolean isCopy(Attempt attempt) {
        return attempt.reseed().isPresent();
    }

    private void failed(Attempt attempt, String message) {
        if (reason.isPresent()) {
            return;
        }
        String text = Errors.kind(message);
        if (!isTrained) {
            Alike alike = begun.computeIfAbsent(text, key -> new Alike());
            alike.add(attempt);
            int intervals = alike.intervals.size();
            if (isNew ? intervals >= 2 && alike.attempts >= FEWEST_FAILURES : intervals >= SEVERAL) {
                stop("Nobody has trained an interval yet", alike, message);
            }
        } else if (isCopy(attempt) && !isCopied) {
            Alike alike = copied.computeIfAbsent(text, key -> new Alike());
            alike.add(attempt);
            if (alike.intervals.size() >= SEVERAL) {
                stop("No member has trained on from another one's weights yet", alike, message);
            }
        }
    }

    private void stop(String since, Alike alike, String message) {
        reason = Optional.of("%s, and %s failed with the same error: %s\n%s"
                .formatted(since, alike.count(), message, wayOn.after("Mend the trainer")));
    }
}
