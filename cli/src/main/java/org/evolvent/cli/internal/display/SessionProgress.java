package org.evolvent.cli.internal.display;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.StudyState;
import org.evolvent.core.study.Tally;
import org.evolvent.study.internal.text.Format;

/**
 * How far a study is, and how fast. Immutable.
 *
 * @param state the study now
 * @param start the study when this session began
 * @param earlier how long the sessions before this one lasted
 * @param running how long this session has lasted
 */
record SessionProgress(StudyState state, StudyState start, Duration earlier, Duration running) {
    static SessionProgress of(StudyState state, StudyState start, Duration earlier, Instant begun, Instant now) {
        return new SessionProgress(state, start, earlier, Duration.between(begun, now));
    }

    /** Returns the share of the steps that are spent, from 0 to 1. */
    double done() {
        return share(state);
    }

    private static double share(StudyState state) {
        double spent = 0;
        for (Member member : state.population()) {
            spent += switch (member.status()) {
                case TRAINING, READY -> member.trained();
                case STOPPED -> state.study().budget().steps();
                case LEFT -> 0;
            };
        }
        double all = (double) state.study().budget().steps() * state.study().population();
        return Math.min(1, spent / all);
    }

    /** Returns the intervals finished for each second of this session. */
    double intervalsPerSecond() {
        long finished = state.tally().intervals() - start.tally().intervals();
        return finished / Math.max(1e-3, running.toNanos() / 1e9);
    }

    /** Returns how much longer it will take at this speed; empty while nobody can tell. */
    Optional<Duration> left() {
        double gained = done() - share(start);
        Budget budget = state.study().budget();
        Optional<Duration> limit =
                budget.wallClock().map(most -> most.minus(earlier).minus(running));
        if (gained <= 0 || running.toMillis() < 1000) {
            return limit;
        }
        Duration left = Duration.ofMillis((long) (running.toMillis() * (1 - done()) / gained));
        return limit.isPresent() && limit.get().compareTo(left) < 0 ? limit : Optional.of(left);
    }

    /** Returns the best result in one line; of an earlier session's without its hyperparameters, which may have been amended since. */
    String best() {
        Optional<ReadyPoint> best = state.population().best();
        boolean isNew = !best.equals(start.population().best());
        return best.map(point -> "%s %s by member %s at step %s%s"
                        .formatted(
                                state.study().objective().metric(),
                                Format.score(point.score()),
                                point.member(),
                                point.step(),
                                isNew
                                        ? " (%s)"
                                                .formatted(Format.line(
                                                        state.study().space().active(point.hyperparameters())))
                                        : ""))
                .orElse("no score yet");
    }

    /** Returns counts and speed in one line. */
    String speed() {
        Tally tally = state.tally();
        long failures = tally.failedAttempts();
        long lost = tally.lostAttempts();
        return "%s %%  %s  %s/s  %s%s%s  %s"
                .formatted(
                        Math.round(Math.floor(done() * 100)),
                        Format.count(tally.intervals(), "interval"),
                        Format.number(intervalsPerSecond()),
                        Format.count(tally.exploits(), "exploit"),
                        failures > 0 ? "  " + Format.count(failures, "failure") : "",
                        lost > 0 ? "  %s lost".formatted(lost) : "",
                        left().map(time -> Format.duration(time) + " left").orElse(""))
                .stripTrailing();
    }
}
