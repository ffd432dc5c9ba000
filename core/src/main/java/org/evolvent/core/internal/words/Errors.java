package org.evolvent.core.internal.words;

import java.util.regex.Pattern;

/** Compares what programs say when they fail. */
public final class Errors {
    private static final Pattern CHANGING =
            Pattern.compile("0x[0-9a-fA-F]+|\\b[0-9a-f]{8,}\\b|tmp\\w{8}|[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?");

    private Errors() {}

    /** Returns an error without its numbers, addresses and names of temporary files: the same for errors that differ in nothing else. */
    public static String kind(String error) {
        return CHANGING.matcher(error).replaceAll("#");
    }
}
