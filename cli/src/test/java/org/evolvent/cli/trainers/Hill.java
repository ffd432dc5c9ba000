package org.evolvent.cli.trainers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Climbs -(x - 3)^2 by gradient steps of a tuned rate with a little seeded noise; {@code idle} is a hyperparameter without effect. */
public final class Hill implements TrainerFactory {
    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        return new Climber(hyperparameters, seed);
    }

    /** One model: a position and the state of a generator. */
    static final class Climber implements Trainer {
        private double rate;
        private double position;
        private long random;

        Climber(Hyperparameters hyperparameters, long seed) {
            this.random = seed;
            apply(hyperparameters);
        }

        @Override
        public Report train(long steps) throws InterruptedException {
            for (long i = 0; i < steps; i++) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                random = random * 6364136223846793005L + 1442695040888963407L;
                double noise = (random >> 11) * 0x1.0p-53 * 0.01;
                position += rate * 2 * (3 - position) + noise;
            }
            return Report.of("score", -(position - 3) * (position - 3)).and("position", position);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            rate = hyperparameters.real("rate");
        }

        @Override
        public void save(Path directory) throws IOException {
            Files.writeString(directory.resolve("model.txt"), position + " " + random);
        }

        @Override
        public void restore(Path directory) throws IOException {
            String[] parts = Files.readString(directory.resolve("model.txt")).split(" ", -1);
            position = Double.parseDouble(parts[0]);
            random = Long.parseLong(parts[1]);
        }
    }
}
