package org.evolvent.core.population;

import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;

/**
 * One member as it stands: the interval that it trains (or will train, or waits to be told about) and what it last published.
 *
 * @param id which member
 * @param status what it does
 * @param interval the number of its open interval, from 0; when {@code READY} or {@code STOPPED}, of the one that ended last
 * @param attempt the number of the open interval's current attempt, from 0; it rises with every re-issue and is the fencing token
 * @param faults how many attempts of the open interval failed through the trainer's fault
 * @param trained the steps that this member has spent before the open interval, whoever's weights they went into
 * @param hyperparameters those of the open interval
 * @param parent the weights that the open interval starts from; empty for freshly initialised ones
 * @param last what it published last; empty before its first ready point and after it copied, since the weights it was judged by are gone
 */
public record Member(
        MemberId id,
        Status status,
        int interval,
        int attempt,
        int faults,
        long trained,
        Hyperparameters hyperparameters,
        Optional<CheckpointRef> parent,
        Optional<ReadyPoint> last) {
    /** What a member does. */
    public enum Status {
        /** Its open interval is being trained or waits for a slot. */
        TRAINING,
        /** Its interval ended and it waits for a decision (in synchronous mode, for the others). */
        READY,
        /** It will not train any more. */
        STOPPED
    }

    /** Returns a member at the start of its first interval. */
    public static Member created(MemberId id, Hyperparameters hyperparameters) {
        return new Member(id, Status.TRAINING, 0, 0, 0, 0, hyperparameters, Optional.empty(), Optional.empty());
    }

    /** Returns the training steps behind the weights that the open interval starts from. */
    public long stepFrom() {
        return parent.map(CheckpointRef::step).orElse(0L);
    }

    /** Returns this member with its open interval issued again. */
    public Member reissued(boolean trainersFault) {
        return new Member(
                id,
                status,
                interval,
                attempt + 1,
                faults + (trainersFault ? 1 : 0),
                trained,
                hyperparameters,
                parent,
                last);
    }

    /**
     * Returns this member at the end of its interval. When the interval produced no checkpoint the member keeps its parent's weights.
     *
     * @param steps the steps that were spent
     */
    public Member ready(ReadyPoint point, long steps) {
        return new Member(
                id,
                Status.READY,
                interval,
                attempt,
                faults,
                trained + steps,
                hyperparameters,
                point.checkpoint(),
                Optional.of(point));
    }

    /** Returns this member in its next interval, with other weights or hyperparameters or both. */
    public Member next(Hyperparameters changed, Optional<CheckpointRef> from, boolean copied) {
        return new Member(
                id, Status.TRAINING, interval + 1, 0, 0, trained, changed, from, copied ? Optional.empty() : last);
    }

    /** Returns this member with other hyperparameters for its open interval. */
    public Member with(Hyperparameters changed) {
        return new Member(id, status, interval, attempt, faults, trained, changed, parent, last);
    }

    /** Returns this member at rest. */
    public Member stopped() {
        return new Member(id, Status.STOPPED, interval, attempt, faults, trained, hyperparameters, parent, last);
    }
}
