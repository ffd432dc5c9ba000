package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evolvent.study.internal.file.StudyFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What studies must have in common to be compared. */
final class Agreement {
    /** The keys of a definition that must agree, and how a study file spells them. */
    private static final Map<String, String> COMMON = Map.of(
            "trainer", "trainer",
            "space", "space",
            "metric", "objective.metric",
            "goal", "objective.goal",
            "steps", "budget.steps",
            "wall_clock", "budget.wall_clock",
            "target", "budget.target",
            "interval", "interval.steps");

    /** What else studies of the same strategy must agree in. */
    private static final List<String> OF_A_STRATEGY =
            List.of("population", "mode", "rules", "burn_in", "attempts", "initial");

    private Agreement() {}

    /**
     * Requires that two studies have the same task and budget.
     *
     * @throws CompareException when they differ, naming what differs
     */
    static void require(StudyFile one, String oneName, StudyFile other, String otherName) {
        List<String> differences = new ArrayList<>();
        COMMON.keySet().stream().sorted().forEach(key -> differ(key, one, other, differences));
        refuse(differences, oneName, otherName, "cannot be compared: the compute or the task is not the same");
    }

    /**
     * Requires that two studies of the same strategy differ in their seeds only.
     *
     * @throws CompareException when they differ in more, naming what differs
     */
    static void requireSame(StudyFile one, String oneName, StudyFile other, String otherName) {
        List<String> differences = new ArrayList<>();
        OF_A_STRATEGY.forEach(key -> differ(key, one, other, differences));
        refuse(differences, oneName, otherName, "have the same strategy but are not alike");
    }

    private static void differ(String key, StudyFile one, StudyFile other, List<String> differences) {
        JsonNode mine = JsonMapper.shared().readTree(one.definition()).path(key);
        JsonNode theirs = JsonMapper.shared().readTree(other.definition()).path(key);
        if (!mine.equals(theirs)) {
            differences.add("  %s: %s, but %s".formatted(COMMON.getOrDefault(key, key), shown(mine), shown(theirs)));
        }
    }

    private static String shown(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }

    private static void refuse(List<String> differences, String one, String other, String why) {
        if (!differences.isEmpty()) {
            throw new CompareException("%s and %s %s:\n%s".formatted(one, other, why, String.join("\n", differences)));
        }
    }
}
