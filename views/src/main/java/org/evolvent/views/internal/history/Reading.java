package org.evolvent.views.internal.history;

import java.nio.file.Path;

/** Is told how far the reading of a log has come, which takes a while for a large one. */
@FunctionalInterface
public interface Reading {
    /** Tells nobody. */
    Reading SILENT = (run, events, all) -> {};

    /**
     * Some more events have been read.
     *
     * @param run the run directory
     * @param events how many have been read
     * @param all how many there were when the reading began
     */
    void at(Path run, long events, long all);
}
