package org.evolvent.views.internal.export;

import java.nio.file.Path;
import java.util.function.Function;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;

/** Exports the run in a directory, whoever drives it, by its log alone. One thread at a time. */
public final class Exporter implements AutoCloseable {
    private final RunDirectory run;
    private final StudyFold fold;
    private final Export export;
    private long events;

    /**
     * Opens a run; nothing is exported yet.
     *
     * @param to makes the export of the study, as it is in force
     * @throws EvolventException when there is no run
     */
    public Exporter(Path directory, Function<Study, Export> to) {
        run = RunDirectory.read(directory);
        StudyFile file = StudyFile.look(run);
        fold = new StudyFold(StudyState.initial(file.begun()));
        export = to.apply(file.study());
    }

    /**
     * Exports what was logged since the last time.
     *
     * @throws EvolventException when the log is damaged, or the export cannot be written
     */
    public void follow() {
        run.events().read(events, this::add);
        export.flush();
    }

    private void add(Event event) {
        events++;
        fold.add(event);
        export.add(event);
    }

    /** Exports all that is left. Nothing is exported after that. */
    public void finish() {
        follow();
        export.finish(run, fold.state());
    }

    @Override
    public void close() {
        run.close();
    }
}
