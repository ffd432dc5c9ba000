package org.evolvent.study.internal.run;

import java.nio.file.Path;
import java.util.List;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.trainer.internal.explore.ProgramExplore;

/** The programs that a study's strategy asks, ready to answer until they are closed. */
public final class StrategyPrograms implements AutoCloseable {
    private final List<ProgramExplore> programs;

    private StrategyPrograms(List<ProgramExplore> programs) {
        this.programs = programs;
    }

    /**
     * Checks that they are there; starts nothing.
     *
     * @throws StudyFileException when one is not
     */
    static void check(StudyFile file) {
        for (ProgramExplore program : file.programs()) {
            String name = program.command().get(0);
            if (!ProgramTrainers.isThere(name, program.directory())) {
                throw new StudyFileException(
                        file.trainerPlace().inSameFile(),
                        "strategy.explore.command begins with '%s' but there is no such program that may be executed, %s"
                                .formatted(name, name.contains("/") ? "in " + program.directory() : "on PATH"));
            }
        }
    }

    /**
     * Readies the programs of a study.
     *
     * @param logs a directory for what they print
     */
    public static StrategyPrograms open(StudyFile file, Path logs) {
        check(file);
        file.programs().forEach(program -> program.open(logs, PythonSdk.environment()));
        return new StrategyPrograms(file.programs());
    }

    @Override
    public void close() {
        programs.forEach(ProgramExplore::close);
    }
}
