package org.evolvent.cli.internal.command;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import org.evolvent.cli.internal.display.Printer;

/** Logs what was said so that it can be seen, whoever said it. What has several lines is indented: no message can pass for another record. */
public final class VisibleEncoder extends PatternLayoutEncoder {
    /** More of what somebody said is no use to anybody. */
    private static final int MOST_CHARACTERS = 20_000;

    @Override
    public byte[] encode(ILoggingEvent event) {
        String all = layout.doLayout(event);
        String brief = all.length() <= MOST_CHARACTERS
                ? all
                : "%s... (%s characters in all)".formatted(all.substring(0, MOST_CHARACTERS), all.length());
        String record = Printer.visible(brief).stripTrailing().replace("\n", "\n    ");
        return (record + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
