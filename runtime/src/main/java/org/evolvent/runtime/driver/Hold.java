package org.evolvent.runtime.driver;

import org.evolvent.runtime.StudyListener;

/** Whether somebody wants that no attempt begins. Any thread may want it; the driver's looks. */
final class Hold {
    private volatile boolean wanted;
    private boolean told;

    void want(boolean whether) {
        wanted = whether;
    }

    /** Returns whether the study is held, and tells that where it is new. */
    boolean isHeld(StudyListener listener) {
        if (wanted != told) {
            told = !told;
            if (told) {
                listener.paused("The study is held: what is under way goes on to its end, and nothing else begins.");
            } else {
                listener.unpaused();
            }
        }
        return told;
    }
}
