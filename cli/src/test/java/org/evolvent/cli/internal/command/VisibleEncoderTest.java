package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class VisibleEncoderTest {
    private static String terminal(Throwable failure) {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("terminal");
        ILoggingEvent event = new LoggingEvent("", root, Level.WARN, "It is slow", failure, new Object[0]);
        return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void theTerminalShowsAFailureIfThereIsOne() {
        assertThat(terminal(null)).isEqualTo("WARN: It is slow\n");
        assertThat(terminal(new IOException("no room"))).contains("It is slow (java.io.IOException: no room");
    }

    @TempDir
    Path logs;

    @Test
    void aTrainersMessageCannotForgeARecordOrWriteToATerminal() throws IOException {
        try (LogFile log = new LogFile(logs, true)) {
            LoggerFactory.getLogger(getClass())
                    .info(
                            "It said {}",
                            "\u001b[2Jhello\n2026-01-01T00:00:00.000Z INFO  StudyDriver [main] all is well",
                            new IllegalStateException("\u001b[31m\rred"));
        }
        assertThat(Files.readAllLines(logs.resolve("evolvent.log")))
                .first()
                .satisfies(line -> assertThat(line).contains("It said \\u001b[2Jhello"));
        assertThat(Files.readAllLines(logs.resolve("evolvent.log")).stream().skip(1))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("    "))
                .anyMatch(line -> line.contains("\\u001b[31m\\u000dred"));
    }
}
