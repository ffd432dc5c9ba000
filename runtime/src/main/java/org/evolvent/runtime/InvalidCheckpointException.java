package org.evolvent.runtime;

/** What a trainer saved cannot be a checkpoint: a link, a pipe, a name with a line break, a directory that is gone. The trainer's fault. */
public final class InvalidCheckpointException extends EvolventException {
    /** Creates one with a message for people, which names the file. */
    public InvalidCheckpointException(String message) {
        super(message);
    }

    /** Creates one with a message for people, which names the file, and what lies behind it. */
    public InvalidCheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
