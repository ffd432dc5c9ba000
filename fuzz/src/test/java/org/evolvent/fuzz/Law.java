package org.evolvent.fuzz;

import java.util.Objects;

/** Assertions that load nothing else: a target runs thousands of times a second in an instrumented JVM. */
public final class Law {
    private static final int LONGEST_MESSAGE = 5000;

    private Law() {}

    /** Fails unless something is so. */
    public static void holds(boolean so, String what) {
        if (!so) {
            throw new AssertionError("It does not hold that " + what);
        }
    }

    /** Fails unless two values are equal. */
    public static void equal(Object one, Object other) {
        if (!Objects.equals(one, other)) {
            throw new AssertionError("These are not equal:\n%s\n%s".formatted(one, other));
        }
    }

    /** Fails unless a message says something, and no more than people read, whatever a stranger wrote. */
    public static void readable(String message) {
        holds(!message.isBlank(), "there is a message");
        holds(message.length() <= LONGEST_MESSAGE, "a message is short");
    }
}
