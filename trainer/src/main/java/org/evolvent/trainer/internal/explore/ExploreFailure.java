package org.evolvent.trainer.internal.explore;

import java.util.Optional;
import org.evolvent.runtime.StorageException;

/** The program did not answer as it must; the message says how. */
final class ExploreFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Optional<StorageException.Kind> medium;

    ExploreFailure(String message) {
        this(message, Optional.empty());
    }

    ExploreFailure(String message, Optional<StorageException.Kind> medium) {
        super(message);
        this.medium = medium;
    }

    /** Returns what is the matter with a medium, when that is to blame and not the program. */
    Optional<StorageException.Kind> medium() {
        return medium;
    }
}
