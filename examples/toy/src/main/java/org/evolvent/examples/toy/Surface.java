package org.evolvent.examples.toy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/**
 * The toy of figure 2 (Jaderberg et al. 2017, section 2). The model is two weights. What counts is Q = 1.2 - (w0^2 + w1^2), but training
 * can only climb 1.2 - (h0 w0^2 + h1 w1^2), whose hyperparameters h0 and h1 say along which axes. With h = (1, 0) the second weight
 * never moves and Q stays below 0.39; the best possible Q is 1.2.
 */
public final class Surface implements TrainerFactory {
    private static final double LEARNING_RATE = 0.02;
    private static final double START = 0.9;

    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) {
        return new Climber(hyperparameters);
    }

    private static final class Climber implements Trainer {
        private final double[] weights = {START, START};
        private double h0;
        private double h1;

        private Climber(Hyperparameters hyperparameters) {
            apply(hyperparameters);
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            h0 = hyperparameters.real("h0");
            h1 = hyperparameters.real("h1");
        }

        @Override
        public Report train(long steps) {
            for (long step = 0; step < steps; step++) {
                weights[0] -= LEARNING_RATE * 2 * h0 * weights[0];
                weights[1] -= LEARNING_RATE * 2 * h1 * weights[1];
            }
            double quality = 1.2 - (weights[0] * weights[0] + weights[1] * weights[1]);
            return new Report(Map.of("Q", quality, "w0", weights[0], "w1", weights[1]), List.of());
        }

        @Override
        public void save(Path directory) throws Exception {
            List<String> lines =
                    Arrays.stream(weights).mapToObj(Double::toString).toList();
            Files.write(directory.resolve("weights.txt"), lines);
        }

        @Override
        public void restore(Path directory) throws Exception {
            List<String> lines = Files.readAllLines(directory.resolve("weights.txt"));
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Double.parseDouble(lines.get(i));
            }
        }
    }
}
