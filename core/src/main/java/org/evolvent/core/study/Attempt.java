package org.evolvent.core.study;

import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;

/**
 * One execution of an interval, with everything that is needed to run it anywhere.
 *
 * @param member who trains
 * @param interval the member's interval, from 0
 * @param number rises with every re-issue of the interval, from 0; a result that carries an older number is ignored
 * @param stepFrom the training steps behind the weights at the start
 * @param steps the training steps to add, at least 1
 * @param hyperparameters what to train with
 * @param parent the weights to start from; empty for freshly initialised ones
 * @param seed for the trainer; the same for all attempts of a member
 */
public record Attempt(
        MemberId member,
        int interval,
        int number,
        long stepFrom,
        long steps,
        Hyperparameters hyperparameters,
        Optional<CheckpointRef> parent,
        long seed) {
    /** Returns the training steps behind the weights when all goes well. */
    public long stepTo() {
        return stepFrom + steps;
    }

    @Override
    public String toString() {
        return "member %s, interval %s, attempt %s".formatted(member, interval, number);
    }
}
