package org.evolvent.core.internal.fire;

import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;

/**
 * What FIRE remembers: a learning curve for each member, and who evaluates whom. Immutable.
 *
 * @param curves the fitness at each ready point since the member was last replaced; of an evaluator, since its evaluation began
 * @param tasks what each evaluator is doing
 * @param copies how often each member took weights over from elsewhere
 * @param assigned when each parent was last given to an evaluator or replaced, as a count of assignments
 * @param replaced who has taken other weights over and explored, and has not published since
 * @param assignments the number of assignments so far
 */
record Memories(
        PerMember<Curve> curves,
        PerMember<Task> tasks,
        PerMember<Integer> copies,
        PerMember<Long> assigned,
        PerMember<Boolean> replaced,
        long assignments) {
    /** The key of a decision's evidence that says for whom an evaluator works. */
    static final String CHILD = "child";

    /**
     * An evaluation: the parent's weights under the child's hyperparameters.
     *
     * @param parentCopies the parent's copies at its beginning: with other weights, it is not the same parent any more
     * @param childCopies likewise
     */
    record Task(MemberId parent, int parentCopies, MemberId child, int childCopies) {}

    static Memories empty() {
        return new Memories(
                PerMember.empty(), PerMember.empty(), PerMember.empty(), PerMember.empty(), PerMember.empty(), 0);
    }

    Curve curve(MemberId member) {
        return curves.get(member).orElse(Curve.EMPTY);
    }

    private int copiesOf(MemberId member) {
        return copies.get(member).orElse(0);
    }

    /** Returns an evaluator's task as long as parent and child are what they were. */
    Optional<Task> validTask(MemberId evaluator) {
        return taskWithItsParent(evaluator).filter(task -> copiesOf(task.child()) == task.childCopies());
    }

    /** Returns an evaluator's task as long as the parent is what it was: what has been measured holds, whatever became of the child. */
    Optional<Task> taskWithItsParent(MemberId evaluator) {
        return tasks.get(evaluator).filter(task -> copiesOf(task.parent()) == task.parentCopies());
    }

    /** Returns this as plain values. */
    Memory plain() {
        return Memory.NONE
                .with("curves", curves, curve -> Memory.NONE.with("scores", curve.scores()))
                .with(
                        "tasks",
                        tasks,
                        task -> Memory.NONE
                                .with("parent", task.parent().index())
                                .with("parent_copies", task.parentCopies())
                                .with("child", task.child().index())
                                .with("child_copies", task.childCopies()))
                .with("copies", copies, count -> Memory.NONE.with("count", count))
                .with("assigned", assigned, since -> Memory.NONE.with("since", since))
                .with("replaced", replaced, any -> Memory.NONE)
                .with("assignments", assignments);
    }

    /** Returns what {@link #plain} gave. */
    static Memories of(Memory plain) {
        return new Memories(
                plain.perMember(
                        "curves",
                        row -> Curve.of(row.reals("scores").stream()
                                .mapToDouble(score -> score)
                                .toArray())),
                plain.perMember(
                        "tasks",
                        row -> new Task(
                                row.member("parent"),
                                row.integer("parent_copies"),
                                row.member("child"),
                                row.integer("child_copies"))),
                plain.perMember("copies", row -> row.integer("count")),
                plain.perMember("assigned", row -> row.number("since")),
                plain.perMember("replaced", row -> true),
                plain.number("assignments"));
    }

    boolean isReplaced(MemberId member) {
        return replaced.get(member).isPresent();
    }

    Memories after(ReadyPoint point) {
        PerMember<Curve> known = point.score().isValid()
                ? curves.with(point.member(), curve(point.member()).with(point.fitness()))
                : curves;
        return new Memories(known, tasks, copies, assigned, replaced.without(point.member()), assignments);
    }

    Memories after(MemberId member, Decision decision) {
        if (decision instanceof Decision.Explore) {
            return new Memories(curves, tasks, copies, assigned, replaced.with(member, true), assignments);
        }
        if (!(decision instanceof Decision.Exploit exploit) || exploit.weights().isEmpty()) {
            return this;
        }
        MemberId donor = exploit.donor();
        PerMember<Integer> counted = copies.with(member, copiesOf(member) + 1);
        if (exploit.evidence().facts().get(CHILD) instanceof Long index) {
            MemberId child = new MemberId(index.intValue());
            return new Memories(
                    curves.without(member),
                    tasks.with(member, new Task(donor, copiesOf(donor), child, copiesOf(child))),
                    counted,
                    assigned.with(donor, assignments),
                    replaced,
                    assignments + 1);
        }
        boolean isCollected =
                validTask(donor).filter(task -> task.child().equals(member)).isPresent();
        // Whoever collects an evaluation goes on with its curve. A replaced parent waits until the others have been
        // evaluated.
        return new Memories(
                isCollected ? curves.with(member, curve(donor)) : curves.without(member),
                tasks.without(member),
                counted,
                assigned.with(member, assignments),
                replaced,
                assignments);
    }
}
