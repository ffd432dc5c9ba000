package org.evolvent.cli.internal.display;

import java.io.PrintStream;

/**
 * Where the command writes.
 *
 * @param out results
 * @param err progress for programs that read {@code out}, warnings and errors
 * @param isTerminal whether {@code out} is a terminal that understands ANSI escapes
 * @param columns the width of the terminal in characters
 * @param rows the height of the terminal in lines
 * @param showsUnicode whether whoever reads {@code out} sees more than ASCII
 */
public record Console(Printer out, Printer err, boolean isTerminal, int columns, int rows, boolean showsUnicode) {
    private static final String CLEAR = "\r\u001b[K";

    /** Draws a line that the next one is drawn over; only a terminal has such. */
    void draw(String line) {
        out.screen().print(CLEAR + line);
        out.screen().flush();
    }

    /** Returns a console that is no terminal. */
    public static Console plain(PrintStream out, PrintStream err) {
        return new Console(new Printer(out), new Printer(err), false, 120, 40, true);
    }

    /** Returns a console on a terminal of some size. */
    public static Console terminal(PrintStream out, PrintStream err, int columns, int rows, boolean showsUnicode) {
        return new Console(new Printer(out), new Printer(err), true, columns, rows, showsUnicode);
    }
}
