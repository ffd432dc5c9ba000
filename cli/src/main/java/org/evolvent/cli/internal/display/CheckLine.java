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
    private Instant told;
    private Instant second;

    /** Creates one that begins to count the time. */
    public CheckLine(Console console, InstantSource clock) {
        this.console = console;
        this.clock = clock;
        this.told = clock.instant();
        this.second = told;
    }

    /**
     * Says that an interval begins.
     *
     * @param interval which, from 1
     * @param planned how many there are to be at least
     */
    public void tries(int interval, int planned) {
        Instant now = clock.instant();
        String line = "         interval %s of at least %s".formatted(interval, planned);
        if (interval <= 2) {
            second = now; // The first may be a single step, and tells nothing of the others.
        } else {
            Duration left = Duration.between(second, now)
                    .multipliedBy(planned - interval + 1)
                    .dividedBy(interval - 2);
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
