package org.evolvent.study.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.store.internal.run.RunDirectory;

/**
 * Stops a study whose log somebody removes, moves or replaces while it runs: an open file can be written to without a name, and nobody will ever
 * read it. Used by the driver's thread only.
 */
final class RemovedLog implements StudyListener {
    private final Path directory;
    private final Runnable stop;
    private final Optional<Object> begun;

    /**
     * Creates one for a log that is there.
     *
     * @param directory the run's
     * @param stop asks the study to stop
     */
    RemovedLog(Path directory, Runnable stop) {
        this.directory = directory;
        this.stop = stop;
        this.begun = file();
    }

    /** Looks, and returns why the study cannot go on, if so. */
    Optional<String> reason() {
        return file().equals(begun)
                ? Optional.empty()
                : Optional.of(
                        "The log of the study in %s was removed, moved or replaced while it ran. The study has stopped, and what it did since may be lost."
                                .formatted(directory));
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        if (reason().isPresent()) {
            stop.run();
        }
    }

    /** Returns what tells the log from all other files, or its path where the file system has nothing of the kind; empty when it is gone. */
    private Optional<Object> file() {
        Path log = directory.resolve(RunDirectory.EVENTS);
        try {
            Object key = Files.readAttributes(log, BasicFileAttributes.class).fileKey();
            return Optional.of(key == null ? log : key);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
