package org.evolvent.cli.trainers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** Like {@link Slow}, but it stands still in the middle of an interval, until it is asked to finish. */
public final class Patient implements TrainerFactory {
    /** What it says when it stands still. */
    public static final String STANDS_STILL = "It stands still.";

    private static final AtomicInteger TRAINED = new AtomicInteger();

    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        Trainer sound = new Hill.Climber(hyperparameters, seed);
        CountDownLatch asked = new CountDownLatch(1);
        return new Trainer() {
            @Override
            public Report train(long steps) throws Exception {
                if (TRAINED.incrementAndGet() <= Integer.getInteger(Slow.INTERVALS, Integer.MAX_VALUE)) {
                    return sound.train(steps);
                }
                Report report = sound.train(steps / 2).withSteps(steps / 2);
                System.out.println(STANDS_STILL);
                asked.await();
                return report;
            }

            @Override
            public boolean finish() {
                asked.countDown();
                return true;
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
