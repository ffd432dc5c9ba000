package org.evolvent.compare.internal;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Study;

/**
 * On what terms strategies meet. Immutable.
 *
 * @param name the task or the study
 * @param metric what is reported of the best model
 * @param goal whether more or less of it is better
 * @param evaluation how what is reported relates to what chose the best model
 * @param members the members of a study; strategies that stop members early have more
 * @param memberSteps the steps that a member may spend
 * @param intervalSteps the steps between two decisions
 * @param burnInSteps the steps of weights before which nobody decides
 * @param place on what the wall-clock time was measured, in words
 * @param notes what names do not say, a line each
 */
public record ComparisonSettings(
        String name,
        String metric,
        Goal goal,
        Evaluation evaluation,
        int members,
        long memberSteps,
        long intervalSteps,
        long burnInSteps,
        String place,
        List<String> notes) {
    public ComparisonSettings {
        notes = List.copyOf(notes);
    }

    /** Returns the terms of a study whose chosen models cannot be evaluated again; its objective is reported unless a metric is named. */
    static ComparisonSettings of(Study study, Optional<String> metric, String place) {
        String objective = study.objective().metric();
        return of(
                study, metric, objective.equals(metric.orElse(objective)) ? Evaluation.CHOSE : Evaluation.APART, place);
    }

    static ComparisonSettings of(Study study, Optional<String> metric, Evaluation evaluation, String place) {
        return new ComparisonSettings(
                study.name(),
                metric.orElse(study.objective().metric()),
                study.objective().goal(),
                evaluation,
                study.population(),
                study.budget().steps(),
                study.intervalSteps(),
                study.burnInSteps(),
                place,
                List.of());
    }

    /** Returns these terms for the smaller of two populations. */
    ComparisonSettings withMembers(int other) {
        return with(Math.min(members, other), notes);
    }

    /** Returns these terms with other notes. */
    ComparisonSettings withNotes(List<String> other) {
        return with(members, other);
    }

    private ComparisonSettings with(int otherMembers, List<String> otherNotes) {
        return new ComparisonSettings(
                name,
                metric,
                goal,
                evaluation,
                otherMembers,
                memberSteps,
                intervalSteps,
                burnInSteps,
                place,
                otherNotes);
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
        return strategy.membersOfEqualCompute(members, memberSteps, intervalSteps, burnInSteps);
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
