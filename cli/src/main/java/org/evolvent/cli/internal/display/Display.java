package org.evolvent.cli.internal.display;

import org.evolvent.runtime.StudyListener;

/** Shows a study while it runs. Called by the driver's thread; closing ends the showing and restores the terminal. */
public interface Display extends StudyListener, AutoCloseable {
    @Override
    void close();
}
