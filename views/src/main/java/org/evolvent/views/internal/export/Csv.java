package org.evolvent.views.internal.export;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.evolvent.core.population.Member;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes each table to a file of comma-separated values (RFC 4180) with a heading: a column for each metric and each hyperparameter. Which
 * there are is known only at the end, and so the log is read twice.
 */
final class Csv implements Export {
    /** The columns that are made of each; of several in a table, names that both have get the column's name before them. */
    private static final Set<String> MAPS = Set.of("metrics", "hyperparameters", "before", "after");

    private final TextFiles files;
    private final Map<String, Heading> headings = new LinkedHashMap<>();
    private long events;

    /** The columns of a table, and the names in those that are maps. */
    private static final class Heading {
        private final Map<String, Set<String>> names = new LinkedHashMap<>();

        void add(Map<String, @Nullable Object> row) {
            row.forEach((column, value) -> {
                Set<String> known = names.computeIfAbsent(column, any -> new LinkedHashSet<>());
                if (MAPS.contains(column) && value instanceof Map<?, ?> map) {
                    map.keySet().forEach(name -> known.add((String) name));
                }
            });
        }

        private String label(String column, String name) {
            boolean isShared = (names.containsKey(name) && !MAPS.contains(name))
                    || names.entrySet().stream()
                            .anyMatch(other -> !other.getKey().equals(column)
                                    && other.getValue().contains(name));
            return isShared || column.equals("before") || column.equals("after") ? column + "." + name : name;
        }

        List<String> labels() {
            List<String> labels = new ArrayList<>();
            names.forEach((column, known) -> {
                if (MAPS.contains(column)) {
                    known.forEach(name -> labels.add(label(column, name)));
                } else {
                    labels.add(column);
                }
            });
            return labels;
        }

        List<@Nullable Object> values(Map<String, @Nullable Object> row) {
            List<@Nullable Object> values = new ArrayList<>();
            names.forEach((column, known) -> {
                Object value = row.get(column);
                if (MAPS.contains(column) && value instanceof Map<?, ?> map) {
                    known.forEach(name -> values.add(map.get(name)));
                } else {
                    values.add(value);
                }
            });
            return values;
        }
    }

    private final Tables headed = new Tables() {
        @Override
        void row(String table, Map<String, @Nullable Object> row) {
            headings.computeIfAbsent(table, any -> new Heading()).add(row);
        }
    };

    Csv(Path directory) {
        files = new TextFiles(directory);
    }

    @Override
    public void add(Event event) {
        headed.rows(++events, event);
    }

    /** Nothing yet: with the next metric there may be another column. */
    @Override
    public void flush() {}

    @Override
    public void finish(RunDirectory run, StudyState state) {
        boolean isDriven = RunDirectory.driver(run.path()).isPresent();
        Heading members = new Heading();
        headings.put("members", members);
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Member member : state.population()) {
            rows.add(Rows.member(state, member, isDriven));
        }
        rows.forEach(members::add);
        headings.forEach((table, heading) -> files.write(table + ".csv", line(heading.labels())));
        Tables written = new Tables() {
            @Override
            void row(String table, Map<String, @Nullable Object> row) {
                files.write(table + ".csv", line(heading(table).values(row)));
            }
        };
        for (Map<String, @Nullable Object> row : rows) {
            written.row("members", row);
        }
        long[] number = {0};
        run.events().read(event -> {
            if (++number[0] <= events) {
                written.rows(number[0], event);
            }
        });
        files.close();
    }

    private Heading heading(String table) {
        return headings.getOrDefault(table, new Heading());
    }

    private static String line(List<? extends @Nullable Object> values) {
        return values.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value instanceof Map || value instanceof List
                ? JsonMapper.shared().writeValueAsString(value)
                : String.valueOf(value);
        boolean isPlain = text.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
