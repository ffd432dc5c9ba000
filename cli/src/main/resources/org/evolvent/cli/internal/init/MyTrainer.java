import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.evolvent.trainer.TrainerFactory;

/** A trainer for Evolvent: replace the perceptron by your model. */
public final class MyTrainer implements TrainerFactory {
    @Override
    public Trainer create(Hyperparameters hyperparameters, long seed) throws Exception {
        Perceptron model = new Perceptron(seed);
        model.apply(hyperparameters);
        return model;
    }

    /** Learns which side of a line a point of the plane is on. */
    private static final class Perceptron implements Trainer {
        private double learningRate;
        private double momentum;
        private final double[] weights = new double[3];
        private final double[] velocity = new double[3];
        private long random;

        Perceptron(long seed) {
            random = seed; // All randomness comes from the seed, so that a study can be repeated.
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            learningRate = hyperparameters.real("learning_rate");
            momentum = hyperparameters.real("momentum");
        }

        @Override
        public Report train(long steps) {
            for (long step = 0; step < steps; step++) {
                Random generator = new Random(random);
                double[] point = {generator.nextGaussian(), generator.nextGaussian(), 1};
                double error = side(point) - 1 / (1 + Math.exp(-output(point)));
                for (int i = 0; i < weights.length; i++) {
                    velocity[i] = momentum * velocity[i] + learningRate * error * point[i];
                    weights[i] += velocity[i];
                }
                random = generator.nextLong();
            }
            return Report.of("accuracy", accuracy());
        }

        /** Draws from another stream: the weights are another model's, which draws from the one that was restored. */
        @Override
        public void reseed(long seed) {
            random = seed;
        }

        /** What train would report now: a restored model scores as it did when it was saved. */
        @Override
        public Optional<Report> evaluate() {
            return Optional.of(Report.of("accuracy", accuracy()));
        }

        /** The score: always on the same points, which are not trained on. */
        private double accuracy() {
            Random held = new Random(42);
            int right = 0;
            for (int i = 0; i < 1000; i++) {
                double[] point = {held.nextGaussian(), held.nextGaussian(), 1};
                right += (output(point) > 0 ? 1 : 0) == side(point) ? 1 : 0;
            }
            return right / 1000.0;
        }

        private double output(double[] point) {
            return weights[0] * point[0] + weights[1] * point[1] + weights[2] * point[2];
        }

        private static int side(double[] point) {
            return 0.7 * point[0] - 1.3 * point[1] + 0.4 > 0 ? 1 : 0;
        }

        /** Everything that training depends on: weights, the optimizer's state, the random generator. */
        @Override
        public void save(Path directory) throws Exception {
            StringBuilder text = new StringBuilder().append(random);
            for (int i = 0; i < weights.length; i++) {
                text.append(' ').append(weights[i]).append(' ').append(velocity[i]);
            }
            Files.writeString(directory.resolve("model.txt"), text);
        }

        @Override
        public void restore(Path directory) throws Exception {
            String[] numbers = Files.readString(directory.resolve("model.txt")).split(" ");
            random = Long.parseLong(numbers[0]);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Double.parseDouble(numbers[1 + 2 * i]);
                velocity[i] = Double.parseDouble(numbers[2 + 2 * i]);
            }
        }
    }
}
