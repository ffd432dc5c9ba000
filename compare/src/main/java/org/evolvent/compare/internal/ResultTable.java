package org.evolvent.compare.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.evolvent.compare.internal.Comparison.Improvement;
import org.evolvent.compare.internal.Comparison.Standing;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.study.internal.text.Format;

/** A comparison for people: Markdown that is also legible as it stands. */
public final class ResultTable {
    private ResultTable() {}

    /** Returns the lines. */
    public static List<String> lines(Comparison comparison) {
        ComparisonSettings terms = comparison.terms();
        Decimals decimals = decimals(comparison);
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s of the best model (%s is better), seeds %s"
                .formatted(
                        terms.name(),
                        terms.metric(),
                        terms.goal() == Goal.MAXIMIZE ? "more" : "less",
                        comparison.standings().stream()
                                .map(Standing::seeds)
                                .distinct()
                                .collect(Collectors.joining("; "))));
        lines.add(terms.statement());
        lines.add("Scores: " + terms.evaluation().words());
        lines.add("Wall-clock: " + terms.place());
        lines.add("");
        lines.addAll(table(comparison, decimals));
        lines.addAll(terms.notes());
        for (Standing standing : comparison.standings()) {
            if (standing.cut() > 0) {
                lines.add("%s: %s of %s studies went on beyond the equal compute, and were cut off there"
                        .formatted(
                                standing.strategy(),
                                standing.cut(),
                                standing.outcomes().size()));
            }
        }
        if (comparison.standings().stream()
                .anyMatch(standing -> standing.exploitsAtBarrier().isPresent())) {
            lines.add(
                    "Exploits: per interval, and those that the strategy would make of the same results at a barrier");
        }
        lines.add("");
        warning(comparison).ifPresent(lines::add);
        lines.add(verdict(comparison, decimals));
        return lines;
    }

    /** Returns what must be said of scores that are noisy and not evaluated again; empty when there is nothing. */
    public static Optional<String> warning(Comparison comparison) {
        double error = comparison.error();
        return comparison.terms().evaluation() == Evaluation.CHOSE && error > 0
                ? Optional.of(
                        "WARNING: the scores that chose the models are noisy (a standard error of %s each, by their samples). The best of many is too good by as much or more, the more evaluations the more, so that who is ahead may have had luck.\nMaybe report a metric of the same models that chooses nothing (--metric), and train their schedules anew (evolvent replay --seeds)."
                                .formatted(Format.number(error)))
                : Optional.empty();
    }

    private static Decimals decimals(Comparison comparison) {
        return Decimals.of(comparison.standings().stream()
                .flatMapToDouble(standing -> DoubleStream.of(
                        standing.interval().low(), standing.interval().high())));
    }

    private static List<String> table(Comparison comparison, Decimals decimals) {
        boolean again = comparison.standings().stream().anyMatch(standing -> standing.chosen() != standing.iqm());
        List<List<String>> rows = new ArrayList<>();
        List<String> headings = new ArrayList<>(List.of("strategy", "seeds", "IQM", "95 % interval", "mean"));
        if (again) {
            headings.add("as chosen");
        }
        headings.addAll(List.of(
                "P(%s is better)".formatted(comparison.leader().strategy()), "exploits", "steps", "wall-clock"));
        rows.add(headings);
        List<Improvement> improvements = comparison.improvements();
        for (Standing standing : comparison.standings()) {
            int rank = rows.size() - 1;
            List<String> row = new ArrayList<>(List.of(
                    standing.strategy(),
                    Integer.toString(standing.outcomes().size()),
                    decimals.of(standing.iqm()),
                    Double.isFinite(standing.iqm())
                            ? decimals.of(standing.interval().low()) + " to "
                                    + decimals.of(standing.interval().high())
                            : "",
                    decimals.of(standing.scores().mean())));
            if (again) {
                row.add(decimals.of(standing.chosen()));
            }
            row.addAll(List.of(
                    rank == 0 ? "" : shown(improvements.get(rank - 1)),
                    exploits(standing),
                    Math.round(100 * standing.steps() / comparison.terms().allSteps()) + " %",
                    duration(standing.seconds())));
            rows.add(row);
        }
        return markdown(rows);
    }

    private static String exploits(Standing standing) {
        String made = String.format(Locale.ROOT, "%.3f", standing.exploitsPerInterval());
        return made
                + standing.exploitsAtBarrier()
                        .map(wanted -> String.format(Locale.ROOT, " (%.3f)", wanted))
                        .orElse("");
    }

    private static String shown(Improvement improvement) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)%s",
                improvement.probability(),
                improvement.interval().low(),
                improvement.interval().high(),
                improvement.isDifference() ? "" : ", no difference");
    }

    private static String duration(double seconds) {
        return seconds < 60
                ? Format.number(Math.round(seconds * 100) / 100.0) + " s"
                : Format.duration(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    private static List<String> markdown(List<List<String>> rows) {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("|");
            for (int c = 0; c < columns; c++) {
                String pad = " ".repeat(widths[c] - row.get(c).length());
                line.append(' ').append(c == 0 ? row.get(c) + pad : pad + row.get(c));
                line.append(" |");
            }
            lines.add(line.toString());
        }
        StringBuilder rule = new StringBuilder("|");
        for (int c = 0; c < columns; c++) {
            rule.append(c == 0 ? ":" + "-".repeat(widths[c] + 1) : "-".repeat(widths[c] + 1) + ":");
            rule.append('|');
        }
        lines.add(1, rule.toString());
        return lines;
    }

    private static String verdict(Comparison comparison, Decimals decimals) {
        Standing leader = comparison.leader();
        if (!comparison.hasScores()) {
            return "No best: the studies of the best strategy had no score.";
        }
        String best = best(comparison);
        Optional<Standing> fresh = comparison.fresh();
        if (fresh.isEmpty()) {
            return "%s The seeds that say so also chose it, so expect a little less of it on others.".formatted(best);
        }
        return "%s On fresh seeds (%s), which had no part in the choice, the IQM of %s is %s (%s to %s), against %s on those that chose it."
                .formatted(
                        best,
                        fresh.get().seeds(),
                        leader.strategy(),
                        decimals.of(fresh.get().iqm()),
                        decimals.of(fresh.get().interval().low()),
                        decimals.of(fresh.get().interval().high()),
                        decimals.of(leader.iqm()));
    }

    /** Says who is best, if anybody is. */
    private static String best(Comparison comparison) {
        Standing leader = comparison.leader();
        List<Standing> undecided = comparison.undecided();
        if (undecided.isEmpty()) {
            return "Best by IQM: %s.".formatted(leader.strategy());
        }
        boolean isEnough = undecided.stream()
                .allMatch(other -> Comparison.isEnough(
                        leader.outcomes().size(), other.outcomes().size()));
        return "No best: there is no difference between %s, whose IQM is the highest, and %s. %s."
                .formatted(
                        leader.strategy(),
                        undecided.stream().map(Standing::strategy).collect(Collectors.joining(", ")),
                        isEnough
                                ? "The interval of P contains 0.5"
                                : "So few seeds, fewer than four of each, cannot tell one");
    }
}
