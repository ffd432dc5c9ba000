package org.evolvent.cli.display;

import java.io.PrintStream;

/**
 * Where the command writes.
 *
 * @param out results
 * @param err progress for programs that read {@code out}, warnings and errors
 * @param isTerminal whether {@code out} is a terminal that understands ANSI escapes
 * @param columns the width of the terminal in characters
 * @param rows the height of the terminal in lines
 */
public record Console(PrintStream out, PrintStream err, boolean isTerminal, int columns, int rows) {
    /** Returns a console that is no terminal. */
    public static Console plain(PrintStream out, PrintStream err) {
        return new Console(out, err, false, 120, 40);
    }
}
