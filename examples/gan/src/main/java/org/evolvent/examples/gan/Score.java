package org.evolvent.examples.gan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;

/**
 * Scores checkpoints on images drawn from latents that no study has seen, and beside them as many real images: 10 splits of 1,000 images, where
 * there are that many.
 */
final class Score {
    private static final int IMAGES = 10 * Scores.SPLIT;
    private static final long LATENT_SEED = 1706;

    private Score() {}

    /** Arguments: {@link Task#USAGE}, then directories of checkpoints. */
    public static void main(String[] arguments) throws Exception {
        Usage.check("examples/gan/score DATA CHECKPOINT...\n" + Task.USAGE, () -> {
            Torch.useOneThread();
            List<String> words = List.of(arguments);
            Task task = Task.read(words, System.getenv());
            System.out.printf("%-40s %18s %17s%n", "", "inception score", "Fréchet distance");
            scoreReal(task);
            for (String checkpoint : words.subList(words.get(0).equals("images") ? 3 : 1, words.size())) {
                score(task, Path.of(checkpoint));
            }
        });
    }

    /** Real images may be sorted by class; so they are drawn, too. */
    private static void scoreReal(Task task) {
        int count = Math.min(IMAGES, task.test().count() / Scores.SPLIT * Scores.SPLIT);
        if (count == 0) {
            System.out.println("real images: there are too few");
            return;
        }
        try (PointerScope scope = new PointerScope();
                RandomSource random = new RandomSource(LATENT_SEED)) {
            TensorOptions longs = new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long));
            Tensor order = torch.randperm(task.test().count(), random.generator(), longs);
            List<Tensor> parts = new ArrayList<>();
            for (int first = 0; first < count; first += Scores.SPLIT) {
                parts.add(task.test().get(order.narrow(0, first, Scores.SPLIT)));
            }
            print("real images", task.score(parts));
        }
    }

    private static void score(Task task, Path checkpoint) throws Exception {
        try (PointerScope scope = new PointerScope();
                RandomSource random = new RandomSource(LATENT_SEED);
                Generator generator = new Generator(
                        task.training().channels(), task.training().side(), random)) {
            Checkpoint.read(checkpoint.resolve(GanTrainer.GENERATOR), GanTrainer.FORMAT, generator);
            random.reseed(LATENT_SEED);
            print(checkpoint.toString(), task.score(generator.draw(IMAGES, random)));
        }
    }

    private static void print(String name, Scores scores) {
        double mean = scores.score();
        double squares = scores.inception().stream()
                .mapToDouble(split -> (split - mean) * (split - mean))
                .sum();
        double deviation = Math.sqrt(squares / Math.max(1, scores.inception().size() - 1));
        System.out.printf("%-40s %9.3f ± %6.3f %17.2f%n", name, mean, deviation, scores.distance());
    }
}
