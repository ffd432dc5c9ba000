package org.evolvent.cli.internal.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.evolvent.core.internal.audit.Explanation;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;

/** An explanation as JSON. */
public final class ExplanationJson {
    private ExplanationJson() {}

    /** Returns what {@code explain --json} prints. */
    public static Map<String, Object> of(Explanation explanation) {
        ReadyPoint point = explanation.point();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", explanation.event());
        json.put("member", point.member().index());
        json.put("interval", point.interval());
        json.put("step", point.step());
        score(json, point);
        json.put("rank", explanation.rank());
        json.put("members", explanation.members());
        explanation.comparedAtStep().ifPresent(step -> json.put("compared_at_step", step));
        json.put("top", explanation.top());
        json.put("bottom_from", explanation.bottom());
        json.put("random_key", ExplanationText.key(explanation));
        json.put(
                "losses",
                explanation.losses().stream().map(ExplanationJson::loss).toList());
        json.put("decisions", DecisionWords.json(explanation.logged()));
        List<Map<String, Object>> ranking = new ArrayList<>();
        for (ReadyPoint each : explanation.ranking()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("member", each.member().index());
            row.put("interval", each.interval());
            row.put("step", each.step());
            score(row, each);
            ranking.add(row);
        }
        json.put("ranking", ranking);
        json.put(
                "changes",
                explanation.changes().stream().map(ExplanationJson::change).toList());
        json.put(
                "derived_again",
                explanation.derived().isEmpty() ? "not derivable" : explanation.agrees() ? "identical" : "different");
        if (!explanation.agrees()) {
            json.put("derived", DecisionWords.json(explanation.derived().orElse(List.of())));
        }
        return json;
    }

    private static void score(Map<String, Object> json, ReadyPoint point) {
        if (point.score() instanceof Score.Valid valid) {
            json.put("score", valid.value());
        } else if (point.score() instanceof Score.Invalid invalid) {
            json.put("no_score", invalid.reason());
        } else {
            json.put("no_score", ((Score.Absent) point.score()).reason());
        }
        if (point.absences() > 0) {
            json.put("absences", point.absences());
        }
    }

    private static Map<String, Object> loss(Explanation.Loss loss) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", loss.event());
        json.put("reason", loss.reason());
        json.put("stranded", loss.stranded());
        return json;
    }

    private static Map<String, Object> change(Explanation.Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", change.name());
        json.put("own", change.own().plain());
        json.put("inherited", change.inherited().plain());
        json.put("next", change.next().plain());
        json.put("how", change.how().name().toLowerCase(Locale.ROOT));
        change.factor().ifPresent(factor -> json.put("factor", factor));
        return json;
    }
}
