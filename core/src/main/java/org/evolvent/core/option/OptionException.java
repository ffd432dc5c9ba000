package org.evolvent.core.option;

import java.util.List;

/** An option that cannot be used: where within the options, what it is and what is allowed. */
public final class OptionException extends IllegalArgumentException {
    private static final String IT = "It";

    private final List<String> path;
    private final String text;

    /**
     * Creates one.
     *
     * @param path the keys from the root of the options to the culprit; empty for the root itself
     * @param text the value, what is allowed, and perhaps a "Maybe ..." on a new line; "It" is the culprit
     */
    public OptionException(List<String> path, String text) {
        super(path.isEmpty() ? text : named(String.join(".", path), text));
        this.path = List.copyOf(path);
        this.text = text;
    }

    /** Returns the message with the culprit's name as it is known to whoever reads it, in place of the path. */
    public String of(String name) {
        return named(name, text);
    }

    private static String named(String name, String text) {
        return text.matches("(?s)It (is|has) .*") ? name + text.substring(IT.length()) : name + ": " + text;
    }

    /** Returns the keys from the root of the options to the culprit; a place in a list is its index from 0. */
    public List<String> path() {
        return path;
    }
}
