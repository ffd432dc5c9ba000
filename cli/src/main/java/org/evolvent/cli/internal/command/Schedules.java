package org.evolvent.cli.internal.command;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.text.Format;

/** Schedules of hyperparameters, for people. */
final class Schedules {
    private Schedules() {}

    /** Returns the schedule that made a result. */
    static List<Segment> of(RunDirectory directory, ReadyPoint best) {
        try {
            return best.checkpoint()
                    .map(ref -> directory.schedule(ref.member(), ref.interval()))
                    .orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new EvolventException(
                    "The log has no whole schedule of the best model: %s\nMaybe somebody changed it: evolvent verify says more."
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /**
     * Returns a schedule as a table: equal neighbours in one row, and of more rows than allowed the first and the last.
     *
     * @param most the number of rows to show
     */
    static List<String> table(List<Segment> segments, int most) {
        List<String> headings = new ArrayList<>(List.of("from_step", "to_step"));
        if (!segments.isEmpty()) {
            headings.addAll(segments.get(0).hyperparameters().values().keySet());
        }
        Table table = new Table(headings);
        List<List<String>> rows = rows(segments);
        for (int i = 0; i < rows.size(); i++) {
            boolean hidden = rows.size() > most && i >= most / 2 && i < rows.size() - most / 2;
            if (!hidden) {
                table.row(rows.get(i));
            } else if (i == most / 2) {
                table.row(headings.stream().map(heading -> "...").toList());
            }
        }
        return table.lines();
    }

    private static List<List<String>> rows(List<Segment> segments) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            int first = i;
            while (i + 1 < segments.size()
                    && segments.get(i + 1)
                            .hyperparameters()
                            .equals(segments.get(first).hyperparameters())) {
                i++;
            }
            List<String> row = new ArrayList<>(List.of(
                    Long.toString(segments.get(first).fromStep()),
                    Long.toString(segments.get(i).toStep())));
            segments.get(first).hyperparameters().values().values().forEach(value -> row.add(Format.value(value)));
            rows.add(row);
        }
        return rows;
    }
}
