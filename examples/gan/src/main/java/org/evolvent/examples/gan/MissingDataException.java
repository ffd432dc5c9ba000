package org.evolvent.examples.gan;

/** Images, or a judge, that are not where they should be; the message says what to put where. */
final class MissingDataException extends Exception {
    private static final long serialVersionUID = 1;

    MissingDataException(String message) {
        super(message);
    }
}
