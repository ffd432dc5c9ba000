package org.evolvent.cli.internal.command;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.cli.internal.display.Announcer;

/**
 * Lets a message through a few times only, and none that is shown anyway: a trainer that always fails must not flood the terminal. The log
 * file gets them all.
 */
public final class RepeatFilter extends Filter<ILoggingEvent> {
    private static final int MOST = 5;

    private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event.getMarkerList() != null && event.getMarkerList().contains(Announcer.SHOWN)) {
            return FilterReply.DENY;
        }
        int times = seen.computeIfAbsent(String.valueOf(event.getMessage()), message -> new AtomicInteger())
                .incrementAndGet();
        return times <= MOST ? FilterReply.NEUTRAL : FilterReply.DENY;
    }
}
