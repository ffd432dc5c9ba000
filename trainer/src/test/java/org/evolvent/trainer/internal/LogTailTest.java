package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.study.Attempt;
import org.evolvent.trainer.testing.Attempts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose a line is. */
class LogTailTest {
    private static final Attempt FIRST = Attempts.first(0, 0);
    private static final Attempt SECOND = Attempts.first(1, 0);

    @TempDir
    Path directory;

    private LogTail log;

    @BeforeEach
    void open() {
        log = new LogTail(directory.resolve("slot-0.log"));
    }

    private void print(String line) {
        log.add(new LineReader.Line(line.getBytes(StandardCharsets.UTF_8), false, true));
    }

    private List<String> printed() throws IOException {
        List<String> lines = new ArrayList<>();
        new SlotLogs(directory, source -> true)
                .read((source, text) -> lines.add("%s: %s".formatted(source.member(), text)));
        return lines;
    }

    @Test
    void whatIsReadAfterTheAnswerIsStillTheOldAttempts() throws IOException {
        log.attempt(FIRST, Instant.EPOCH, false);
        print(log.mark());
        print("first");
        log.attempt(SECOND, Instant.ofEpochSecond(1), true);
        print("first, read late");
        print("99 %" + log.mark());
        print("second");
        assertThat(printed()).containsExactly("0: first", "0: first, read late", "0: 99 %", "1: second");
        assertThat(log.quoteBelow("")).doesNotContain("evolvent");
    }

    @Test
    void aNewProcessPrintsForTheAttemptThatItIsStartedFor() throws IOException {
        log.attempt(FIRST, Instant.EPOCH, false);
        print("first");
        log.attempt(SECOND, Instant.ofEpochSecond(1), true);
        log.begin(true);
        print("imports of another process");
        assertThat(printed()).containsExactly("0: first", "1: imports of another process");
    }

    @Test
    void anotherSlotsMarkIsJustALine() throws IOException {
        log.attempt(FIRST, Instant.EPOCH, false);
        print("=== evolvent: 1234");
        assertThat(printed()).containsExactly("0:  === evolvent: 1234");
    }
}
