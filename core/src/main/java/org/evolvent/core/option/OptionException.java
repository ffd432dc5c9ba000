package org.evolvent.core.option;

import java.util.List;

/** An option that cannot be used: where, what it is and what is allowed. The message does not repeat the
 * place, which {@link #path} has, and calls the culprit "It". */
public final class OptionException extends IllegalArgumentException {
    private static final String IT = "It";

    private final List<String> path;

    /**
     * Creates one.
     *
     * @param path the keys from the root of the options to the culprit; empty for the root itself
     * @param message the value, what is allowed, and perhaps a "Maybe ..." on a new line
     */
    public OptionException(List<String> path, String message) {
        super(message);
        this.path = List.copyOf(path);
    }

    /** Returns the message with the culprit's name, as it is known to whoever reads it. */
    public String of(String name) {
        String message = String.valueOf(getMessage());
        return message.matches("(?s)It (is|has) .*") ? name + message.substring(IT.length()) : name + ": " + message;
    }

    /** Returns the keys from the root of the options to the culprit; a place in a list is its index from 0. */
    public List<String> path() {
        return path;
    }
}
