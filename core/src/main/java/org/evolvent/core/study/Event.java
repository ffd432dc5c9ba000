package org.evolvent.core.study;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;

/**
 * What happened in a study. The log of events is the only truth: {@link StudyState} is its fold, and the decisions in it can be derived
 * again from what precedes them. Immutable.
 */
public sealed interface Event {
    /**
     * The study was created. Always the first event.
     *
     * @param definition the study as it was asked for, in a canonical text; resuming with another one is refused
     * @param at when
     */
    record StudyCreated(String definition, Instant at) implements Event {}

    /**
     * The population came into being.
     *
     * @param hyperparameters the first ones of every member, by the member's index
     * @param founders what members begin from that do not begin from freshly initialised weights
     */
    record PopulationCreated(List<Hyperparameters> hyperparameters, List<Founder> founders) implements Event {
        public PopulationCreated {
            hyperparameters = List.copyOf(hyperparameters);
            founders = List.copyOf(founders);
        }

        /** Creates one of members that all begin from freshly initialised weights. */
        public PopulationCreated(List<Hyperparameters> hyperparameters) {
            this(hyperparameters, List.of());
        }
    }

    /**
     * A model that was trained elsewhere, and from which a member begins.
     *
     * @param member who begins from it
     * @param weights its checkpoint
     * @param step the training steps behind it, from 0
     * @param metrics what was measured of it, by which it ranks; empty when that is unknown
     * @param samples the evaluation samples behind its score; may be empty
     * @param origin where it comes from, for people
     */
    record Founder(
            MemberId member,
            CheckpointId weights,
            long step,
            Map<String, Double> metrics,
            List<Double> samples,
            String origin) {
        public Founder {
            samples = List.copyOf(samples);
        }

        /** Returns the checkpoint as the member holds it. */
        public CheckpointRef reference() {
            return new CheckpointRef(member, CheckpointRef.ELSEWHERE, step, weights);
        }
    }

    /**
     * An interval ended well: its checkpoint is durable.
     *
     * @param attempt what was run, all of the interval, whatever part of it an earlier attempt trained
     * @param score the objective's value
     * @param metrics everything that the trainer reported; values may be NaN or infinite
     * @param samples the evaluation samples behind the score; may be empty
     * @param checkpoint the weights
     * @param checkpointBytes the size of the checkpoint's files
     * @param execution where and when
     */
    record IntervalFinished(
            Attempt attempt,
            Score score,
            Map<String, Double> metrics,
            List<Double> samples,
            CheckpointId checkpoint,
            long checkpointBytes,
            Execution execution)
            implements Event {}

    /**
     * An attempt ended before its interval did, since its place or the whole study was about to end; or the study did, before it was the
     * turn of a result. What was trained is durable and counts: the next attempt of the interval goes on from there.
     *
     * @param attempt what was run, with the steps that were added
     * @param metrics everything that the trainer reported; values may be NaN or infinite
     * @param samples the evaluation samples behind the score; may be empty
     * @param checkpoint the weights
     * @param checkpointBytes the size of the checkpoint's files
     * @param execution where and when
     */
    record IntervalSuspended(
            Attempt attempt,
            Map<String, Double> metrics,
            List<Double> samples,
            CheckpointId checkpoint,
            long checkpointBytes,
            Execution execution)
            implements Event {}

    /**
     * An attempt ended without a result. When it was the last that the study allows, the member is ready with an invalid score.
     *
     * @param attempt what was run
     * @param fault whose fault it was; only the trainer's count against the limit
     * @param message what happened
     * @param execution where and when
     */
    record AttemptFailed(Attempt attempt, Fault fault, String message, Execution execution) implements Event {}

    /**
     * Checkpoints turned out to be missing or damaged. Nobody may copy them any more; the best result is the best of those that are left.
     * A member that is stranded goes on from the newest ancestor of its weights that is kept and not lost; without one its interval ends
     * with an invalid score, so that it is replaced like any failed member, or begins anew where there is nobody to copy.
     *
     * @param checkpoints which ones, at least one
     * @param stranded the members that need one of them to go on; others may still train from weights that they have in memory
     * @param reason what was found, for people
     * @param at when
     */
    record CheckpointsLost(List<CheckpointId> checkpoints, List<MemberId> stranded, String reason, Instant at)
            implements Event {
        public CheckpointsLost {
            checkpoints = List.copyOf(checkpoints);
            stranded = List.copyOf(stranded);
        }
    }

    /** Whose fault a failure is. */
    enum Fault {
        /** The user's program: it threw, exited, hung or answered nonsense. */
        TRAINER,
        /** The user's program again, with the same error as in the attempt before: no other is spent on it. */
        TRAINER_AGAIN,
        /** The place where it ran: a worker was lost, a disk was full. */
        PLACE;

        /** Returns whether it is the trainer's. */
        public boolean isTrainers() {
            return this != PLACE;
        }

        /**
         * Returns whether its interval ends with it, and is not tried again.
         *
         * @param before how many times the trainer has failed in this interval before
         * @param attempts how many there are for an interval
         */
        public boolean usesUp(int before, int attempts) {
            return this == TRAINER_AGAIN || (this == TRAINER && before + 1 >= attempts);
        }
    }

    /** A member was told what to do after an interval. */
    record Decided(MemberId member, int interval, Decision decision) implements Event {}

    /** The driver came back after a stop or a crash; every open interval is issued again under a new attempt number. */
    record StudyResumed(Instant at) implements Event {}

    /**
     * The study was changed after it had begun. From here on it is another; what was decided before was decided by the study as it was. It
     * may come after the end, and then the study goes on.
     *
     * @param definition the study as it is from here on, in its canonical text
     * @param changes what was changed, in the order of the study file
     * @param hyperparameters what members go on with whose own are not in the space any more; see {@link Amendment}
     * @param joined members that join, whose ids follow on those that there are
     * @param left members that leave for good
     * @param at when
     */
    record StudyAmended(
            String definition,
            List<Change> changes,
            Map<MemberId, Hyperparameters> hyperparameters,
            List<Newcomer> joined,
            List<MemberId> left,
            Instant at)
            implements Event {
        public StudyAmended {
            changes = List.copyOf(changes);
            hyperparameters = Collections.unmodifiableMap(new TreeMap<>(hyperparameters));
            joined = List.copyOf(joined);
            left = List.copyOf(left);
        }

        /** Returns whether something below a key of the study file was changed. */
        public boolean touches(String section) {
            return changes.stream()
                    .anyMatch(change ->
                            change.key().equals(section) || change.key().startsWith(section + "."));
        }
    }

    /**
     * One thing that an amendment changed.
     *
     * @param key the key of the study file, such as {@code budget.steps}
     * @param from the value before, as a study file spells it; empty where there was none
     * @param to the value from here on; empty where there is none any more
     */
    record Change(String key, Optional<String> from, Optional<String> to) {}

    /**
     * A member that joins a study that has begun.
     *
     * @param member its id
     * @param hyperparameters what it begins with
     * @param weights what it begins from; empty for freshly initialised ones
     */
    record Newcomer(MemberId member, Hyperparameters hyperparameters, Optional<CheckpointRef> weights) {}

    /** The study is over. Nothing follows but an amendment. */
    record StudyEnded(End reason, Instant at) implements Event {}

    /** Why a study is over. */
    enum End {
        /** Every member has spent its steps, or was stopped by the strategy. */
        BUDGET,
        /** The target score was reached. */
        TARGET,
        /** The time was up. */
        WALL_CLOCK,
        /** Nobody ever had a score, and {@linkplain Decisions#failuresFromTheStart enough intervals} have failed. */
        FAILURE
    }

    /** Returns the member that an event is about; empty when it is about all. */
    default Optional<MemberId> subject() {
        if (this instanceof IntervalFinished finished) {
            return Optional.of(finished.attempt().member());
        }
        if (this instanceof AttemptFailed failed) {
            return Optional.of(failed.attempt().member());
        }
        if (this instanceof IntervalSuspended suspended) {
            return Optional.of(suspended.attempt().member());
        }
        return this instanceof Decided decided ? Optional.of(decided.member()) : Optional.empty();
    }
}
