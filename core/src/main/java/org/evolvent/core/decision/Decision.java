package org.evolvent.core.decision;

import java.util.Optional;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;

/** What a member does after a ready point, why, and on what evidence. Immutable. */
public sealed interface Decision {
    /** Returns why, in a sentence for people. */
    String reason();

    /** Returns the facts behind the reason. */
    Evidence evidence();

    /** Go on with the same weights and hyperparameters. */
    record Continue(String reason, Evidence evidence) implements Decision {}

    /**
     * Copy a better member.
     *
     * @param donor who is copied
     * @param donorInterval the donor's interval at whose end it is copied
     * @param weights the weights to start from; empty when only hyperparameters are copied
     * @param before the member's own hyperparameters
     * @param after the hyperparameters that it takes over; equal to {@code before} when only weights are copied
     */
    record Exploit(
            MemberId donor,
            int donorInterval,
            Optional<CheckpointRef> weights,
            Hyperparameters before,
            Hyperparameters after,
            String reason,
            Evidence evidence)
            implements Decision {}

    /** Change the hyperparameters. Follows an exploit at the same ready point, except in strategies that explore without a copy. */
    record Explore(Hyperparameters before, Hyperparameters after, String reason, Evidence evidence)
            implements Decision {}

    /** Train no more. */
    record Stop(String reason, Evidence evidence) implements Decision {}
}
