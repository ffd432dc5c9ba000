package org.evolvent.core.strategy.fire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;

/**
 * What FIRE remembers: a learning curve for each member since it last took weights over, who evaluates whom, and the last curve that each
 * parent was evaluated by. Immutable.
 *
 * @param curves the fitness at each ready point since the member's last copy
 * @param tasks what each evaluator is doing
 * @param evaluations each parent's latest curve, by an evaluator; none since it last copied
 * @param copies how often each member took weights over from elsewhere
 * @param assigned when each parent was last given to an evaluator, as a count of assignments
 * @param assignments the number of assignments so far
 */
record Memory(
        PerMember<List<Double>> curves,
        PerMember<Task> tasks,
        PerMember<List<Double>> evaluations,
        PerMember<Integer> copies,
        PerMember<Long> assigned,
        long assignments) {
    /** The key of a decision's evidence that says for whom an evaluator works. */
    static final String CHILD = "child";

    /** The longest curve that is kept. */
    private static final int LONGEST = 256;

    /**
     * An evaluation: the parent's weights under the child's hyperparameters.
     *
     * @param parentCopies the parent's copies at its beginning: with other weights, it is not the same parent any more
     * @param childCopies likewise
     */
    record Task(MemberId parent, int parentCopies, MemberId child, int childCopies) {}

    static Memory empty() {
        return new Memory(
                PerMember.empty(), PerMember.empty(), PerMember.empty(), PerMember.empty(), PerMember.empty(), 0);
    }

    List<Double> curve(MemberId member) {
        return curves.get(member).orElse(List.of());
    }

    int copiesOf(MemberId member) {
        return copies.get(member).orElse(0);
    }

    /** Returns an evaluator's task as long as parent and child are what they were. */
    Optional<Task> validTask(MemberId evaluator) {
        return tasks.get(evaluator)
                .filter(task ->
                        copiesOf(task.parent()) == task.parentCopies() && copiesOf(task.child()) == task.childCopies());
    }

    Memory after(ReadyPoint point) {
        if (!point.score().isValid()) {
            return this;
        }
        List<Double> before = curve(point.member());
        List<Double> longer =
                new ArrayList<>(before.subList(StrictMath.max(0, before.size() - LONGEST + 1), before.size()));
        longer.add(point.fitness());
        PerMember<List<Double>> known = curves.with(point.member(), longer);
        // What an evaluator has measured so far speaks for its parent at once.
        PerMember<List<Double>> measured = validTask(point.member())
                .map(task -> evaluations.with(task.parent(), longer))
                .orElse(evaluations);
        return new Memory(known, tasks, measured, copies, assigned, assignments);
    }

    Memory after(MemberId member, Decision decision) {
        if (!(decision instanceof Decision.Exploit exploit) || exploit.weights().isEmpty()) {
            return this;
        }
        PerMember<List<Double>> fresh = curves.without(member);
        PerMember<Integer> counted = copies.with(member, copiesOf(member) + 1);
        if (exploit.evidence().facts().get(CHILD) instanceof Long child) {
            MemberId childId = new MemberId(child.intValue());
            Task task = new Task(exploit.donor(), copiesOf(exploit.donor()), childId, copiesOf(childId));
            return new Memory(
                    fresh,
                    tasks.with(member, task),
                    evaluations,
                    counted,
                    assigned.with(exploit.donor(), assignments),
                    assignments + 1);
        }
        // A parent with other weights has to be evaluated anew, after those who have waited longer.
        return new Memory(
                fresh,
                tasks.without(member),
                evaluations.without(member),
                counted,
                assigned.with(member, assignments),
                assignments);
    }
}
