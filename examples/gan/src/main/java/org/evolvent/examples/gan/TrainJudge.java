package org.evolvent.examples.gan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Adam;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;

/** Trains a judge on the labelled images, and says how good it is on the test images. */
final class TrainJudge {
    private static final long SEED = 1;
    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 2e-3;

    private TrainJudge() {}

    /** Arguments: the file to be written, how many epochs, then {@link Task#USAGE} without its judge. */
    public static void main(String[] arguments) throws Exception {
        Usage.check("examples/gan/judge FILE EPOCHS DATA\n" + Task.USAGE, () -> {
            if (arguments.length < 3) {
                throw new IllegalArgumentException("There are too few arguments");
            }
            Path file = Path.of(arguments[0]);
            if (Files.exists(file)) {
                throw new IllegalArgumentException("FILE %s exists already".formatted(file));
            }
            int epochs = Integer.parseInt(arguments[1]);
            Torch.useOneThread();
            Task.Data data = Task.data(List.of(arguments).subList(2, arguments.length), System.getenv());
            try (TrainedJudge judge = trained(data, epochs)) {
                judge.write(file);
            }
        });
    }

    private static TrainedJudge trained(Task.Data data, int epochs) {
        Images images = data.training();
        TrainedJudge judge = new TrainedJudge(images.channels(), images.side(), images.classes());
        try (RandomSource random = new RandomSource(SEED);
                Adam adam = new Adam(judge.parameters())) {
            judge.draw(random);
            for (int epoch = 0; epoch < epochs; epoch++) {
                // Down to nothing in a line.
                double rate = LEARNING_RATE * (epochs - epoch) / epochs;
                learn(judge, images, random, adam, rate);
                System.out.printf(
                        "epoch %d of %d: accuracy on test images %.4f%n",
                        epoch + 1, epochs, accuracy(judge, data.test()));
            }
        }
        return judge;
    }

    private static void learn(TrainedJudge judge, Images images, RandomSource random, Adam adam, double rate) {
        try (PointerScope epoch = new PointerScope()) {
            TensorOptions longs = new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long));
            Tensor order = torch.randperm(images.count(), random.generator(), longs);
            for (int first = 0; first + BATCH <= images.count(); first += BATCH) {
                try (PointerScope step = new PointerScope()) {
                    Tensor places = order.narrow(0, first, BATCH);
                    judge.parameters().zeroGradients();
                    Tensor outputs = judge.outputs(judge.features(images.get(places)));
                    torch.cross_entropy_loss(outputs, images.labels().index_select(0, places))
                            .backward();
                    adam.step(new Adam.Settings(rate));
                }
            }
        }
    }

    private static double accuracy(Judge judge, Images images) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            return judge.accuracy(images);
        }
    }
}
