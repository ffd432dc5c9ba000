package org.evolvent.cli.trainers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Learns at its rate, and by luck that its seed alone decides: what it saves says nothing of it, so that whoever copies has luck of its own. */
public final class Forgetful implements TrainerFactory {
    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        return new Learner(hyperparameters, seed);
    }

    private static final class Learner implements Trainer {
        private final double luck;
        private double rate;
        private double learned;

        Learner(Hyperparameters hyperparameters, long seed) {
            this.luck = (seed >>> 11) * 0x1.0p-53;
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) {
            learned += steps * (rate + 0.1 * luck);
            return Report.of("score", learned);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            rate = hyperparameters.real("rate");
        }

        @Override
        public void save(Path directory) throws IOException {
            Files.writeString(directory.resolve("model.txt"), Double.toString(learned));
        }

        @Override
        public void restore(Path directory) throws IOException {
            learned = Double.parseDouble(Files.readString(directory.resolve("model.txt")));
        }
    }
}
