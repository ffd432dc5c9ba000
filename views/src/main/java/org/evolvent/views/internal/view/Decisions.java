package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.history.Turn;
import org.jspecify.annotations.Nullable;

/**
 * Who copied whom and why, is one donor taking over, what was changed?
 *
 * @param sentence what there is to see
 * @param all how many turns there are: decisions other than to go on
 * @param found how many of them the filter lets through
 * @param rows those that were asked for, the latest first
 * @param donors the ten members that were copied most, the busiest first
 * @param last the training steps at the end of the axis
 */
public record Decisions(String sentence, int all, int found, List<Row> rows, List<Donor> donors, long last) {
    private static final int MOST_DONORS = 10;

    /**
     * Which turns are asked for.
     *
     * @param kind {@code copy}, {@code explore} or {@code stop}; empty for all
     * @param member whose; empty for anybody's
     * @param donor who was copied; empty for anybody
     * @param parameter the hyperparameter that was changed; empty for any
     * @param text what the reasons have to contain, in any case; empty for any
     * @param skipped how many to leave out, the latest first
     * @param most how many at most
     */
    public record Filter(
            Optional<String> kind,
            OptionalInt member,
            OptionalInt donor,
            Optional<String> parameter,
            String text,
            int skipped,
            int most) {}

    /**
     * A turn of a member.
     *
     * @param event the number of its first event in the log
     * @param step the training steps behind the member's weights before it
     * @param time the seconds of the study before it
     * @param member who
     * @param interval its interval that had ended
     * @param kind the word for it, as in a filter
     * @param donor who was copied; null where nobody was
     * @param donorInterval the donor's interval; null where nobody was copied
     * @param score the member's score before; null without one
     * @param donorScore the donor's score; null without one
     * @param reason why, as logged; of a copy with a change, both reasons
     * @param changed the hyperparameters that are others now
     * @param lives whether weights that were taken over have living descendants in this member's line
     * @param wentOn how many intervals the member had gone on since its last turn
     */
    public record Row(
            long event,
            long step,
            double time,
            int member,
            int interval,
            String kind,
            @Nullable Integer donor,
            @Nullable Integer donorInterval,
            @Nullable Double score,
            @Nullable Double donorScore,
            String reason,
            List<Difference> changed,
            boolean lives,
            int wentOn) {}

    /**
     * A member that was copied.
     *
     * @param member who
     * @param copies when, the first one first
     */
    public record Donor(int member, List<Copy> copies) {}

    /**
     * A copy of a donor.
     *
     * @param step the training steps behind the weights that were copied
     * @param member who copied them
     * @param lives whether what was trained from them has living descendants
     */
    public record Copy(long step, int member, boolean lives) {}

    /** Computes it. */
    public static Decisions of(History history, Filter filter) {
        int[] living = Lives.of(history);
        List<Turn> turns = history.turns();
        int[] wentOn = wentOn(turns);
        List<Row> rows = new ArrayList<>();
        int found = 0;
        for (int i = turns.size() - 1; i >= 0; i--) {
            Turn turn = turns.get(i);
            if (!passes(history, filter, turn)) {
                continue;
            }
            if (found >= filter.skipped() && rows.size() < filter.most()) {
                rows.add(row(history, turn, wentOn[i], living));
            }
            found++;
        }
        List<Donor> donors = donors(history, living);
        return new Decisions(
                sentence(history, donors),
                turns.size(),
                found,
                rows,
                donors,
                history.intervals().stream().mapToLong(Interval::to).max().orElse(0));
    }

    /** Returns the turn of a member after an interval. */
    public static Optional<Row> of(History history, int member, int interval) {
        int[] wentOn = wentOn(history.turns());
        for (int i = 0; i < wentOn.length; i++) {
            Turn turn = history.turns().get(i);
            if (turn.member() == member && turn.interval() == interval) {
                return Optional.of(row(history, turn, wentOn[i], Lives.of(history)));
            }
        }
        return Optional.empty();
    }

    private static int[] wentOn(List<Turn> turns) {
        Map<Integer, Integer> last = new HashMap<>();
        int[] wentOn = new int[turns.size()];
        for (int i = 0; i < wentOn.length; i++) {
            Turn turn = turns.get(i);
            Integer before = last.put(turn.member(), turn.interval());
            wentOn[i] = turn.interval() - (before == null ? -1 : before) - 1;
        }
        return wentOn;
    }

    private static String kind(Turn turn) {
        return turn.isStop() ? "stop" : turn.isCopy() ? "copy" : "explore";
    }

    private static boolean passes(History history, Filter filter, Turn turn) {
        String text = filter.text().toLowerCase(Locale.ROOT);
        return filter.kind().map(kind(turn)::equals).orElse(true)
                && (filter.member().isEmpty() || filter.member().getAsInt() == turn.member())
                && (filter.donor().isEmpty() || filter.donor().getAsInt() == turn.donor())
                && filter.parameter()
                        .map(name -> Difference.of(history.study().space(), turn).stream()
                                .anyMatch(difference -> difference.name().equals(name)))
                        .orElse(true)
                && reason(turn).toLowerCase(Locale.ROOT).contains(text);
    }

    private static Row row(History history, Turn turn, int wentOn, int[] living) {
        int donors = turn.isCopy()
                ? history.indexOf(turn.donor(), turn.donorInterval()).orElse(-1)
                : -1;
        return new Row(
                turn.event(),
                turn.step(),
                turn.time(),
                turn.member(),
                turn.interval(),
                kind(turn),
                turn.isCopy() ? turn.donor() : null,
                turn.isCopy() ? turn.donorInterval() : null,
                score(history, turn.given()),
                score(history, donors),
                reason(turn),
                Difference.of(history.study().space(), turn),
                turn.source() >= 0 && lives(history, turn, living),
                wentOn);
    }

    private static @Nullable Double score(History history, int index) {
        return index >= 0 && history.intervals().get(index).isValid()
                ? Double.valueOf(history.intervals().get(index).score())
                : null;
    }

    /** What the member trained first with the weights that it took over; before that it holds them itself. */
    private static boolean lives(History history, Turn turn, int[] living) {
        OptionalInt next = history.indexOf(turn.member(), turn.interval() + 1);
        return next.isPresent()
                ? living[next.getAsInt()] > 0
                : history.holds(history.member(turn.member())) == turn.source();
    }

    private static String reason(Turn turn) {
        return turn.copyReason().isEmpty()
                ? turn.reason()
                : turn.reason().isEmpty() ? turn.copyReason() : turn.copyReason() + "; " + turn.reason();
    }

    private static List<Donor> donors(History history, int[] living) {
        Map<Integer, List<Turn>> byDonor =
                history.turns().stream().filter(Turn::isCopy).collect(Collectors.groupingBy(Turn::donor));
        return byDonor.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<Integer, List<Turn>> entry) ->
                                -entry.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(MOST_DONORS)
                .map(entry -> new Donor(
                        entry.getKey(),
                        entry.getValue().stream()
                                .map(turn -> copy(history, turn, living))
                                .toList()))
                .toList();
    }

    private static Copy copy(History history, Turn turn, int[] living) {
        OptionalInt donors = history.indexOf(turn.donor(), turn.donorInterval());
        long step =
                donors.isPresent() ? history.intervals().get(donors.getAsInt()).to() : turn.step();
        return new Copy(step, turn.member(), turn.source() >= 0 && lives(history, turn, living));
    }

    private static String sentence(History history, List<Donor> donors) {
        if (history.turns().isEmpty()) {
            return "Nothing was decided yet but to go on.";
        }
        long copies = history.turns().stream().filter(Turn::isCopy).count();
        if (copies == 0) {
            return "Nobody was copied; hyperparameters were changed %s."
                    .formatted(Sentences.times(history.turns().stream()
                            .filter(turn -> !turn.isStop())
                            .count()));
        }
        Donor busiest = donors.get(0);
        return "%s made. Member %s was copied most often: %s, by %s."
                .formatted(
                        copies == 1 ? "One copy was" : copies + " copies were",
                        busiest.member(),
                        Sentences.times(busiest.copies().size()),
                        Format.count(
                                busiest.copies().stream()
                                        .map(Copy::member)
                                        .distinct()
                                        .count(),
                                "member"));
    }
}
