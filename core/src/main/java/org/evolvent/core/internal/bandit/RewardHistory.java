package org.evolvent.core.internal.bandit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;

/**
 * How fast the score rose in each interval, and under what. The first interval after a copy is measured from what the copied checkpoint
 * scored, be it the donor's latest, one that the donor has copied itself, or the best ever, so that a copy is no jump. Intervals without a
 * valid score at both ends teach nothing, nor does the first after a copy of a checkpoint that is neither of these: the best that is left
 * after the best was lost, say. Intervals in a row whose scores are absent count as one with the next that has a score.
 * Immutable.
 *
 * @param rows the latest, oldest first
 * @param bases where each member's open interval began
 * @param scores what the checkpoints that can be copied have scored
 * @param pending what members train with at the moment without having been measured
 * @param window the most rows kept
 */
record RewardHistory(
        List<Row> rows, PerMember<Base> bases, CheckpointScores scores, List<Pending> pending, int window) {
    /**
     * One interval.
     *
     * @param step the steps at its end
     * @param before the fitness at its beginning
     * @param hyperparameters what it was trained with
     * @param gain the rise of the fitness per step
     */
    record Row(long step, double before, Hyperparameters hyperparameters, double gain) {}

    /** Where an interval began. */
    record Base(long step, double fitness) {}

    /** A proposal that nobody has measured yet. */
    record Pending(MemberId member, long step, double before, Hyperparameters hyperparameters) {}

    static RewardHistory empty(int window) {
        return new RewardHistory(List.of(), PerMember.empty(), CheckpointScores.NONE, List.of(), window);
    }

    /** Returns this, which has seen nothing yet, as it learned under the first rules: of the donor's latest interval only. */
    RewardHistory ofFirstRules() {
        return new RewardHistory(rows, bases, CheckpointScores.OF_FIRST_RULES, pending, window);
    }

    /** Returns what happened, and is going on, under the same values of some parameters. */
    RewardHistory like(Hyperparameters hyperparameters, List<Parameter> parameters) {
        Predicate<Hyperparameters> isAlike = other -> parameters.stream()
                .map(Parameter::name)
                .allMatch(name -> other.get(name).equals(hyperparameters.get(name)));
        return new RewardHistory(
                rows.stream().filter(row -> isAlike.test(row.hyperparameters())).toList(),
                bases,
                scores,
                pending.stream()
                        .filter(open -> isAlike.test(open.hyperparameters()))
                        .toList(),
                window);
    }

    /** Returns this without what happened so far; what is going on is measured as before. */
    RewardHistory forgotten() {
        return new RewardHistory(List.of(), bases, scores, pending, window);
    }

    /** Returns this with one more result. */
    RewardHistory after(ReadyPoint point) {
        MemberId member = point.member();
        if (point.absences() > 0 && !(point.score() instanceof Score.Invalid)) {
            // It goes on as it is until it is measured.
            return this;
        }
        List<Pending> open =
                pending.stream().filter(other -> !other.member().equals(member)).toList();
        if (!point.score().isValid()) {
            return new RewardHistory(rows, bases.without(member), scores.without(member), open, window);
        }
        Optional<Base> base = bases.get(member);
        List<Row> more = rows;
        if (base.isPresent() && point.step() > base.get().step()) {
            double gain = (point.fitness() - base.get().fitness())
                    / (point.step() - base.get().step());
            more = new ArrayList<>(rows.subList(StrictMath.max(0, rows.size() - window + 1), rows.size()));
            more.add(new Row(point.step(), base.get().fitness(), point.hyperparameters(), gain));
        }
        return new RewardHistory(
                more, bases.with(member, new Base(point.step(), point.fitness())), scores.after(point), open, window);
    }

    /** Returns this with one more decision. */
    RewardHistory after(MemberId member, Decision decision) {
        if (decision instanceof Decision.Exploit exploit && exploit.weights().isPresent()) {
            Optional<CheckpointScores.Scored> copied = scores.of(exploit);
            PerMember<Base> moved = copied.isPresent()
                    ? bases.with(
                            member, new Base(copied.get().step(), copied.get().fitness()))
                    : bases.without(member);
            return new RewardHistory(rows, moved, scores.copied(member, copied), pending, window);
        }
        if (decision instanceof Decision.Explore explore && bases.get(member).isPresent()) {
            Base base = bases.get(member).get();
            List<Pending> open = new ArrayList<>(pending);
            open.removeIf(other -> other.member().equals(member));
            open.add(new Pending(member, base.step(), base.fitness(), explore.after()));
            return new RewardHistory(rows, bases, scores, open, window);
        }
        return this;
    }

    /** Returns this as plain values. */
    Memory memory() {
        return Memory.NONE
                .with(
                        "rows",
                        rows.stream()
                                .map(row -> trained(row.step(), row.before(), row.hyperparameters())
                                        .with("gain", row.gain()))
                                .toList())
                .with(
                        "bases",
                        bases,
                        base -> Memory.NONE.with("step", base.step()).with("fitness", base.fitness()))
                .with("scores", scores.memory())
                .with(
                        "pending",
                        pending.stream()
                                .map(open -> trained(open.step(), open.before(), open.hyperparameters())
                                        .with("member", open.member().index()))
                                .toList());
    }

    private static Memory trained(long step, double before, Hyperparameters hyperparameters) {
        return Memory.NONE
                .with("step", step)
                .with("before", before)
                .with("hyperparameters", Memory.of(hyperparameters));
    }

    /** Returns what {@link #memory} gave, under this window. */
    RewardHistory remembering(Memory memory) {
        return new RewardHistory(
                memory.memories("rows").stream()
                        .map(row -> new Row(
                                row.number("step"),
                                row.real("before"),
                                row.hyperparameters("hyperparameters"),
                                row.real("gain")))
                        .toList(),
                memory.perMember("bases", row -> new Base(row.number("step"), row.real("fitness"))),
                scores.remembering(memory.memory("scores")),
                memory.memories("pending").stream()
                        .map(row -> new Pending(
                                row.member("member"),
                                row.number("step"),
                                row.real("before"),
                                row.hyperparameters("hyperparameters")))
                        .toList(),
                window);
    }
}
