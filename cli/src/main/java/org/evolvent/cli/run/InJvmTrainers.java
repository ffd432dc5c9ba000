package org.evolvent.cli.run;

import java.util.Optional;
import org.evolvent.cli.study.StudyFileException;
import org.evolvent.cli.study.TrainerSpec;
import org.evolvent.cli.study.UserClasses;
import org.evolvent.runtime.Executor;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.thread.ThreadExecutor;

/** A trainer class in this JVM, from a class path of its own whose parent is the command's. */
final class InJvmTrainers implements Trainers {
    private final UserClasses classes;
    private final TrainerFactory factory;

    private InJvmTrainers(UserClasses classes, TrainerFactory factory) {
        this.classes = classes;
        this.factory = factory;
    }

    static InJvmTrainers load(TrainerSpec.InJvm spec) {
        try {
            UserClasses classes = UserClasses.of("trainer.classpath", spec.classpath(), spec.directory());
            try {
                return new InJvmTrainers(
                        classes, classes.make("trainer.java", spec.factory(), TrainerFactory.class, Optional.empty()));
            } catch (RuntimeException e) {
                classes.close();
                throw e;
            }
        } catch (IllegalArgumentException e) {
            throw new StudyFileException(spec.place(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Executor open(Site site) {
        return new ThreadExecutor(factory, site.checkpoints(), site.slots(), site.hot(), site.clock());
    }

    @Override
    public boolean holdWeights() {
        return true;
    }

    @Override
    public void close() {
        classes.close();
    }
}
