package org.evolvent.examples.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network with dropout, trained with our optimizer and with PyTorch's. */
class AdamTest {
    private static final List<long[]> SHAPES =
            List.of(new long[] {16, 5}, new long[] {16}, new long[] {3, 16}, new long[] {3});
    private static final Adam.Settings SETTINGS = new Adam.Settings(0.01, 0.8, 0.95, 1e-6, 0.1);

    @TempDir
    private Path directory;

    @BeforeAll
    static void oneThread() {
        Torch.useOneThread();
    }

    /** A model with all that a trainer has to save. */
    private static final class Model implements AutoCloseable {
        final RandomSource random;
        final Parameters parameters = new Parameters(SHAPES);
        final Adam adam = new Adam(parameters);

        Model(long seed) {
            random = new RandomSource(seed);
            parameters.weights().normal_(0, 0.5, random.generator());
        }

        void backward() {
            Tensor inputs = torch.empty(32, 5).normal_(0, 1, random.generator());
            Tensor hidden = torch.addmm(
                            parameters.get(1), inputs, parameters.get(0).t())
                    .relu();
            Tensor outputs = torch.addmm(
                    parameters.get(3),
                    random.dropout(hidden, 0.2),
                    parameters.get(2).t());
            parameters.zeroGradients();
            torch.mse_loss(outputs, inputs.narrow(1, 0, 3).mul(inputs.narrow(1, 2, 3)))
                    .backward();
        }

        void step() {
            try (PointerScope scope = new PointerScope()) {
                backward();
                adam.step(SETTINGS);
            }
        }

        float[] weights() {
            float[] values = new float[(int) parameters.size()];
            parameters.weights().<FloatBuffer>createBuffer().get(values);
            return values;
        }

        Stateful[] parts() {
            return new Stateful[] {random, parameters, adam};
        }

        @Override
        public void close() {
            adam.close();
            parameters.close();
            random.close();
        }
    }

    @Test
    void goesAsPyTorchsOwn() {
        sameAs(new Adam.Settings(0.01));
        sameAs(SETTINGS);
    }

    private static void sameAs(Adam.Settings settings) {
        try (PointerScope scope = new PointerScope();
                Model ours = new Model(1);
                Model theirs = new Model(1)) {
            Optimizer optimizer = torchs(settings, theirs.parameters);
            for (int i = 0; i < 200; i++) {
                ours.backward();
                ours.adam.step(settings);
                theirs.backward();
                optimizer.step();
            }
            assertThat(ours.weights()).isNotEqualTo(new Model(1).weights());
            assertThat(ours.weights()).containsExactly(theirs.weights(), within(1e-5f));
        }
    }

    private static Optimizer torchs(Adam.Settings settings, Parameters parameters) {
        Tensor[] all = new Tensor[SHAPES.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = parameters.get(i);
        }
        if (settings.weightDecay() == 0) {
            AdamOptions options = new AdamOptions(settings.learningRate());
            options.eps().put(settings.epsilon());
            putBetas(options.betas(), settings);
            return new org.bytedeco.pytorch.Adam(new TensorVector(all), options);
        }
        AdamWOptions options = new AdamWOptions(settings.learningRate());
        options.eps().put(settings.epsilon());
        putBetas(options.betas(), settings);
        options.weight_decay().put(settings.weightDecay());
        return new AdamW(new TensorVector(all), options);
    }

    /** GNU's standard library keeps a tuple's last element first. */
    private static void putBetas(DoublePointer betas, Adam.Settings settings) {
        betas.put(0, settings.beta2());
        betas.put(1, settings.beta1());
    }

    @Test
    void goesOnFromACheckpointBitByBit() throws Exception {
        Path file = directory.resolve("model");
        try (Model whole = new Model(1);
                Model other = new Model(2)) {
            for (int i = 0; i < 10; i++) {
                whole.step();
                other.step();
            }
            Checkpoint.write(file, 1, whole.parts());
            Checkpoint.read(file, 1, other.parts());
            for (int i = 0; i < 10; i++) {
                whole.step();
                other.step();
                assertThat(other.weights()).isEqualTo(whole.weights());
            }
        }
    }

    @Test
    void aSeedDeterminesWhatIsDrawn() {
        try (Model one = new Model(1);
                Model two = new Model(2)) {
            assertThat(one.weights()).isNotEqualTo(two.weights());
            one.random.reseed(7);
            two.random.reseed(7);
            try (PointerScope scope = new PointerScope()) {
                assertThat(draws(one).equal(draws(two))).isTrue();
            }
        }
    }

    private static Tensor draws(Model model) {
        return torch.rand(new long[] {9}, model.random.generator());
    }

    @Test
    void dropoutLeavesOutItsShareAndKeepsTheMean() {
        try (PointerScope scope = new PointerScope();
                RandomSource random = new RandomSource(1)) {
            Tensor dropped = random.dropout(torch.ones(100_000), 0.25);
            assertThat(dropped.count_nonzero().item_double()).isCloseTo(75_000, within(700.0));
            assertThat(dropped.mean().item_double()).isCloseTo(1, within(0.01));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> random.dropout(dropped, 1))
                    .withMessageContaining("1.0 but must be at least 0 and below 1");
        }
    }

    @Test
    void gradientsAreClippedTogether() {
        try (PointerScope scope = new PointerScope();
                Parameters parameters = new Parameters(SHAPES)) {
            parameters.gradients().narrow(0, 0, 2).copy_(torch.tensor(3f, 4f));
            parameters.clipGradients(6);
            assertThat(parameters.gradients().norm().item_double()).isCloseTo(5, within(1e-6));
            parameters.clipGradients(0.5);
            assertThat(parameters.gradients().narrow(0, 0, 1).item_double()).isCloseTo(0.3, within(1e-6));
            assertThat(parameters.get(0).grad().norm().item_double()).isCloseTo(0.5, within(1e-6));
        }
    }

    @Test
    void aCheckpointOfAnotherModelIsRefused() throws Exception {
        Path file = directory.resolve("model");
        try (Model model = new Model(1);
                Parameters other = new Parameters(List.of(new long[] {7}))) {
            Checkpoint.write(file, 1, model.parts());
            assertThatIOException()
                    .isThrownBy(() -> Checkpoint.read(file, 2, model.parts()))
                    .withMessageContaining("format 1 but must have 2");
            assertThatIOException()
                    .isThrownBy(() -> Checkpoint.read(file, 1, model.random, other))
                    .withMessageContaining("bytes for a tensor of 28");
            assertThatIOException()
                    .isThrownBy(() -> Checkpoint.read(file, 1, model.random, model.parameters))
                    .withMessageContaining("holds more");
        }
    }
}
