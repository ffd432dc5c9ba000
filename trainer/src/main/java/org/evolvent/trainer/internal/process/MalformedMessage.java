package org.evolvent.trainer.internal.process;

/** A line that claims to be a message of the protocol and is none. The message says what is wrong with it. */
public final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1;

    MalformedMessage(String message) {
        super(message);
    }
}
