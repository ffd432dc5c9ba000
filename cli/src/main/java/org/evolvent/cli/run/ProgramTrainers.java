package org.evolvent.cli.run;

import org.evolvent.cli.study.StudyFileException;
import org.evolvent.cli.study.TrainerSpec;
import org.evolvent.runtime.Executor;

/** A program that trains. */
final class ProgramTrainers implements Trainers {
    private ProgramTrainers() {}

    static ProgramTrainers find(TrainerSpec.Command spec) {
        throw new StudyFileException(
                spec.place(),
                "trainer.command is %s, but this version runs trainers in the JVM only (trainer.java)"
                        .formatted(spec.words()));
    }

    @Override
    public Executor open(Site site) {
        throw new IllegalStateException("Nobody can find a program yet");
    }

    @Override
    public void close() {}
}
