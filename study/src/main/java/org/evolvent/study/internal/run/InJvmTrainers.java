package org.evolvent.study.internal.run;

import java.util.Optional;
import org.evolvent.runtime.Executor;
import org.evolvent.study.internal.operators.UserClasses;
import org.evolvent.study.spec.SourceLocation;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.TrainerFactory;
import org.evolvent.trainer.internal.thread.ThreadExecutor;

/** Trainers in this JVM: made by an object, or by a class from a class path of its own whose parent is the command's. */
final class InJvmTrainers implements Trainers {
    private final Optional<UserClasses> classes;
    private final TrainerFactory factory;

    private InJvmTrainers(Optional<UserClasses> classes, TrainerFactory factory) {
        this.classes = classes;
        this.factory = factory;
    }

    /** Returns trainers that an object makes. */
    static InJvmTrainers of(TrainerFactory factory) {
        return new InJvmTrainers(Optional.empty(), factory);
    }

    static InJvmTrainers load(TrainerSpec.InJvm spec, SourceLocation place) {
        try {
            UserClasses classes = UserClasses.of("trainer.classpath", spec.classpath(), spec.directory());
            try {
                return new InJvmTrainers(
                        Optional.of(classes),
                        classes.make("trainer.java", spec.factory(), TrainerFactory.class, Optional.empty()));
            } catch (RuntimeException e) {
                classes.close();
                throw e;
            }
        } catch (IllegalArgumentException e) {
            throw new StudyFileException(place, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Executor open(TrainerSettings site) {
        return new ThreadExecutor(
                factory,
                site.checkpoints(),
                site.slots(),
                site.hot(),
                site.evaluations().get(),
                site.clock());
    }

    @Override
    public boolean holdWeights() {
        return true;
    }

    @Override
    public void close() {
        classes.ifPresent(UserClasses::close);
    }
}
