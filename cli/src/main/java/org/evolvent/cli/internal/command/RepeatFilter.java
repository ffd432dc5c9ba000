package org.evolvent.cli.internal.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.cli.internal.display.Announcer;
import org.evolvent.core.internal.words.Errors;

/**
 * Lets a message through a few times only, a quoted log of the same error once, and none that is shown anyway: a trainer that always fails
 * must not flood the terminal. The log file gets them all.
 */
public final class RepeatFilter extends Filter<ILoggingEvent> {
    private static final int MOST = 5;

    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event.getMarkerList() != null && event.getMarkerList().contains(Announcer.SHOWN)) {
            return FilterReply.DENY;
        }
        String said = String.valueOf(event.getFormattedMessage());
        boolean isNew = !said.contains("\n") || times(Errors.kind(said)) == 1;
        return isNew && times(event.getMessage()) <= MOST ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    private int times(String message) {
        return seen.computeIfAbsent(message, key -> new AtomicInteger()).incrementAndGet();
    }
}
