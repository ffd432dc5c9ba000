package org.evolvent.trainer.internal.command;

import java.util.Optional;
import org.evolvent.runtime.ExecutorEvent.Failed.Cause;
import org.evolvent.runtime.StorageException;

/** A command did not do what was asked. The message says what happened, for people. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Cause cause;
    private final transient Optional<StorageException.Kind> medium;

    CommandFailure(String message) {
        this(message, Cause.ERROR, Optional.empty());
    }

    CommandFailure(String message, Cause cause, Optional<StorageException.Kind> medium) {
        super(message);
        this.cause = cause;
        this.medium = medium;
    }

    /** Returns what it failed by. */
    Cause cause() {
        return cause;
    }

    /** Returns what is the matter with a medium, when that is to blame and not the command. */
    Optional<StorageException.Kind> medium() {
        return medium;
    }
}
