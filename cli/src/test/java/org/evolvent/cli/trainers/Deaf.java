package org.evolvent.cli.trainers;

import java.nio.file.Path;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Like {@link Slow}, but where that stands still it does not react to the interrupt of its thread either. */
public final class Deaf implements TrainerFactory {
    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        Trainer slow = new Slow().create(hyperparameters, seed);
        return new Trainer() {
            @Override
            public Report train(long steps) throws Exception {
                while (true) {
                    try {
                        return slow.train(steps);
                    } catch (InterruptedException e) {
                        // It stands still again.
                    }
                }
            }

            @Override
            public void apply(Hyperparameters changed) throws Exception {
                slow.apply(changed);
            }

            @Override
            public void save(Path directory) throws Exception {
                slow.save(directory);
            }

            @Override
            public void restore(Path directory) throws Exception {
                slow.restore(directory);
            }
        };
    }
}
