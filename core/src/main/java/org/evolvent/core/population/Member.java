package org.evolvent.core.population;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param ancestors older checkpoints that its weights descend through, the newest first; as many as the study keeps
 * @param last what it published last; after a copy, what was published of the weights that it copied; empty before its first ready point,
 *     and where that is unknown
 * @param suspended what is trained of the open interval already, with the same hyperparameters; empty for nothing
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
        List<CheckpointRef> ancestors,
        Optional<ReadyPoint> last,
        Optional<Suspended> suspended) {
    /**
     * A part of an interval that was trained before the study, or its place, came to an end. The next attempt goes on from there. It may be
     * all of the interval, whose turn it was not yet.
     *
     * @param weights what was saved then
     * @param bytes the size of its files
     * @param metrics what was measured then
     * @param samples the evaluation samples behind the objective; may be empty
     * @param training how long all of the part was trained
     */
    public record Suspended(
            CheckpointRef weights, long bytes, Map<String, Double> metrics, List<Double> samples, Duration training) {
        /** Returns this part behind another one of the same interval. */
        private Suspended behind(Suspended other) {
            return new Suspended(weights, bytes, metrics, samples, other.training.plus(training));
        }
    }

    /** Creates one that has trained nothing of its open interval. */
    public Member(
            MemberId id,
            Status status,
            int interval,
            int attempt,
            int faults,
            long trained,
            Hyperparameters hyperparameters,
            Optional<CheckpointRef> parent,
            List<CheckpointRef> ancestors,
            Optional<ReadyPoint> last) {
        this(
                id,
                status,
                interval,
                attempt,
                faults,
                trained,
                hyperparameters,
                parent,
                ancestors,
                last,
                Optional.empty());
    }

    /** What a member does. */
    public enum Status {
        /** Its open interval is being trained or waits for a slot. */
        TRAINING,
        /** Its interval ended and it waits for a decision (in synchronous mode, for the others). */
        READY,
        /** It will not train any more, unless its study is changed. */
        STOPPED,
        /** It is no member any more: nobody compares with it, copies it or keeps what it trained. */
        LEFT
    }

    /** Returns a member at the start of its first interval. */
    public static Member created(MemberId id, Hyperparameters hyperparameters) {
        return new Member(
                id, Status.TRAINING, 0, 0, 0, 0, hyperparameters, Optional.empty(), List.of(), Optional.empty());
    }

    /** Returns the weights that it needs to go on: those that its open interval starts from, or that a part of it has led to. */
    public Optional<CheckpointRef> weights() {
        return suspended.map(Suspended::weights).or(() -> parent);
    }

    /** Returns the training steps behind the weights that the open interval starts from. */
    public long stepFrom() {
        return parent.isPresent() ? parent.get().step() : 0;
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
                ancestors,
                last,
                suspended);
    }

    /** Returns this member with its open interval issued again, and its attempts counted anew: the trainer may have been mended. */
    public Member reissuedAnew() {
        return new Member(
                id, status, interval, attempt + 1, 0, trained, hyperparameters, parent, ancestors, last, suspended);
    }

    /**
     * Returns this member with its open interval issued again, to go on where an attempt ended before the interval's end.
     *
     * @param part what that attempt trained
     */
    public Member suspended(Suspended part) {
        return new Member(
                id,
                status,
                interval,
                attempt + 1,
                faults,
                trained,
                hyperparameters,
                parent,
                ancestors,
                last,
                Optional.of(suspended.map(part::behind).orElse(part)));
    }

    /** Returns this member at the end of its interval in a study that keeps no ancestors; see {@link #ready(ReadyPoint, long, int)}. */
    public Member ready(ReadyPoint point, long steps) {
        return ready(point, steps, 0);
    }

    /**
     * Returns this member at the end of its interval. When the interval produced no checkpoint the member keeps its parent's weights.
     *
     * @param steps the steps that were spent
     * @param kept how many ancestors of its weights are kept, from 0
     */
    public Member ready(ReadyPoint point, long steps, int kept) {
        boolean saved = !point.checkpoint().equals(parent);
        return new Member(
                id,
                Status.READY,
                interval,
                attempt,
                faults,
                trained + steps,
                hyperparameters,
                point.checkpoint(),
                saved ? older(kept) : ancestors,
                Optional.of(point));
    }

    private List<CheckpointRef> older(int kept) {
        if (kept == 0 || parent.isEmpty()) {
            return List.of();
        }
        List<CheckpointRef> older = new ArrayList<>();
        older.add(parent.get());
        older.addAll(ancestors.subList(0, StrictMath.min(ancestors.size(), kept - 1)));
        return List.copyOf(older);
    }

    /** Returns this member in its next interval, with other weights or hyperparameters or both. Copied weights have no ancestors here. */
    public Member next(Hyperparameters changed, Optional<CheckpointRef> from, boolean copied) {
        return new Member(
                id,
                Status.TRAINING,
                interval + 1,
                0,
                0,
                trained,
                changed,
                from,
                copied ? List.of() : ancestors,
                copied ? Optional.empty() : last);
    }

    /** Returns this member, which has copied, with what was published of its weights. */
    public Member ranked(Optional<ReadyPoint> published) {
        return new Member(
                id,
                status,
                interval,
                attempt,
                faults,
                trained,
                hyperparameters,
                parent,
                ancestors,
                published,
                suspended);
    }

    /** Returns this member with other ancestors of its weights. */
    public Member descending(List<CheckpointRef> behind) {
        return new Member(
                id, status, interval, attempt, faults, trained, hyperparameters, parent, behind, last, suspended);
    }

    /**
     * Returns this member after checkpoints were lost. What it published of them counts no more. When it is stranded, it goes on from the
     * weights that its interval began with, where only a part of the interval is lost, or else from its newest ancestor that is left;
     * without one, its interval is over with an invalid score.
     *
     * @param lost what was lost
     * @param stranded whether it needs what was lost to go on
     * @param reason the score of who has nothing left
     */
    public Member without(Set<CheckpointId> lost, boolean stranded, Score.Invalid reason) {
        List<CheckpointRef> left =
                ancestors.stream().filter(ref -> !lost.contains(ref.id())).toList();
        boolean published = last.flatMap(ReadyPoint::checkpoint)
                .filter(ref -> lost.contains(ref.id()))
                .isPresent();
        if (!stranded || status == Status.STOPPED || status == Status.LEFT) {
            Optional<ReadyPoint> kept = published && status == Status.TRAINING
                    ? Optional.empty()
                    : last.map(point -> published ? point.lost(reason, Optional.empty()) : point);
            return new Member(
                    id, status, interval, attempt, faults, trained, hyperparameters, parent, left, kept, suspended);
        }
        boolean partOnly = suspended.isPresent()
                && parent.filter(ref -> lost.contains(ref.id())).isEmpty();
        Optional<CheckpointRef> from = partOnly ? parent : left.stream().findFirst();
        List<CheckpointRef> behind = partOnly ? left : left.subList(from.isPresent() ? 1 : 0, left.size());
        if (status == Status.TRAINING && (partOnly || from.isPresent())) {
            return new Member(
                    id,
                    status,
                    interval,
                    attempt + 1,
                    faults,
                    trained,
                    hyperparameters,
                    from,
                    behind,
                    published ? Optional.empty() : last);
        }
        ReadyPoint failed = new ReadyPoint(
                id,
                interval,
                from.map(CheckpointRef::step).orElse(0L),
                reason,
                Double.NEGATIVE_INFINITY,
                List.of(),
                hyperparameters,
                from);
        return new Member(
                id,
                Status.READY,
                interval,
                attempt,
                faults,
                trained,
                hyperparameters,
                from,
                behind,
                Optional.of(failed));
    }

    /** Returns this member with other hyperparameters for its open interval, of which nothing that was trained with others counts. */
    public Member with(Hyperparameters changed) {
        return new Member(id, status, interval, attempt, faults, trained, changed, parent, ancestors, last);
    }

    /** Returns whether its weights, what they descend through, what it published last or a part of its interval is among these. */
    public boolean needs(Set<CheckpointId> checkpoints) {
        return checkpoints().anyMatch(ref -> checkpoints.contains(ref.id()));
    }

    /** Returns its weights, what they descend through, what it published last and a part of its interval; the same may come twice. */
    Stream<CheckpointRef> checkpoints() {
        return Stream.of(
                        parent.stream(),
                        ancestors.stream(),
                        last.flatMap(ReadyPoint::checkpoint).stream(),
                        suspended.map(Suspended::weights).stream())
                .flatMap(refs -> refs);
    }

    /** Returns this member at rest. */
    public Member stopped() {
        return new Member(
                id, Status.STOPPED, interval, attempt, faults, trained, hyperparameters, parent, ancestors, last);
    }

    /**
     * Returns a member that joins a study that has begun.
     *
     * @param from the weights that it begins with, whose steps count as its own; empty for freshly initialised ones
     * @param published what was published of them; empty where that is unknown
     */
    public static Member joined(
            MemberId id,
            Hyperparameters hyperparameters,
            Optional<CheckpointRef> from,
            Optional<ReadyPoint> published) {
        long behind = from.map(CheckpointRef::step).orElse(0L);
        return new Member(id, Status.TRAINING, 0, 0, 0, behind, hyperparameters, from, List.of(), published);
    }

    /** Returns this member, which is at rest, as it waits for a decision again; where nothing is known of its weights, in its next interval. */
    public Member awoken() {
        return last.isEmpty()
                ? next(hyperparameters, parent, false)
                : new Member(
                        id, Status.READY, interval, attempt, faults, trained, hyperparameters, parent, ancestors, last);
    }

    /** Returns this member at rest without its open interval, of which nothing was trained. */
    public Member withdrawn() {
        return new Member(id, Status.STOPPED, interval - 1, 0, 0, trained, hyperparameters, parent, ancestors, last);
    }

    /** Returns this member when it has left. */
    public Member left() {
        return new Member(
                id,
                Status.LEFT,
                interval,
                attempt,
                faults,
                trained,
                hyperparameters,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Returns whether it has not left. */
    public boolean isPresent() {
        return status != Status.LEFT;
    }
}
