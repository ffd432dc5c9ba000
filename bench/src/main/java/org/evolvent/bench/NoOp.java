package org.evolvent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;

/** A trainer that trains nothing and saves a few bytes, all different: what remains is the cost of Evolvent. */
final class NoOp implements Trainer {
    private static final AtomicLong SERIAL = new AtomicLong();

    private final byte[] state;
    private double score;

    NoOp(Hyperparameters hyperparameters, int checkpointBytes) {
        this.state = new byte[checkpointBytes];
        apply(hyperparameters);
    }

    @Override
    public Report train(long steps) {
        return Report.of("score", score);
    }

    @Override
    public void apply(Hyperparameters hyperparameters) {
        score = hyperparameters.real("x");
    }

    @Override
    public void save(Path directory) throws IOException {
        long serial = SERIAL.getAndIncrement();
        for (int i = 0; i < Long.BYTES && i < state.length; i++) {
            state[i] = (byte) (serial >>> (8 * i));
        }
        Files.write(directory.resolve("state"), state);
    }

    @Override
    public void restore(Path directory) throws IOException {
        Files.readAllBytes(directory.resolve("state"));
    }
}
