package org.evolvent.cli.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What people see while logs are read, at times that the test sets. */
class ReadingLineTest {
    private static final Path RUN = Path.of("evolvent-runs", "large-1");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private void read(ReadingLine line, long millis, long events) {
        now = now.plusMillis(millis);
        line.at(RUN, events, 587_000);
    }

    @Test
    void aPipeGetsALineAfterASecondAndThenEveryFewOnesBesideTheResults() {
        ReadingLine line = new ReadingLine(Console.plain(stream(out), stream(err)), () -> now);
        read(line, 999, 100_000);
        assertThat(err.size()).isZero();
        read(line, 1, 230_000);
        read(line, 4999, 400_000);
        read(line, 1, 586_999);
        line.close();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("Reading, 39 % of 587,000 events: " + RUN, "Reading, 99 % of 587,000 events: " + RUN);
        assertThat(out.size()).isZero();
    }

    @Test
    void aTerminalHasOneLineThatIsDrawnOverAndTakenAway() {
        ReadingLine line = new ReadingLine(Console.terminal(stream(out), stream(err), 36, 40, true), () -> now);
        read(line, 1000, 230_000);
        read(line, 99, 300_000);
        read(line, 1, 400_000);
        now = now.plusSeconds(1);
        line.at(Path.of("\u001b[31m"), 999, 1000);
        line.close();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("\r\u001b[KReading, 39 % of 587,000 events: ev\r\u001b[KReading, 68 % of 587,000 events: ev"
                        + "\r\u001b[KReading, 99 % of 1,000 events: \\u00\r\u001b[K");
        assertThat(err.size()).isZero();
    }
}
