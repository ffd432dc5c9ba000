package org.evolvent.cli.internal.display;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.evolvent.study.internal.text.Format;

/** Says how far a check has come: on a terminal in a line that is drawn over, elsewhere in a line when ten seconds have passed. */
public final class CheckLine {
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final Console console;
    private final InstantSource clock;
    private final Instant begun;
    private Instant told;

    /** Creates one that begins to count the time. */
    public CheckLine(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.begun = clock.instant();
        this.told = begun;
    }

    /**
     * Says that an interval begins.
     *
     * @param interval which, from 1
     * @param planned how many there are to be, by what is known so far
     */
    public void tries(int interval, int planned) {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(begun, now);
        String line = "         interval %s of %s".formatted(interval, planned);
        if (interval > 1) {
            Duration left = elapsed.multipliedBy(planned - interval + 1).dividedBy(interval - 1);
            line += ", about %s left".formatted(Format.duration(left));
        }
        if (console.isTerminal()) {
            console.draw(line);
        } else if (Duration.between(told, now).compareTo(PERIOD) >= 0) {
            console.out().println(line);
            told = now;
        }
    }

    /** Takes the line away, for something else to be printed. */
    public void clear() {
        if (console.isTerminal()) {
            console.draw("");
        }
    }
}
