package org.evolvent.trainer.internal.process;

import java.util.Optional;
import org.evolvent.runtime.ExecutorEvent.Failed.Cause;
import org.evolvent.runtime.StorageException;

/** A trainer did not do what was asked. The message says what happened, for people. */
final class TrainerFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Cause cause;
    private final transient Optional<StorageException.Kind> medium;

    TrainerFailure(String message) {
        this(message, Optional.empty());
    }

    TrainerFailure(String message, Optional<StorageException.Kind> medium) {
        this(message, Cause.ERROR, medium);
    }

    TrainerFailure(String message, Cause cause, Optional<StorageException.Kind> medium) {
        super(message);
        this.cause = cause;
        this.medium = medium;
    }

    /** Returns what it failed by. */
    Cause cause() {
        return cause;
    }

    /** Returns what is the matter with a medium, when that is to blame and not the trainer. */
    Optional<StorageException.Kind> medium() {
        return medium;
    }
}
