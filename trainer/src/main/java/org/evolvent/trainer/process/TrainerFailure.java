package org.evolvent.trainer.process;

/** A trainer did not do what was asked. The message says what happened, for people. */
final class TrainerFailure extends Exception {
    private static final long serialVersionUID = 1;

    TrainerFailure(String message) {
        super(message);
    }
}
