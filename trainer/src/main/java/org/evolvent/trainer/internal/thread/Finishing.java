package org.evolvent.trainer.internal.thread;

import java.util.Optional;
import org.evolvent.trainer.Trainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to have a trainer end its training at the next step, from another thread. Thread-safe. */
final class Finishing {
    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);

    private Optional<Trainer> training = Optional.empty();
    private boolean asked;

    /** Says which trainer trains from now on. */
    synchronized void begins(Trainer trainer) {
        training = Optional.of(trainer);
    }

    /** Says that it trains no more; returns whether it was asked to end early. */
    synchronized boolean ends() {
        training = Optional.empty();
        return asked;
    }

    /** Asks the trainer that trains; returns whether there is one, and it will. */
    synchronized boolean ask() {
        try {
            asked = asked || training.filter(Trainer::finish).isPresent();
        } catch (RuntimeException e) { // It is the user's code.
            LOG.warn("A trainer failed when it was asked to finish", e);
        }
        return asked;
    }
}
