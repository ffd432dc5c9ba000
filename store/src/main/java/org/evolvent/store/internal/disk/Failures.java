package org.evolvent.store.internal.disk;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;

/** Tells whose fault a failure of the disk is. Stateless, hence thread-safe. */
public final class Failures {
    private Failures() {}

    /**
     * Returns the exception for something that failed: a {@link StorageException} when a medium is full, read-only or failing.
     *
     * @param what what could not be done, and where
     * @param cause the failure of the operating system or of SQLite
     */
    public static EvolventException of(String what, Exception cause) {
        String message = "%s: %s".formatted(what, describe(cause));
        return StorageException.kindOf(cause)
                .<EvolventException>map(kind -> new StorageException(kind, message, cause))
                .orElseGet(() -> new EvolventException(message, cause));
    }

    /** Returns what a failure says, in words. */
    public static String describe(Exception failure) {
        // The message of the first three is the bare path.
        if (failure instanceof AccessDeniedException) {
            return "access to %s is denied".formatted(failure.getMessage());
        }
        if (failure instanceof NoSuchFileException) {
            return failure.getMessage() + " does not exist";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return failure.getMessage() + " is there already";
        }
        if (failure instanceof ClosedByInterruptException) {
            return "the thread was interrupted";
        }
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }
}
