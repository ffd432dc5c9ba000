package org.evolvent.cli.internal.command;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Value;
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
     * Returns a schedule as a table: equal neighbours in one row, and of more rows than allowed the first and the last. A cell is empty
     * where a hyperparameter was not active, or not there yet.
     *
     * @param most the number of rows to show
     */
    static List<String> table(List<Segment> segments, int most) {
        Set<String> names = new LinkedHashSet<>();
        segments.forEach(
                segment -> names.addAll(segment.hyperparameters().values().keySet()));
        List<String> headings = new ArrayList<>(List.of("from_step", "to_step"));
        headings.addAll(names);
        Table table = new Table(headings);
        List<List<String>> rows = rows(segments, names);
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

    private static List<List<String>> rows(List<Segment> segments, Set<String> names) {
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
            Map<String, Value> values = segments.get(first).hyperparameters().values();
            names.forEach(name -> row.add(values.containsKey(name) ? Format.value(values.get(name)) : ""));
            rows.add(row);
        }
        return rows;
    }
}
