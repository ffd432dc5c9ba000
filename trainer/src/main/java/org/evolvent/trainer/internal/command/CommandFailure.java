package org.evolvent.trainer.internal.command;

import java.util.Optional;
import org.evolvent.runtime.StorageException;

/** A command did not do what was asked. The message says what happened, for people. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<StorageException.Kind> medium;

    CommandFailure(String message) {
        this(message, Optional.empty());
    }

    CommandFailure(String message, Optional<StorageException.Kind> medium) {
        super(message);
        this.medium = medium;
    }

    /** Returns what is the matter with a medium, when that is to blame and not the command. */
    Optional<StorageException.Kind> medium() {
        return medium;
    }
}
