package org.evolvent.cli.internal.audit;

import java.util.function.Consumer;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;

/**
 * A run and its study, to be looked at.
 *
 * @param run opened to read
 * @param file its study
 */
public record Looked(RunDirectory run, StudyFile file) {
    /** Looks at a run. */
    public static Looked at(RunDirectory run) {
        return new Looked(run, StudyFile.look(run));
    }

    /**
     * Reads the log up to its end or to an event that cannot follow the others.
     *
     * @throws EvolventException when there is such an event
     */
    public void follow(Consumer<Event> reader) {
        try {
            run.events().read(reader);
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new EvolventException(
                    "The log of %s makes no sense: %s\nMaybe 'evolvent verify' tells which event is wrong."
                            .formatted(run.path(), e.getMessage()),
                    e);
        }
    }
}
