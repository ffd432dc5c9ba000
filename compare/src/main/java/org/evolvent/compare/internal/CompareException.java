package org.evolvent.compare.internal;

/** What is to be compared cannot be: the command line is wrong, or the runs do not belong together. The message is for people. */
public final class CompareException extends RuntimeException {
    /** Creates one. */
    public CompareException(String message) {
        super(message);
    }
}
