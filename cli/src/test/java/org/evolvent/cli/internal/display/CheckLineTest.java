package org.evolvent.cli.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a check says of the time that it still takes, at times that the test sets. */
class CheckLineTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Instant now = START;

    /** The first interval is a single step; from it nothing follows for the others. */
    @Test
    void whatIsLeftFollowsFromTheIntervalsAfterTheFirst() {
        PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
        CheckLine line = new CheckLine(Console.plain(out, out), () -> now);
        line.tries(1, 12);
        now = START.plusSeconds(2);
        line.tries(2, 13);
        now = START.plusSeconds(12);
        line.tries(3, 13);
        now = START.plusSeconds(24);
        line.tries(4, 13);
        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "         interval 3 of at least 13, about 1:50 left",
                        "         interval 4 of at least 13, about 1:50 left");
    }
}
