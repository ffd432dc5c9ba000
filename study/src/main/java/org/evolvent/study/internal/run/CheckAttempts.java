package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.ExecutorEvent;

/** Makes the attempts of a check: all of them are one member's, with the same seed. */
final class CheckAttempts {
    private static final MemberId MEMBER = new MemberId(0);

    private final Study study;
    private final long seed;

    CheckAttempts(Study study) {
        this.study = study;
        this.seed = new Randomness(study.seed()).key(Purpose.TRAINER, MEMBER.index(), 0);
    }

    /** Returns an attempt that makes fresh weights. */
    Attempt fresh(Hyperparameters with, long length) {
        return new Attempt(MEMBER, 0, 0, 0, length, with, Optional.empty(), seed);
    }

    /** Returns an attempt that trains fresh weights for some time. */
    Attempt timed(Hyperparameters with, Duration time) {
        return new Attempt(
                MEMBER,
                0,
                0,
                0,
                study.intervalSteps(),
                with,
                Optional.empty(),
                seed,
                Optional.empty(),
                Optional.of(time));
    }

    /** Returns an attempt that goes on from a checkpoint, and reads it also where its weights are at hand. */
    Attempt restoring(ExecutorEvent.Done from, Hyperparameters with, long length) {
        Attempt onwards = onwards(from, with, length, Optional.empty());
        return new Attempt(
                MEMBER,
                onwards.interval(),
                Attempt.ON_THE_SIDE,
                onwards.stepFrom(),
                length,
                with,
                onwards.parent(),
                seed);
    }

    /** Returns an attempt that goes on from a checkpoint, with the random stream that it comes with or with one of its own. */
    Attempt onwards(ExecutorEvent.Done from, Hyperparameters with, long length, Optional<Integer> reseed) {
        Attempt attempt = from.attempt().having(from.steps());
        CheckpointRef reached = new CheckpointRef(
                MEMBER,
                attempt.interval(),
                attempt.stepFrom() + from.steps(),
                from.checkpoint().id());
        return new Attempt(
                MEMBER, 1, 0, reached.step(), length, with, Optional.of(reached), seed, reseed, Optional.empty());
    }

    /** Returns the first attempt of a member that begins with what it is founded by. */
    Attempt founded(CheckpointRef weights, Hyperparameters with, long length) {
        return new Attempt(MEMBER, 0, 0, weights.step(), length, with, Optional.of(weights), seed);
    }
}
