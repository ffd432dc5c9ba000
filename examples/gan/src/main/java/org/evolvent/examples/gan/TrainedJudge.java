package org.evolvent.examples.gan;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.Parameters;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Stateful;

/** A judge of our own: two convolutions with pooling, 64 units, classes. {@link TrainJudge} trains it. Its features are the 64 units. */
final class TrainedJudge implements Judge, Stateful {
    private static final int FORMAT = 1;
    private static final int WIDTH = 5;
    private static final int FIRST = 16;
    private static final int SECOND = 32;
    private static final int UNITS = 64;
    private static final long[] ONES = {1, 1};
    private static final long[] ZEROS = {0, 0};
    private static final long[] TWOS = {2, 2};

    private final Parameters parameters;

    /**
     * Creates one that knows nothing.
     *
     * @param channels of an image
     * @param side width, and height, of an image in pixels: at least 16
     */
    TrainedJudge(int channels, int side, int classes) {
        int first = (side - WIDTH + 1) / 2;
        int second = (first - WIDTH + 1) / 2;
        parameters = new Parameters(List.of(
                new long[] {FIRST, channels, WIDTH, WIDTH},
                new long[] {FIRST},
                new long[] {SECOND, FIRST, WIDTH, WIDTH},
                new long[] {SECOND},
                new long[] {UNITS, (long) SECOND * second * second},
                new long[] {UNITS},
                new long[] {classes, UNITS},
                new long[] {classes}));
    }

    /** Reads one for images of this shape, and with as many classes. */
    static TrainedJudge read(Path file, Images images) throws IOException {
        TrainedJudge judge = new TrainedJudge(images.channels(), images.side(), images.classes());
        Checkpoint.read(file, FORMAT, judge);
        return judge;
    }

    /** Reads the one that comes with this example. */
    static TrainedJudge included(String name, Images images) throws IOException {
        try (InputStream in = TrainedJudge.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("The class path has no %s beside %s.\nMaybe the jar is not complete?"
                        .formatted(name, TrainedJudge.class.getName()));
            }
            TrainedJudge judge = new TrainedJudge(images.channels(), images.side(), images.classes());
            Checkpoint.read(in, name, FORMAT, judge);
            return judge;
        }
    }

    /** Writes it into a file that does not exist. */
    void write(Path file) throws IOException {
        Checkpoint.write(file, FORMAT, this);
    }

    /** Draws fresh weights (He et al. 2015). */
    void draw(RandomSource random) {
        try (PointerScope scope = new PointerScope()) {
            for (int layer = 0; layer < 8; layer += 2) {
                Tensor weights = parameters.values(layer);
                double inputs = (double) weights.numel() / weights.size(0);
                weights.normal_(0, Math.sqrt(2 / inputs), random.generator());
            }
        }
    }

    /** Returns what can be learnt. */
    Parameters parameters() {
        return parameters;
    }

    @Override
    public Opinion look(Tensor images) {
        Tensor features = features(images);
        return new Opinion(outputs(features).softmax(1), features);
    }

    /** Returns images x classes: the logarithms of the odds, but for a constant in each row. */
    Tensor outputs(Tensor features) {
        return linear(features, 6);
    }

    /** Returns images x 64 features. */
    Tensor features(Tensor images) {
        return linear(pooled(pooled(images, 0), 2).flatten(1, -1), 4).relu_();
    }

    private Tensor pooled(Tensor inputs, int layer) {
        Tensor bias = parameters.get(layer + 1);
        Tensor outputs = torch.conv2d(inputs, parameters.get(layer), new TensorOptional(bias), ONES, ZEROS, ONES, 1);
        return torch.max_pool2d(outputs, TWOS, TWOS, ZEROS, ONES, false).relu_();
    }

    private Tensor linear(Tensor inputs, int layer) {
        return torch.addmm(
                parameters.get(layer + 1), inputs, parameters.get(layer).t());
    }

    @Override
    public void write(DataOutput out) throws IOException {
        parameters.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        parameters.read(in);
    }

    @Override
    public void close() {
        parameters.close();
    }
}
