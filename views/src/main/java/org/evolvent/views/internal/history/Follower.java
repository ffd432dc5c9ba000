package org.evolvent.views.internal.history;

import java.nio.file.Path;
import java.util.Optional;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;

/**
 * Follows the run in a directory, whoever drives it: by its log alone. One thread at a time.
 */
public final class Follower implements AutoCloseable {
    /** Reading so many takes some hundredths of a second. */
    private static final int EVENTS_BETWEEN_WORDS = 1000;

    private final RunDirectory run;
    private StudyFile file;
    private History history;

    /**
     * Opens a run and reads its log.
     *
     * @throws EvolventException when there is no run, or its log is damaged
     */
    public Follower(Path directory) {
        this(directory, Reading.SILENT);
    }

    /**
     * Opens a run and reads its log.
     *
     * @param reading is told how far that is
     * @throws EvolventException when there is no run, or its log is damaged
     */
    public Follower(Path directory, Reading reading) {
        this.run = RunDirectory.read(directory);
        this.file = StudyFile.look(run);
        this.history = new History(file.begun(), file.study());
        long all = run.events().size();
        run.events().read(event -> {
            history.add(event);
            if (history.events() % EVENTS_BETWEEN_WORDS == 0) {
                reading.at(directory, history.events(), all);
            }
        });
    }

    /**
     * Reads what was logged since the last time.
     *
     * @return whether there was anything
     * @throws EvolventException when the log is damaged
     */
    public boolean follow() {
        boolean[] isAmended = {false};
        long before = history.events();
        run.events().read(before, event -> {
            isAmended[0] |= event instanceof Event.StudyAmended;
            history.add(event);
        });
        if (isAmended[0] && before > 0) {
            // The study in force is another, and its space may be.
            readAnew();
        }
        return history.events() != before;
    }

    private void readAnew() {
        file = StudyFile.look(run);
        History anew = new History(file.begun(), file.study());
        run.events().read(anew::add);
        history = anew;
    }

    /** Returns what happened so far; to be read until the next {@link #follow}. */
    public History history() {
        return history;
    }

    /** Returns the study file as the log has it. */
    public StudyFile file() {
        return file;
    }

    /** Returns the run directory, opened to read. */
    public RunDirectory run() {
        return run;
    }

    /** Returns who drives the run at this moment, in words; empty when nobody does. */
    public Optional<String> driver() {
        return RunDirectory.driver(run.path());
    }

    @Override
    public void close() {
        run.close();
    }
}
