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
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;

/**
 * How fast the score rose in each interval, and under what. The first interval after a copy is measured from the donor's score, so that a
 * copy is no jump. Intervals without a valid score at both ends teach nothing. Immutable.
 *
 * @param rows the latest, oldest first
 * @param bases where each member's open interval began
 * @param published each member's last result
 * @param pending what members train with at the moment without having been measured
 * @param window the most rows kept
 */
record RewardHistory(
        List<Row> rows, PerMember<Base> bases, PerMember<Published> published, List<Pending> pending, int window) {
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

    /** A member's last result. */
    record Published(int interval, long step, double fitness) {}

    /** A proposal that nobody has measured yet. */
    record Pending(MemberId member, long step, double before, Hyperparameters hyperparameters) {}

    static RewardHistory empty(int window) {
        return new RewardHistory(List.of(), PerMember.empty(), PerMember.empty(), List.of(), window);
    }

    /** Returns what happened, and is going on, under the same values of some parameters. */
    RewardHistory like(Hyperparameters hyperparameters, List<Parameter> parameters) {
        Predicate<Hyperparameters> isAlike = other -> parameters.stream()
                .map(Parameter::name)
                .allMatch(name -> other.get(name).equals(hyperparameters.get(name)));
        return new RewardHistory(
                rows.stream().filter(row -> isAlike.test(row.hyperparameters())).toList(),
                bases,
                published,
                pending.stream()
                        .filter(open -> isAlike.test(open.hyperparameters()))
                        .toList(),
                window);
    }

    /** Returns this without what happened so far; what is going on is measured as before. */
    RewardHistory forgotten() {
        return new RewardHistory(List.of(), bases, published, pending, window);
    }

    /** Returns this with one more result. */
    RewardHistory after(ReadyPoint point) {
        MemberId member = point.member();
        List<Pending> open =
                pending.stream().filter(other -> !other.member().equals(member)).toList();
        if (!point.score().isValid()) {
            return new RewardHistory(rows, bases.without(member), published.without(member), open, window);
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
                more,
                bases.with(member, new Base(point.step(), point.fitness())),
                published.with(member, new Published(point.interval(), point.step(), point.fitness())),
                open,
                window);
    }

    /** Returns this with one more decision. */
    RewardHistory after(MemberId member, Decision decision) {
        if (decision instanceof Decision.Exploit exploit && exploit.weights().isPresent()) {
            Optional<Published> donor =
                    published.get(exploit.donor()).filter(point -> point.interval() == exploit.donorInterval());
            PerMember<Base> moved = donor.isPresent()
                    ? bases.with(
                            member, new Base(donor.get().step(), donor.get().fitness()))
                    : bases.without(member);
            // Until it reports, it is what it has copied.
            PerMember<Published> held =
                    donor.isPresent() ? published.with(member, donor.get()) : published.without(member);
            return new RewardHistory(rows, moved, held, pending, window);
        }
        if (decision instanceof Decision.Explore explore && bases.get(member).isPresent()) {
            Base base = bases.get(member).get();
            List<Pending> open = new ArrayList<>(pending);
            open.removeIf(other -> other.member().equals(member));
            open.add(new Pending(member, base.step(), base.fitness(), explore.after()));
            return new RewardHistory(rows, bases, published, open, window);
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
                .with(
                        "published",
                        published,
                        last -> Memory.NONE
                                .with("interval", last.interval())
                                .with("step", last.step())
                                .with("fitness", last.fitness()))
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
                memory.perMember(
                        "published",
                        row -> new Published(row.integer("interval"), row.number("step"), row.real("fitness"))),
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
