package org.evolvent.cli.run;

import org.evolvent.cli.study.StudyFile;
import org.evolvent.cli.study.TrainerSpec;
import org.evolvent.runtime.Executor;

/** The trainer of a study, found and ready to be put to work. */
public interface Trainers extends AutoCloseable {
    /**
     * Finds the trainer that a study file names, and the programs that its strategy asks; starts nothing.
     *
     * @throws org.evolvent.cli.study.StudyFileException when it is not there or is no trainer
     */
    static Trainers find(StudyFile file) {
        StrategyPrograms.check(file);
        if (file.trainer() instanceof TrainerSpec.InJvm inJvm) {
            return InJvmTrainers.load(inJvm);
        }
        return ProgramTrainers.find(
                (TrainerSpec.Command) file.trainer(), file.study().space(), file.resources(), StudyRun.slots(file));
    }

    /** Returns an executor whose slots are filled with this trainer. */
    Executor open(Site site);

    /** Returns whether a trainer trains on with the weights at hand; otherwise every interval begins with a restore. */
    boolean holdWeights();

    /** Frees what finding it took; executors must be closed before. */
    @Override
    void close();
}
