package org.evolvent.views.internal.view;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.evolvent.core.population.Member;
import org.evolvent.core.study.Event;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.Failure;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.history.Turn;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a member?
 *
 * @param member who
 * @param sentence what there is to see
 * @param metric the name of the score
 * @param points its own results, and those that others made of the weights that it holds now, in the order of their steps
 * @param copies its copies, the first one first
 * @param scores of everybody
 * @param axes of the hyperparameters
 * @param schedule what the weights that it holds now were trained with, for each hyperparameter
 * @param story what happened, the newest first
 */
public record MemberPage(
        int member,
        String sentence,
        String metric,
        List<Point> points,
        List<Copy> copies,
        Scores scores,
        List<Axis> axes,
        List<List<Stretch>> schedule,
        List<Line> story) {
    /**
     * A result.
     *
     * @param node the index of the interval
     * @param step the training steps behind it
     * @param score null without one
     * @param member who made it
     * @param kind {@code held} of the weights that it holds now and trained itself, {@code elsewhere} of the same while others held them,
     *     {@code given} of weights that it gave up
     */
    public record Point(int node, long step, @Nullable Double score, int member, String kind) {}

    /**
     * A copy that it made.
     *
     * @param step the training steps behind the weights that it gave up
     * @param donorStep the training steps behind those that it took over
     * @param score of those that it gave up; null without one
     * @param donorScore of those that it took over; null without one
     * @param donor from whom
     */
    public record Copy(
            long step,
            long donorStep,
            @Nullable Double score,
            @Nullable Double donorScore,
            int donor) {}

    /**
     * A line of its story.
     *
     * @param step the training steps behind its weights then
     * @param at when, in UTC: {@code 2026-01-02T03:04:05Z}
     * @param kind {@code began}, {@code went on}, {@code copy}, {@code explore}, {@code failure} or {@code end}
     * @param text what happened
     * @param changed the hyperparameters that were changed
     */
    public record Line(long step, String at, String kind, String text, List<Difference> changed) {}

    /**
     * Computes it.
     *
     * @param member from 0 to the number of members that there ever were, less 1
     */
    public static MemberPage of(History history, int member) {
        Member now = history.member(member);
        int held = history.holds(now);
        List<Interval> ancestry = held >= 0 ? history.ancestry(held) : List.of();
        List<Turn> turns =
                history.turns().stream().filter(turn -> turn.member() == member).toList();
        return new MemberPage(
                member,
                sentence(history, now, turns),
                history.study().objective().metric(),
                points(history, member, ancestry),
                copies(history, turns),
                Scores.of(history),
                Axis.of(history.study().space()),
                Schedules.stretches(history, ancestry),
                story(history, member, turns));
    }

    private static List<Point> points(History history, int member, List<Interval> ancestry) {
        Set<Integer> held = new HashSet<>();
        List<Point> points = new ArrayList<>();
        for (Interval interval : ancestry) {
            held.add(interval.index());
            points.add(point(interval, interval.member() == member ? "held" : "elsewhere"));
        }
        for (Interval interval : history.of(member)) {
            if (!held.contains(interval.index())) {
                points.add(point(interval, "given"));
            }
        }
        return points;
    }

    private static Point point(Interval interval, String kind) {
        return new Point(interval.index(), interval.to(), score(interval), interval.member(), kind);
    }

    private static @Nullable Double score(Interval interval) {
        return interval.isValid() ? Double.valueOf(interval.score()) : null;
    }

    private static List<Copy> copies(History history, List<Turn> turns) {
        List<Copy> copies = new ArrayList<>();
        for (Turn turn : turns) {
            if (turn.source() >= 0) {
                Interval source = history.intervals().get(turn.source());
                copies.add(new Copy(
                        turn.step(),
                        source.to(),
                        turn.given() < 0 ? null : score(history.intervals().get(turn.given())),
                        score(source),
                        turn.donor()));
            }
        }
        return copies;
    }

    private static List<Line> story(History history, int member, List<Turn> turns) {
        List<Line> story = new ArrayList<>();
        List<Interval> own = history.of(member);
        List<Failure> failures = history.failures().stream()
                .filter(failure -> failure.member() == member)
                .toList();
        history.founder(member).map(founder -> began(history, founder)).ifPresent(story::add);
        int told = 0;
        int turn = 0;
        int failure = 0;
        for (int i = 0; i < own.size(); i++) {
            Interval interval = own.get(i);
            while (failure < failures.size() && failures.get(failure).interval() <= interval.interval()) {
                story.add(failed(history, failures.get(failure++)));
            }
            boolean isTurn = turn < turns.size() && turns.get(turn).interval() == interval.interval();
            if (isTurn || i == own.size() - 1) {
                story.add(trained(history, own.subList(told, i + 1)));
                told = i + 1;
            }
            if (isTurn) {
                story.add(turned(history, turns.get(turn++)));
            }
        }
        failures.subList(failure, failures.size()).forEach(left -> story.add(failed(history, left)));
        return reversed(story);
    }

    private static List<Line> reversed(List<Line> lines) {
        List<Line> reversed = new ArrayList<>(lines);
        Collections.reverse(reversed);
        return reversed;
    }

    private static String at(History history, double seconds) {
        return history.moment(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static Line began(History history, Event.Founder founder) {
        return new Line(
                founder.step(),
                at(history, 0),
                "began",
                "began with weights from elsewhere: " + founder.origin(),
                List.of());
    }

    private static Line trained(History history, List<Interval> intervals) {
        Interval last = intervals.get(intervals.size() - 1);
        String scored = last.isValid()
                ? "%s %s".formatted(history.study().objective().metric(), Format.number(last.score()))
                : "no score: " + last.absence();
        return new Line(
                last.to(),
                at(history, last.finished()),
                "went on",
                "trained %s, from step %s to %s: %s"
                        .formatted(
                                Format.count(intervals.size(), "interval"),
                                intervals.get(0).from(),
                                last.to(),
                                scored),
                List.of());
    }

    private static Line failed(History history, Failure failure) {
        return new Line(
                failure.step(),
                at(history, failure.finished()),
                "failure",
                "attempt %s of interval %s failed: %s"
                        .formatted(failure.attempt(), failure.interval(), failure.message()),
                List.of());
    }

    private static Line turned(History history, Turn turn) {
        List<Difference> changed = Difference.of(history.study().space(), turn);
        String at = at(history, turn.time());
        if (turn.isStop()) {
            return new Line(turn.step(), at, "end", "stopped: " + turn.reason(), changed);
        }
        if (turn.isCopy()) {
            return new Line(
                    turn.step(),
                    at,
                    "copy",
                    "copied member %s, interval %s: %s"
                            .formatted(turn.donor(), turn.donorInterval(), turn.copyReason()),
                    changed);
        }
        return new Line(turn.step(), at, "explore", "changed: " + turn.reason(), changed);
    }

    private static String sentence(History history, Member now, List<Turn> turns) {
        long copies = turns.stream().filter(Turn::isCopy).count();
        Optional<Turn> latest = turns.stream().filter(Turn::isCopy).reduce((one, next) -> next);
        String made = switch ((int) Math.min(2, copies)) {
            case 0 -> "has kept its own weights";
            case 1 ->
                "copied once, member %s at step %s"
                        .formatted(
                                latest.orElseThrow().donor(),
                                latest.orElseThrow().step());
            default ->
                "copied %s times, last member %s at step %s"
                        .formatted(
                                copies,
                                latest.orElseThrow().donor(),
                                latest.orElseThrow().step());
        };
        OptionalInt rank = rank(history, now);
        String standing = rank.isPresent()
                ? ", and is number %s of %s".formatted(rank.getAsInt(), Sentences.living(history))
                : now.isPresent() ? ", and has no score yet" : ", and has left the population";
        return "Member %s %s%s.".formatted(now.id(), made, standing);
    }

    private static OptionalInt rank(History history, Member member) {
        return member.isPresent() && member.last().isPresent()
                ? OptionalInt.of(history.state()
                                .population()
                                .ranking()
                                .rankOf(member.last().get())
                        + 1)
                : OptionalInt.empty();
    }
}
