package org.evolvent.cli.internal.display;

import java.util.List;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/** Sees to it that people learn at once what they have to know (losses, warnings, pauses), on a display and in the log file. */
public final class Announcer implements Display {
    /** Marks what a display shows: the terminal needs no second telling. */
    public static final Marker SHOWN = MarkerFactory.getMarker("SHOWN");

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Display display;
    private final Notices notices = new Notices();

    /** Creates one that announces on a display, which it closes. */
    public Announcer(Display display) {
        this.display = display;
    }

    @Override
    public void watching(Supplier<List<Executor.Activity>> activities) {
        display.watching(activities);
    }

    @Override
    public void recovered(Facts earlier) {
        display.recovered(earlier);
    }

    @Override
    public void committed(Supplier<StudyState> latest, List<? extends Event> events) {
        StudyState state = latest.get();
        notices.of(state, events).forEach(this::warned);
        display.committed(() -> state, events);
    }

    @Override
    public void reported(ExecutorEvent event) {
        display.reported(event);
    }

    @Override
    public void warned(String message) {
        LOG.warn(SHOWN, message);
        display.warned(message);
    }

    @Override
    public void paused(String reason) {
        LOG.warn(SHOWN, reason);
        display.paused(reason);
    }

    @Override
    public void unpaused() {
        LOG.warn(SHOWN, "The study goes on");
        display.unpaused();
    }

    @Override
    public void close() {
        display.close();
    }
}
