package org.evolvent.runtime;

import java.util.Locale;
import java.util.Optional;

/**
 * A medium is full, read-only or failing. It is the place's fault and nobody else's, nothing of what was to be done has been done, and
 * the same can be tried again when the medium is mended.
 */
public final class StorageException extends EvolventException {
    /** What is the matter with a medium. */
    public enum Kind {
        /** There is no room left on the device, or the quota is used up (ENOSPC, EDQUOT, SQLITE_FULL). */
        FULL("is full"),
        /** It may not be written to (EROFS, SQLITE_READONLY). */
        READ_ONLY("is read-only"),
        /** The device does not do what it is told (EIO, SQLITE_IOERR). */
        FAILING("fails");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns the words that say so after the name of a medium: "is full". */
        public String words() {
            return words;
        }
    }

    private final Kind kind;

    /** Creates one with a message for people, which names the place. */
    public StorageException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns what is the matter. */
    public Kind kind() {
        return kind;
    }

    /** Returns what a failure says of a medium; empty when neither it nor what lies behind it is about one. */
    public static Optional<Kind> kindOf(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof StorageException known) {
                return Optional.of(known.kind());
            }
            Optional<Kind> kind = kindOf(String.valueOf(each.getMessage()));
            if (kind.isPresent()) {
                return kind;
            }
        }
        return Optional.empty();
    }

    /**
     * Returns what a program says of a medium in its own words; empty when they are not about one. An input/output error may come from a
     * terminal, a pipe or a camera: as long as that is all it says, it is the program's own.
     */
    public static Optional<Kind> saidBy(String words) {
        return kindOf(words).filter(kind -> kind != Kind.FAILING);
    }

    /** Returns what a message of the operating system or of SQLite says of a medium; empty when it is not about one. */
    public static Optional<Kind> kindOf(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        if (text.contains("no space left on device")
                || text.contains("disk quota exceeded")
                || text.contains("sqlite_full")) {
            return Optional.of(Kind.FULL);
        }
        if (text.contains("read-only file system") || text.contains("sqlite_readonly")) {
            return Optional.of(Kind.READ_ONLY);
        }
        return text.contains("input/output error") || text.contains("sqlite_ioerr")
                ? Optional.of(Kind.FAILING)
                : Optional.empty();
    }
}
