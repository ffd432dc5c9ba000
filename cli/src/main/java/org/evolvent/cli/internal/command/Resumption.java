package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyAmendment;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Trainers;

/**
 * Goes on with a run, amended where it is asked to be: the common part of {@code resume} and {@code run --or-resume}.
 *
 * @param takeOver whether a driver on another host is believed to be dead
 * @param copies whether members that join begin with copied weights
 */
record Resumption(
        Context context,
        boolean copies,
        boolean takeOver,
        boolean json,
        Optional<ExportFormat> format,
        Products products) {
    /**
     * Goes on with the run in a directory, to its end or to a signal; returns the exit code.
     *
     * @param check throws when the study is not to be gone on with; it is not amended then
     */
    int of(Path path, List<Setting> settings, Consumer<StudyFile> check) {
        try (RunDirectory run = RunDirectory.open(path, takeOver)) {
            StudyFile asked = StudyFile.of(run, settings);
            check.accept(asked);
            try (Trainers trainers = Trainers.find(asked)) {
                StudyAmendment.Made made =
                        StudyAmendment.apply(run, asked, copies, context.clock().instant());
                PrintStream progress =
                        json ? context.console().err() : context.console().out();
                made.changes().forEach(change -> progress.println(StudyAmendment.words(change)));
                return new StudySession(context, made.file(), trainers, json, format, products).run(run);
            }
        }
    }
}
