package org.evolvent.trainer.command;

/** A command did not do what was asked. The message says what happened, for people. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }
}
