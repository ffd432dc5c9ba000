package org.evolvent.cli.trainers;

import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Like {@link Hill}, but in a child process that is to be killed it stops for good after so many intervals: there is always something left to do. */
public final class Slow implements TrainerFactory {
    /** The name of the property with the number of intervals; without it nothing is slow. */
    public static final String INTERVALS = "evolvent.test.intervals";

    private static final java.util.concurrent.atomic.AtomicInteger TRAINED =
            new java.util.concurrent.atomic.AtomicInteger();

    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        Trainer sound = new Hill.Climber(hyperparameters, seed);
        return new Trainer() {
            @Override
            public Report train(long steps) throws Exception {
                if (TRAINED.incrementAndGet() > Integer.getInteger(INTERVALS, Integer.MAX_VALUE)) {
                    new java.util.concurrent.CountDownLatch(1).await();
                }
                return sound.train(steps);
            }

            @Override
            public void apply(Hyperparameters changed) throws Exception {
                sound.apply(changed);
            }

            @Override
            public void save(Path directory) throws Exception {
                sound.save(directory);
                Files.writeString(directory.resolve("constant.txt"), "the same for all");
            }

            @Override
            public void restore(Path directory) throws Exception {
                sound.restore(directory);
            }
        };
    }
}
