package org.evolvent.cli.trainers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Like {@link Slow}, and as {@link Moody} as its hyperparameter {@code mood} says; it saves so many zeros more as {@code ballast} says. */
public final class Laden implements TrainerFactory {
    private final Slow slow = new Slow();

    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        Trainer moody = new Moody.Faulty(slow.create(hyperparameters, seed), hyperparameters.text("mood"));
        return new Trainer() {
            private int ballast = hyperparameters.integer("ballast");

            @Override
            public Report train(long steps) throws Exception {
                return moody.train(steps);
            }

            @Override
            public void apply(Hyperparameters changed) throws Exception {
                moody.apply(changed);
                ballast = changed.integer("ballast");
            }

            @Override
            public void save(Path directory) throws Exception {
                moody.save(directory);
                Files.write(directory.resolve("ballast.bin"), new byte[ballast]);
            }

            @Override
            public void restore(Path directory) throws Exception {
                moody.restore(directory);
            }
        };
    }
}
