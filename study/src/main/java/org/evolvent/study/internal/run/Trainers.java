package org.evolvent.study.internal.run;

import org.evolvent.core.space.SearchSpace;
import org.evolvent.runtime.Executor;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.TrainerFactory;

/** The trainer of a study, found and ready to be put to work. */
public interface Trainers extends AutoCloseable {
    /**
     * Finds the trainer that a study file names, and the programs that its strategy asks; starts nothing.
     *
     * @throws StudyFileException when it is not there or is no trainer
     */
    static Trainers find(StudyFile file) {
        StrategyPrograms.check(file);
        SearchSpace space = file.study().space();
        if (file.trainer() instanceof TrainerSpec.InJvm inJvm) {
            return ActiveTrainers.of(InJvmTrainers.load(inJvm, file.trainerPlace()), space);
        }
        if (file.trainer() instanceof TrainerSpec.Command command) {
            return ActiveTrainers.of(
                    ProgramTrainers.find(command, file.trainerPlace(), space, file.resources(), RunSession.slots(file)),
                    space);
        }
        throw new StudyFileException(
                file.trainerPlace(),
                "trainer is an object of the program that began this study, which alone can go on with it: StudyRun.resume(directory)");
    }

    /** Returns trainers that an object of this program makes. */
    static Trainers of(TrainerFactory factory, SearchSpace space) {
        return ActiveTrainers.of(InJvmTrainers.of(factory), space);
    }

    /** Returns an executor whose slots are filled with this trainer. */
    Executor open(TrainerSettings site);

    /** Returns whether a trainer trains on with the weights at hand; otherwise every interval begins with a restore. */
    boolean holdWeights();

    /** Frees what finding it took; executors must be closed before. */
    @Override
    void close();
}
