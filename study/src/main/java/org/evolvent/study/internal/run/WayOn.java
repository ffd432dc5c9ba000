package org.evolvent.study.internal.run;

import java.util.Optional;

/**
 * How a study goes on that has stopped, for people.
 *
 * @param call what resumes it, a command or a call; empty where its directory goes when the run is closed
 */
record WayOn(Optional<String> call) {
    /** Returns that it has stopped, and what to do. */
    String after(String remedy) {
        return call.map(resume ->
                        "The study has stopped, and nothing is lost. %s, and go on with: %s".formatted(remedy, resume))
                .orElse(
                        "The study has stopped. %s, and begin again: without a directory(...) of its own there is nothing to go on with."
                                .formatted(remedy));
    }
}
