package org.evolvent.cli.internal.display;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.evolvent.views.internal.history.Reading;

/**
 * Says how far the reading of logs has come, once that has taken a second: on a terminal in a line that is drawn over, elsewhere in a line
 * every few seconds, beside what programs read.
 */
public final class ReadingLine implements Reading, AutoCloseable {
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration BETWEEN_DRAWS = Duration.ofMillis(100);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final Console console;
    private final InstantSource clock;
    private Instant next;
    private boolean isDrawn;

    /** Creates one that begins to count the time. */
    public ReadingLine(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.next = clock.instant().plus(SHORT);
    }

    @Override
    public void at(Path run, long events, long all) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        String line = String.format(
                Locale.ROOT, "Reading, %d %% of %,d events: %s", 100 * events / Math.max(1, all), all, run);
        if (console.isTerminal()) {
            String visible = Printer.visible(line);
            console.draw(visible.substring(0, Math.min(visible.length(), console.columns() - 1)));
            isDrawn = true;
            next = now.plus(BETWEEN_DRAWS);
        } else {
            console.err().println(line);
            next = now.plus(BETWEEN_LINES);
        }
    }

    /** Takes the line away, for something else to be printed. */
    @Override
    public void close() {
        if (isDrawn) {
            console.draw("");
        }
    }
}
