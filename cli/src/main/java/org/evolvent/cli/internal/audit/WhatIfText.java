package org.evolvent.cli.internal.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.core.internal.audit.WhatIf.Horizon;
import org.evolvent.core.internal.audit.WhatIf.Otherwise;
import org.evolvent.core.internal.audit.WhatIf.Result;
import org.evolvent.study.internal.text.Format;

/** What another strategy would have decided, and how far that can be said. */
public final class WhatIfText {
    private static final int MOST_ROWS = 20;
    private static final List<String> KINDS = List.of("continue", "exploit", "explore", "stop");

    private WhatIfText() {}

    /** Returns it in lines for people. */
    public static List<String> of(Result result) {
        List<String> lines = new ArrayList<>();
        if (!result.others().isEmpty()) {
            lines.add("%s of the members would have begun with other hyperparameters: %s."
                    .formatted(
                            result.others().size(),
                            result.others().stream().map(String::valueOf).collect(Collectors.joining(", "))));
        }
        lines.add(first(result));
        lines.add(horizon(result));
        if (!result.first().isEmpty()) {
            lines.add("");
            table(result).lines().forEach(line -> lines.add("  " + line));
            if (result.first().size() > MOST_ROWS) {
                lines.add("  and %s more (all of them with --json)"
                        .formatted(result.first().size() - MOST_ROWS));
            }
        }
        lines.add("");
        lines.add("Asked anew in each situation as the log has it, it decides the same in %s of %s:"
                .formatted(result.equalInPlace(), result.decisions()));
        kinds(result).lines().forEach(line -> lines.add("  " + line));
        return lines;
    }

    private static String first(Result result) {
        String counts = "%s of %s would have been the same, %s others, %s cannot be compared."
                .formatted(
                        result.equal(),
                        Format.count(result.decisions(), "decision"),
                        result.different(),
                        result.notComparable());
        if (result.first().isEmpty()) {
            return counts;
        }
        Otherwise first = result.first().get(0);
        return "%s\nThe first difference is at event %s: after interval %s, member %s %s; it would have been: %s."
                .formatted(
                        counts,
                        first.event(),
                        first.interval(),
                        first.member(),
                        DecisionWords.words(first.recorded()),
                        DecisionWords.words(first.other()));
    }

    private static String horizon(Result result) {
        if (result.horizon().isEmpty()) {
            return "That is exact to the end of the log: no recorded result would have been another.";
        }
        Horizon horizon = result.horizon().get();
        return switch (horizon.because()) {
            case ANOTHER_RESULT ->
                "That is exact up to event %s. Event %s is the first result that would have been another, since member %s trained with other weights or hyperparameters than it would have had; every decision after it may rest on that."
                        .formatted(horizon.event() - 1, horizon.event(), horizon.member());
            case GOES_ON ->
                "That is exact up to event %s: a member that the log stopped would have gone on, and nobody knows what it would have reached."
                        .formatted(horizon.event() - 1);
            case OVER ->
                "That is exact up to event %s: there the study would have been over.".formatted(horizon.event() - 1);
            case AMENDED ->
                "That is exact up to event %s: there the study was amended, and nothing further is asked."
                        .formatted(horizon.event() - 1);
            case LOSS ->
                "That is exact up to event %s: then checkpoints were lost that other members might have held."
                        .formatted(horizon.event() - 1);
        };
    }

    private static Table table(Result result) {
        Table table = new Table(List.of("event", "member", "interval", "recorded", "would have been"));
        result.first().stream()
                .limit(MOST_ROWS)
                .forEach(each -> table.row(List.of(
                        Long.toString(each.event()),
                        each.member().toString(),
                        Integer.toString(each.interval()),
                        DecisionWords.words(each.recorded()),
                        DecisionWords.words(each.other()))));
        return table;
    }

    private static Table kinds(Result result) {
        Table table = new Table(List.of("", "continue", "exploit", "explore only", "stop"));
        row(table, "recorded", result.recordedKinds());
        row(table, "asked anew", result.otherKinds());
        return table;
    }

    private static void row(Table table, String name, Map<String, Long> kinds) {
        List<String> row = new ArrayList<>(List.of(name));
        KINDS.forEach(kind -> row.add(Long.toString(kinds.getOrDefault(kind, 0L))));
        table.row(row);
    }

    /** Returns what {@code what-if --json} prints. */
    public static Map<String, Object> json(Result result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("decisions", result.decisions());
        json.put("equal", result.equal());
        json.put("different", result.different());
        json.put("not_comparable", result.notComparable());
        json.put(
                "others_at_the_beginning",
                result.others().stream().map(id -> id.index()).toList());
        result.horizon().ifPresent(horizon -> {
            Map<String, Object> where = new LinkedHashMap<>();
            where.put("event", horizon.event());
            where.put("member", horizon.member().index());
            where.put("because", horizon.because().name().toLowerCase(Locale.ROOT));
            json.put("horizon", where);
        });
        json.put(
                "differences",
                result.first().stream()
                        .map(each -> {
                            Map<String, Object> difference = new LinkedHashMap<>();
                            difference.put("event", each.event());
                            difference.put("member", each.member().index());
                            difference.put("interval", each.interval());
                            difference.put("recorded", DecisionWords.json(each.recorded()));
                            difference.put("other", DecisionWords.json(each.other()));
                            return difference;
                        })
                        .toList());
        Map<String, Object> inPlace = new LinkedHashMap<>();
        inPlace.put("equal", result.equalInPlace());
        inPlace.put("recorded_kinds", result.recordedKinds());
        inPlace.put("other_kinds", result.otherKinds());
        json.put("in_place", inPlace);
        return json;
    }
}
