package org.evolvent.views.internal.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.StudyState;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.history.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The members as they stand.
 *
 * @param sentence what there is to see
 * @param axes of the hyperparameters; values and positions are in their order
 * @param rows the members, the best first
 */
public record PopulationView(String sentence, List<Axis> axes, List<Row> rows) {
    /** So many of its latest scores tell how a member does. */
    private static final int MOST_SCORES = 60;

    /**
     * A member.
     *
     * @param rank from 1, the best; null before its first result
     * @param member who
     * @param status {@code training} (or waiting for a slot), {@code interrupted} where nobody drives the study, {@code ended} where it is
     *     over, {@code ready}, {@code stopped} or {@code left}
     * @param score its last score; null without one
     * @param step the training steps behind its weights
     * @param interval the number of its open interval
     * @param scores its latest scores, the last one last; null for one that was not valid
     * @param since the training steps behind its weights when it took them over; 0 for its own
     * @param donor from whom it took them over; null for its own
     * @param values its hyperparameters, as the log has them; null for one that is not active
     * @param positions where they lie in their domains, from 0 to 1; null where they do not
     * @param decided what was decided for it last, in words; empty before
     * @param reason why
     */
    public record Row(
            @Nullable Integer rank,
            int member,
            String status,
            @Nullable Double score,
            long step,
            int interval,
            List<@Nullable Double> scores,
            long since,
            @Nullable Integer donor,
            List<@Nullable Object> values,
            List<@Nullable Double> positions,
            String decided,
            String reason) {}

    /** Computes it. */
    public static PopulationView of(Source source) {
        History history = source.history();
        boolean isDriven = source.driver().isPresent() || source.isReading();
        Map<Integer, Turn> latest = new HashMap<>();
        Map<Integer, Turn> copied = new HashMap<>();
        for (Turn turn : history.turns()) {
            latest.put(turn.member(), turn);
            if (turn.source() >= 0) {
                copied.put(turn.member(), turn);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Member member : history.state().population()) {
            int index = member.id().index();
            rows.add(row(
                    history,
                    member,
                    status(history.state(), member, isDriven),
                    Optional.ofNullable(latest.get(index)),
                    Optional.ofNullable(copied.get(index))));
        }
        rows.sort(Comparator.comparingInt((Row row) -> row.rank() == null ? Integer.MAX_VALUE : row.rank())
                .thenComparingInt(Row::member));
        return new PopulationView(
                sentence(history, rows), Axis.of(history.study().space()), rows);
    }

    /**
     * Returns what a member does, in a word: see {@link Row}.
     *
     * @param isDriven whether somebody drives the study
     */
    public static String status(StudyState state, Member member, boolean isDriven) {
        if (member.status() == Member.Status.TRAINING && state.end().isPresent()) {
            return "ended";
        }
        return member.status() == Member.Status.TRAINING && !isDriven
                ? "interrupted"
                : member.status().name().toLowerCase(Locale.ROOT);
    }

    private static Row row(
            History history, Member member, String status, Optional<Turn> latest, Optional<Turn> copied) {
        SearchSpace space = history.study().space();
        Hyperparameters hyperparameters = member.hyperparameters();
        Map<String, Object> plain = space.active(hyperparameters).plain();
        List<@Nullable Object> values = new ArrayList<>();
        List<@Nullable Double> positions = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            values.add(plain.get(parameter.name()));
            double position = Axis.position(space, parameter, hyperparameters);
            positions.add(Double.isNaN(position) ? null : Double.valueOf(position));
        }
        List<Interval> own = history.of(member.id().index());
        List<@Nullable Double> scores = new ArrayList<>();
        for (Interval interval : own.subList(Math.max(0, own.size() - MOST_SCORES), own.size())) {
            scores.add(interval.isValid() ? Double.valueOf(interval.score()) : null);
        }
        Optional<ReadyPoint> last = member.last();
        boolean hasScore = last.isPresent() && Double.isFinite(last.get().fitness());
        return new Row(
                last.isPresent() && member.isPresent() ? rank(history, last.get()) : null,
                member.id().index(),
                status,
                hasScore
                        ? Double.valueOf(
                                history.study().objective().fitness(last.get().fitness()))
                        : null,
                member.stepFrom(),
                member.interval(),
                scores,
                copied.filter(turn -> turn.source() >= 0)
                        .map(turn -> history.intervals().get(turn.source()).to())
                        .orElse(0L),
                copied.map(Turn::donor).orElse(null),
                values,
                positions,
                latest.map(PopulationView::decided).orElse(""),
                latest.map(turn -> turn.copyReason().isEmpty() ? turn.reason() : turn.copyReason())
                        .orElse(""));
    }

    private static int rank(History history, ReadyPoint point) {
        return history.state().population().ranking().rankOf(point) + 1;
    }

    private static String decided(Turn turn) {
        return turn.isStop() ? "stopped" : turn.isCopy() ? "copied member " + turn.donor() : "changed";
    }

    private static String sentence(History history, List<Row> rows) {
        List<Row> scored = rows.stream()
                .filter(row -> row.score() != null && row.rank() != null)
                .toList();
        if (scored.isEmpty()) {
            return Sentences.nothingYet(history);
        }
        Row first = scored.get(0);
        Row last = scored.get(scored.size() - 1);
        String best = "Member %s is ahead now, with %s %s"
                .formatted(first.member(), history.study().objective().metric(), Sentences.text(first.score()));
        return scored.size() == 1
                ? best + "."
                : "%s; the last of %s, member %s, has %s."
                        .formatted(
                                best,
                                Format.count(scored.size(), "member"),
                                last.member(),
                                Sentences.text(last.score()));
    }
}
