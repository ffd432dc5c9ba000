package org.evolvent.cli.internal.audit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.evolvent.core.decision.Decision;
import org.evolvent.study.internal.text.Format;

/** Decisions in a few words, and as JSON. */
final class DecisionWords {
    private DecisionWords() {}

    /** Returns what was decided at one point: {@code copies member 3, learning_rate 0.01 -> 0.008}. */
    static String words(List<Decision> decisions) {
        return decisions.isEmpty()
                ? "nothing"
                : decisions.stream().map(DecisionWords::words).collect(Collectors.joining(", "));
    }

    private static String words(Decision decision) {
        if (decision instanceof Decision.Exploit exploit) {
            return "copies member " + exploit.donor();
        }
        if (decision instanceof Decision.Explore explore) {
            return "explores " + Format.changes(explore.before(), explore.after());
        }
        return decision instanceof Decision.Stop ? "stops" : "goes on";
    }

    static List<Map<String, Object>> json(List<Decision> decisions) {
        return decisions.stream().map(DecisionWords::json).toList();
    }

    private static Map<String, Object> json(Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (decision instanceof Decision.Exploit exploit) {
            json.put("kind", "exploit");
            json.put("donor", exploit.donor().index());
            json.put("donor_interval", exploit.donorInterval());
            exploit.weights().ifPresent(ref -> json.put("weights", ref.id().digest()));
            json.put("before", exploit.before().plain());
            json.put("after", exploit.after().plain());
        } else if (decision instanceof Decision.Explore explore) {
            json.put("kind", "explore");
            json.put("before", explore.before().plain());
            json.put("after", explore.after().plain());
        } else {
            json.put("kind", decision instanceof Decision.Stop ? "stop" : "continue");
        }
        json.put("reason", decision.reason());
        json.put("evidence", decision.evidence().facts());
        return json;
    }
}
