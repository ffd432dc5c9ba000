package org.evolvent.cli.internal.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.study.internal.text.Format;

/**
 * What a verification found in one run directory.
 *
 * @param path the directory
 * @param checked what of the log was checked
 * @param own the names of the study's own classes and programs, whose decisions cannot be derived
 * @param checkpoints the reachable checkpoints whose digests were checked
 * @param best whether a published best model was checked
 * @param flaws what is wrong; empty when nothing is
 */
public record AuditVerdict(
        Path path, Auditor.Checked checked, List<String> own, int checkpoints, boolean best, List<Flaw> flaws) {
    /**
     * Something that is wrong.
     *
     * @param where the file
     * @param event the number of the event in the log; empty where it is none
     * @param message what is wrong
     */
    public record Flaw(String where, Optional<Long> event, String message) {}

    /** Returns it in lines for people. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("%s: %s, %s, %s"
                .formatted(
                        path,
                        Format.count(checked.events(), "event"),
                        Format.count(checked.intervals(), "interval"),
                        Format.count(checked.failures(), "failed attempt")));
        lines.add("  %s derived again and found equal".formatted(Format.count(checked.derived(), "decision")));
        if (!own.isEmpty()) {
            lines.add("  %s by %s checked for domains and for who decides only: what is the study's own is not run here"
                    .formatted(Format.count(checked.consistent(), "decision"), String.join(", ", own)));
        }
        lines.add("  %s checked byte by byte%s"
                .formatted(
                        Format.count(checkpoints, "reachable checkpoint"),
                        best ? ", and the best model in best/" : ""));
        for (Flaw flaw : flaws) {
            lines.add("  WRONG: %s: %s".formatted(flaw.where(), flaw.message().replace("\n", "\n    ")));
        }
        return lines;
    }

    /** Returns what {@code --json} prints. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("path", path.toString());
        json.put("events", checked.events());
        json.put("intervals", checked.intervals());
        json.put("failures", checked.failures());
        json.put("decisions_derived", checked.derived());
        json.put("decisions_consistent", checked.consistent());
        json.put("own", own);
        json.put("checkpoints", checkpoints);
        json.put("best", best);
        json.put(
                "flaws",
                flaws.stream()
                        .map(flaw -> {
                            Map<String, Object> each = new LinkedHashMap<>();
                            each.put("where", flaw.where());
                            flaw.event().ifPresent(event -> each.put("event", event));
                            each.put("message", flaw.message());
                            return each;
                        })
                        .toList());
        return json;
    }
}
