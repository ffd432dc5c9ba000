package org.evolvent.cli.internal.command;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.nio.charset.StandardCharsets;
import org.evolvent.cli.internal.display.Printer;

/** Logs what was said so that it can be seen, whoever said it. What has several lines is indented: no message can pass for another record. */
public final class VisibleEncoder extends PatternLayoutEncoder {
    @Override
    public byte[] encode(ILoggingEvent event) {
        String record = Printer.visible(layout.doLayout(event)).stripTrailing().replace("\n", "\n    ");
        return (record + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
