package org.evolvent.cli.trainers;

import java.nio.file.Path;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Wraps {@link Hill} with a fault that the hyperparameter {@code mood} chooses: none, nan, silent, throws, forgets, deaf or random. */
public final class Moody implements TrainerFactory {
    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        return new Faulty(new Hill.Climber(hyperparameters, seed), hyperparameters.text("mood"));
    }

    /** A trainer with a fault. */
    record Faulty(Trainer sound, String mood) implements Trainer {
        @Override
        public Report train(long steps) throws Exception {
            Report report = sound.train(steps);
            return switch (mood) {
                case "nan" -> Report.of("score", Double.NaN);
                case "silent" -> Report.of("other", 1);
                case "throws" -> throw new IllegalStateException("out of memory, say");
                case "random" -> Report.of("score", System.nanoTime());
                default -> report;
            };
        }

        @Override
        public void apply(Hyperparameters hyperparameters) throws Exception {
            if (!mood.equals("deaf")) {
                sound.apply(hyperparameters);
            }
        }

        @Override
        public void save(Path directory) throws Exception {
            sound.save(directory);
        }

        @Override
        public void restore(Path directory) throws Exception {
            if (!mood.equals("forgets")) {
                sound.restore(directory);
            }
        }
    }
}
