package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.internal.audit.Finding;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.store.internal.sqlite.Salvage;
import org.evolvent.study.internal.file.StudyFile;

/** How many events of a damaged log are kept when some are asked for: as many as can be trusted, and of each transaction all or none. */
final class KeptEvents {
    private KeptEvents() {}

    /**
     * Returns how many of the first events can be gone on from; as many as are asked for, or a few less.
     *
     * @param path the run, which nobody drives
     * @throws UsageException when fewer can be trusted, with how many can, or when nothing is wrong with the log
     */
    static long of(Path path, long asked) {
        requireAtLeast(asked, Salvage.FEWEST_EVENTS);
        try (RunDirectory run = RunDirectory.read(path)) {
            StudyFile file = StudyFile.written(run);
            String definition = file.definitionIn(run.events());
            if (isInOrder(run, file, definition)) {
                throw new UsageException(
                        "--keep-events is %s, but the log of %s is in order: what comes after these events would be lost for nothing.\nMaybe resume without it?"
                                .formatted(asked, path));
            }
            Auditor auditor = Auditor.trusting(file.begun(), definition);
            long trusted = trusted(run, asked, auditor);
            if (asked > trusted) {
                throw new UsageException(
                        "--keep-events is %s, but of the log of %s the first %s events can be trusted.\nMaybe %s"
                                .formatted(
                                        asked,
                                        path,
                                        trusted,
                                        trusted < Salvage.FEWEST_EVENTS
                                                ? "run the study in a new directory."
                                                : "go on from there: --keep-events " + trusted));
            }
            if (auditor.whole() < Salvage.FEWEST_EVENTS) {
                throw new EvolventException("The log of %s cannot be gone on from: %s"
                        .formatted(path, auditor.finding().map(Finding::message).orElse("it is too short")));
            }
            return auditor.whole();
        }
    }

    /** Returns whether everything in the log follows from what is before it, as far as that can be told here. */
    private static boolean isInOrder(RunDirectory run, StudyFile file, String definition) {
        Auditor auditor = file.unloaded().isEmpty()
                ? Auditor.deriving(file.begun(), definition)
                : Auditor.trusting(file.begun(), definition);
        try {
            run.events().read(auditor);
        } catch (EvolventException e) {
            return false;
        }
        auditor.end();
        return auditor.finding().isEmpty() && run.warnings().isEmpty();
    }

    private static void requireAtLeast(long asked, long fewest) {
        if (asked < fewest) {
            throw new UsageException(
                    "--keep-events is %s but must be at least %s: with less than the creation of the study and of its population there is nothing to go on with"
                            .formatted(asked, fewest));
        }
    }

    private static long trusted(RunDirectory run, long asked, Auditor auditor) {
        long[] read = {0};
        try {
            run.events().read(event -> {
                if (read[0] < asked) {
                    auditor.accept(event);
                }
                read[0]++;
            });
        } catch (EvolventException e) {
            // The question was how far it can be read.
        }
        return read[0];
    }
}
