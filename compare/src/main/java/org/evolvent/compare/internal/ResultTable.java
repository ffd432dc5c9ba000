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
        lines.add("Wall-clock: " + terms.place());
        lines.add("");
        lines.addAll(table(comparison, decimals));
        lines.addAll(terms.notes());
        lines.add("");
        lines.add(verdict(comparison, decimals));
        return lines;
    }

    private static Decimals decimals(Comparison comparison) {
        return Decimals.of(comparison.standings().stream()
                .flatMapToDouble(standing -> DoubleStream.of(
                        standing.interval().low(), standing.interval().high())));
    }

    private static List<String> table(Comparison comparison, Decimals decimals) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "strategy",
                "seeds",
                "IQM",
                "95 % interval",
                "mean",
                "P(%s is better)".formatted(comparison.winner().strategy()),
                "steps",
                "wall-clock"));
        List<Improvement> improvements = comparison.improvements();
        for (Standing standing : comparison.standings()) {
            int rank = rows.size() - 1;
            rows.add(List.of(
                    standing.strategy(),
                    Integer.toString(standing.outcomes().size()),
                    decimals.of(standing.iqm()),
                    Double.isFinite(standing.iqm())
                            ? decimals.of(standing.interval().low()) + " to "
                                    + decimals.of(standing.interval().high())
                            : "",
                    decimals.of(standing.scores().mean()),
                    rank == 0 ? "" : shown(improvements.get(rank - 1)),
                    Math.round(100 * standing.steps() / comparison.terms().allSteps()) + " %",
                    duration(standing.seconds())));
        }
        return markdown(rows);
    }

    private static String shown(Improvement improvement) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f to %.2f)",
                improvement.probability(),
                improvement.interval().low(),
                improvement.interval().high());
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
        Standing winner = comparison.winner();
        if (!comparison.hasScores()) {
            return "No best: the studies of the best strategy had no score.";
        }
        Optional<Standing> fresh = comparison.fresh();
        if (fresh.isEmpty()) {
            return "Best by IQM: %s. The seeds that say so also chose it, so expect a little less of it on others."
                    .formatted(winner.strategy());
        }
        return "Best by IQM: %s. On fresh seeds (%s), which had no part in the choice, its IQM is %s (%s to %s), against %s on those that chose it."
                .formatted(
                        winner.strategy(),
                        fresh.get().seeds(),
                        decimals.of(fresh.get().iqm()),
                        decimals.of(fresh.get().interval().low()),
                        decimals.of(fresh.get().interval().high()),
                        decimals.of(winner.iqm()));
    }
}
