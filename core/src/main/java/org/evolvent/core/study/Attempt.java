package org.evolvent.core.study;

import java.time.Duration;
import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Hyperparameters;

/**
 * One execution of an interval, with everything that is needed to run it anywhere.
 *
 * @param member who trains
 * @param interval the member's interval, from 0
 * @param number rises with every re-issue of the interval, from 0; a result that carries an older number is ignored
 * @param stepFrom the training steps behind the weights at the start
 * @param steps the training steps to add, at least 1: a trainer that moves in larger ones stops at the first point at or beyond; with a
 *     {@code time}, the most that are wanted. In the log, of an interval that ended well or was suspended, the steps that were added
 * @param hyperparameters what to train with
 * @param parent the weights to start from; empty for freshly initialised ones. Of an attempt that goes on where an earlier one of its
 *     interval was suspended, those of that interval itself
 * @param seed for the trainer; the same for all attempts of a member
 * @param reseed begins the trainer's random stream anew, from 0 to 2^31 - 1, where the weights are another member's: copies of the same
 *     weights would train alike otherwise. The same for all attempts of an interval; empty when a member goes on with its own weights
 * @param time how long to train, above 0; empty where the steps say it
 */
public record Attempt(
        MemberId member,
        int interval,
        int number,
        long stepFrom,
        long steps,
        Hyperparameters hyperparameters,
        Optional<CheckpointRef> parent,
        long seed,
        Optional<Integer> reseed,
        Optional<Duration> time) {
    /** The first number of attempts that are made on the side, to find out something about a trainer: no log has them. */
    public static final int ON_THE_SIDE = 1_000_000;

    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Creates one that trains so many steps, with the random stream that its weights come with. */
    public Attempt(
            MemberId member,
            int interval,
            int number,
            long stepFrom,
            long steps,
            Hyperparameters hyperparameters,
            Optional<CheckpointRef> parent,
            long seed) {
        this(
                member,
                interval,
                number,
                stepFrom,
                steps,
                hyperparameters,
                parent,
                seed,
                Optional.empty(),
                Optional.empty());
    }

    /** Returns an attempt at all of a member's open interval. */
    static Attempt of(Study study, Member member) {
        return new Attempt(
                member.id(),
                member.interval(),
                member.attempt(),
                member.stepFrom(),
                StrictMath.min(study.intervalSteps(), study.budget().steps() - study.spent(member)),
                member.hyperparameters(),
                member.parent(),
                new Randomness(study.seed()).key(Purpose.TRAINER, member.id().index(), 0),
                study.reseed(member.id(), member.interval(), member.parent()),
                study.intervalTime());
    }

    /** Returns the training steps behind the weights when all goes well. */
    public long stepTo() {
        return stepFrom + steps;
    }

    /** Returns how many steps must be added at least for all to be well: those asked for; with a time, 1. */
    public long leastSteps() {
        return time.isPresent() ? 1 : steps;
    }

    /**
     * Returns whether what a trainer did that was asked to finish is only a part of what this attempt asks for.
     *
     * @param added the steps that it added
     * @param training how long it trained
     */
    public boolean isPart(long added, Duration training) {
        return added < leastSteps()
                || (added < steps
                        && time.filter(all -> training.compareTo(all) < 0).isPresent());
    }

    /** Returns this attempt with the steps that it really added. */
    public Attempt having(long added) {
        return added == steps
                ? this
                : new Attempt(member, interval, number, stepFrom, added, hyperparameters, parent, seed, reseed, time);
    }

    /** Returns what is left to do of this attempt's interval when a part of it is trained: a step at least, or a millisecond. */
    Attempt behind(Member.Suspended part) {
        return new Attempt(
                member,
                interval,
                number,
                part.weights().step(),
                StrictMath.max(1, stepTo() - part.weights().step()),
                hyperparameters,
                Optional.of(part.weights()),
                seed,
                Optional.empty(), // The random stream of the interval has begun.
                time.map(all -> all.minus(part.training()))
                        .map(left -> left.compareTo(SHORTEST) < 0 ? SHORTEST : left));
    }

    /** Returns this attempt with other hyperparameters. */
    public Attempt with(Hyperparameters others) {
        return new Attempt(member, interval, number, stepFrom, steps, others, parent, seed, reseed, time);
    }

    @Override
    public String toString() {
        return "member %s, interval %s, attempt %s".formatted(member, interval, number);
    }

    /** Returns whether it is made on the side. What a restore brings back may be in question then: it had better restore its weights. */
    public boolean isOnTheSide() {
        return number >= ON_THE_SIDE;
    }
}
