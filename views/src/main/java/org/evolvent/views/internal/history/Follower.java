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
    private long logged;

    private Follower(RunDirectory run) {
        this.run = run;
        this.file = StudyFile.look(run);
        this.history = new History(file.begun(), file.study());
        this.logged = run.events().size();
    }

    /**
     * Opens a run, and reads nothing of what happened yet.
     *
     * @throws EvolventException when there is no run, or its log is damaged at its beginning
     */
    public static Follower open(Path directory) {
        return new Follower(RunDirectory.read(directory));
    }

    /**
     * Opens a run and reads its log.
     *
     * @throws EvolventException when there is no run, or its log is damaged
     */
    public static Follower whole(Path directory) {
        return whole(directory, Reading.SILENT);
    }

    /**
     * Opens a run and reads its log.
     *
     * @param reading is told how far that is
     * @throws EvolventException when there is no run, or its log is damaged
     */
    public static Follower whole(Path directory, Reading reading) {
        Follower follower = open(directory);
        do {
            boolean unused = follower.follow(EVENTS_BETWEEN_WORDS);
            reading.at(directory, follower.history.events(), follower.logged);
        } while (!follower.isWhole());
        return follower;
    }

    /**
     * Reads what was logged since the last time.
     *
     * @return whether there was anything
     * @throws EvolventException when the log is damaged
     */
    public boolean follow() {
        boolean grew = false;
        do {
            grew |= follow(Long.MAX_VALUE - history.events());
        } while (!isWhole());
        return grew;
    }

    /**
     * Reads the next events that were logged since the last time.
     *
     * @param most how many at most
     * @return whether there was anything
     * @throws EvolventException when the log is damaged; what could be read was
     */
    public boolean follow(long most) {
        logged = run.events().size();
        boolean[] isAnother = {false};
        long before = history.events();
        run.events().read(before, most, event -> {
            isAnother[0] |= event instanceof Event.StudyAmended amended && !history.expects(amended);
            if (!isAnother[0]) {
                history.add(event);
            }
        });
        if (isAnother[0]) {
            // The study was amended since it was opened. Its space may be another, which all that happened is seen in.
            file = StudyFile.look(run);
            history = new History(file.begun(), file.study());
        }
        return isAnother[0] || history.events() != before;
    }

    /** Returns whether all has been read that had been logged at the last look. */
    public boolean isWhole() {
        return history.events() >= logged;
    }

    /** Returns how many events had been logged at the last look. */
    public long logged() {
        return logged;
    }

    /** Returns what happened, as far as it has been read; to be read until the next {@link #follow}. */
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
