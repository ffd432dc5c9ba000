package org.evolvent.study.spec;

/**
 * Something that a user has to mend.
 *
 * @param place where
 * @param message the key, its value, what is allowed, and maybe what was meant
 */
public record Problem(SourceLocation place, String message) {
    private static final int LONGEST = 2000;

    public Problem {
        message = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "...";
    }

    @Override
    public String toString() {
        return place + ": " + message.replace("\n", "\n    ");
    }
}
