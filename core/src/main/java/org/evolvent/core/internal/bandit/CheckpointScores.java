package org.evolvent.core.internal.bandit;

import java.util.Optional;
import java.util.stream.Stream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;

/**
 * What each checkpoint scored that somebody may copy: what members hold, which after a copy is another's; what they reported last, which in a
 * synchronous round is copied although its author holds another's by now; and the best ever. Immutable.
 *
 * @param held of each member, what it published last or has copied since
 * @param reported of each member, what it published last itself
 * @param best the best ever; empty as long as there is none
 * @param onlyHeld whether nothing is known but what the donor holds, if that is of the interval that was copied: under the first rules
 */
record CheckpointScores(PerMember<Scored> held, PerMember<Scored> reported, Optional<Scored> best, boolean onlyHeld) {
    static final CheckpointScores NONE =
            new CheckpointScores(PerMember.empty(), PerMember.empty(), Optional.empty(), false);

    static final CheckpointScores OF_FIRST_RULES =
            new CheckpointScores(PerMember.empty(), PerMember.empty(), Optional.empty(), true);

    /**
     * A checkpoint and its score.
     *
     * @param author who trained it
     * @param interval the author's interval at whose end it was saved
     * @param step the steps behind it
     * @param fitness its fitness
     */
    record Scored(MemberId author, int interval, long step, double fitness) {
        private boolean isOf(CheckpointRef weights) {
            return author.equals(weights.member()) && interval == weights.interval();
        }
    }

    /** Returns what is known of the checkpoint that an exploit copies, which must be one that copies weights. */
    Optional<Scored> of(Decision.Exploit exploit) {
        if (onlyHeld) {
            return held.get(exploit.donor()).filter(scored -> scored.interval() == exploit.donorInterval());
        }
        CheckpointRef weights = exploit.weights().orElseThrow();
        return Stream.of(held.get(exploit.donor()), reported.get(weights.member()), best)
                .flatMap(Optional::stream)
                .filter(scored -> scored.isOf(weights))
                .findFirst();
    }

    /** Returns this with one more valid result. */
    CheckpointScores after(ReadyPoint point) {
        Scored scored = new Scored(point.member(), point.interval(), point.step(), point.fitness());
        boolean isBest = point.isDonor()
                && (best.isEmpty() || point.fitness() > best.get().fitness());
        return new CheckpointScores(
                held.with(point.member(), scored),
                reported.with(point.member(), scored),
                isBest ? Optional.of(scored) : best,
                onlyHeld);
    }

    /** Returns this with a member whose last result is not valid. */
    CheckpointScores without(MemberId member) {
        return new CheckpointScores(held.without(member), reported.without(member), best, onlyHeld);
    }

    /** Returns this with a member that has copied: until it reports, it is what it has copied. */
    CheckpointScores copied(MemberId member, Optional<Scored> copied) {
        return new CheckpointScores(
                copied.isPresent() ? held.with(member, copied.get()) : held.without(member), reported, best, onlyHeld);
    }

    /** Returns this as plain values. */
    Memory memory() {
        Memory members = Memory.NONE
                .with("held", held, CheckpointScores::memory)
                .with("reported", reported, CheckpointScores::memory);
        return best.isPresent() ? members.with("best", memory(best.get())) : members;
    }

    /** Returns what {@link #memory} gave, known in the same way. */
    CheckpointScores remembering(Memory memory) {
        return new CheckpointScores(
                memory.perMember("held", CheckpointScores::scored),
                memory.perMember("reported", CheckpointScores::scored),
                memory.has("best") ? Optional.of(scored(memory.memory("best"))) : Optional.empty(),
                onlyHeld);
    }

    private static Memory memory(Scored scored) {
        return Memory.NONE
                .with("author", scored.author().index())
                .with("interval", scored.interval())
                .with("step", scored.step())
                .with("fitness", scored.fitness());
    }

    private static Scored scored(Memory memory) {
        return new Scored(
                memory.member("author"), memory.integer("interval"), memory.number("step"), memory.real("fitness"));
    }
}
