package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepeatFilterTest {
    private final RepeatFilter filter = new RepeatFilter();
    private final Logger logger = new LoggerContext().getLogger("trainer");

    private boolean isShown(String message, Object... arguments) {
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, null, arguments);
        return filter.decide(event) == FilterReply.NEUTRAL;
    }

    @Test
    void aQuotedLogOfTheSameErrorIsShownOnce() {
        assertThat(isShown("{} failed. {}", "member 1, interval 0", "No data.\n  | line 7 at 0x7f01"))
                .isTrue();
        assertThat(isShown("{} failed. {}", "member 2, interval 3", "No data.\n  | line 9 at 0x7f02"))
                .isFalse();
        assertThat(isShown("{} failed. {}", "member 2, interval 3", "No memory.\n  | line 9 at 0x7f02"))
                .isTrue();
    }

    @Test
    void othersAreShownAFewTimes() {
        assertThat(IntStream.range(0, 10).filter(time -> isShown("{} failed. {}", "member " + time, "It hangs")))
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(isShown("Slot {} has no place", 1)).isTrue();
    }
}
