package org.evolvent.runtime;

/** The world did not do its part: a disk, a database, a lock. The message says what, where and what may help. */
public class EvolventException extends RuntimeException {
    /** Creates one with a message for people. */
    public EvolventException(String message) {
        super(message);
    }

    /** Creates one with a message for people and what lies behind it. */
    public EvolventException(String message, Throwable cause) {
        super(message, cause);
    }
}
