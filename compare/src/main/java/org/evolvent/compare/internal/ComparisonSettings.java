package org.evolvent.compare.internal;

import java.util.List;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Study;

/**
 * On what terms strategies meet. Immutable.
 *
 * @param name the task or the study
 * @param metric what is reported of the best model
 * @param goal whether more or less of it is better
 * @param members the members of a study; strategies that stop members early have more
 * @param memberSteps the steps that a member may spend
 * @param intervalSteps the steps between two decisions
 * @param place on what the wall-clock time was measured, in words
 * @param notes what names do not say, a line each
 */
public record ComparisonSettings(
        String name,
        String metric,
        Goal goal,
        int members,
        long memberSteps,
        long intervalSteps,
        String place,
        List<String> notes) {
    public ComparisonSettings {
        notes = List.copyOf(notes);
    }

    static ComparisonSettings of(Study study, String metric, String place) {
        return new ComparisonSettings(
                study.name(),
                metric,
                study.objective().goal(),
                study.population(),
                study.budget().steps(),
                study.intervalSteps(),
                place,
                List.of());
    }

    /** Returns these terms for the smaller of two populations. */
    ComparisonSettings withMembers(int other) {
        return new ComparisonSettings(
                name, metric, goal, Math.min(members, other), memberSteps, intervalSteps, place, notes);
    }

    /** Returns these terms with other notes. */
    ComparisonSettings withNotes(List<String> other) {
        return new ComparisonSettings(name, metric, goal, members, memberSteps, intervalSteps, place, other);
    }

    /** Returns the steps within which everything counts, all members of a study together. */
    public long allSteps() {
        return memberSteps * members;
    }

    /**
     * Returns how many members of a strategy spend what these terms allow. They are as many as the terms say, except for successive
     * halving, which stops most of its members early.
     */
    int members(Strategy strategy) {
        return strategy.membersOfEqualCompute(members, intervals());
    }

    /** Returns the intervals that a member trains. */
    long intervals() {
        return (memberSteps - 1) / intervalSteps + 1;
    }

    /** Says that compute was equal, and how much it was. */
    public String statement() {
        return "Equal compute: all that a study reached within %s training steps counts (%s members of %s steps, decisions every %s)"
                .formatted(allSteps(), members, memberSteps, intervalSteps);
    }
}
