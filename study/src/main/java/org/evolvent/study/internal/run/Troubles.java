package org.evolvent.study.internal.run;

import java.util.List;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;

/** Tells what is wrong with a run directory: when it was opened, and what could not be cleaned since. Used by the driver's thread only. */
final class Troubles implements StudyListener {
    private final Supplier<List<String>> all;
    private final StudyListener display;
    private int told;

    /**
     * Creates one.
     *
     * @param all gives all troubles so far, in the order in which they came
     * @param display is told of each, once
     */
    Troubles(Supplier<List<String>> all, StudyListener display) {
        this.all = all;
        this.display = display;
    }

    /** Tells what has not been told. */
    void tell() {
        List<String> warnings = all.get();
        warnings.subList(told, warnings.size()).forEach(display::warned);
        told = warnings.size();
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        tell();
    }
}
