package org.evolvent.examples.arcade;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.arcade.game.Game;
import org.evolvent.examples.torch.Parameters;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Stateful;

/** A policy and a value in one: a convolution of 16 filters of 3 x 3, then 128 units, as in Young and Tian (2019). */
final class Network implements Stateful, AutoCloseable {
    private static final int FILTERS = 16;
    private static final int WIDTH = 3;
    private static final int PLACES = (Game.SIZE - WIDTH + 1) * (Game.SIZE - WIDTH + 1);
    private static final int UNITS = 128;
    private static final long[] ONES = {1, 1};
    private static final long[] ZEROS = {0, 0};

    private final int channels;
    private final int actions;
    private final Parameters parameters;

    /**
     * What the network says of a batch of views.
     *
     * @param logarithms of the probabilities: batch x actions
     * @param values what will still be collected, discounted: batch
     */
    record Output(Tensor logarithms, Tensor values) {}

    /** Creates one whose policy is about uniform. */
    Network(int channels, int actions, RandomSource random) {
        this.channels = channels;
        this.actions = actions;
        parameters = new Parameters(List.of(
                new long[] {FILTERS, channels, WIDTH, WIDTH},
                new long[] {FILTERS},
                new long[] {UNITS, FILTERS * PLACES},
                new long[] {UNITS},
                new long[] {actions + 1, UNITS},
                new long[] {actions + 1}));
        try (PointerScope scope = new PointerScope()) {
            fill(parameters.values(0), 2.0 / (channels * WIDTH * WIDTH), random);
            fill(parameters.values(2), 2.0 / (FILTERS * PLACES), random);
            Tensor heads = parameters.values(4);
            fill(heads.narrow(0, 0, actions), 1e-4 / UNITS, random);
            fill(heads.narrow(0, actions, 1), 1.0 / UNITS, random);
        }
    }

    private static void fill(Tensor weights, double variance, RandomSource random) {
        weights.normal_(0, Math.sqrt(variance), random.generator());
    }

    /** Returns what can be learnt. */
    Parameters parameters() {
        return parameters;
    }

    /**
     * Looks at views.
     *
     * @param views batch x (100 channels), each as {@link Game#observe} writes it
     */
    Output look(Tensor views) {
        Tensor grid = views.view(-1, Game.SIZE, Game.SIZE, channels).permute(0, 3, 1, 2);
        Tensor seen = torch.conv2d(grid, parameters.get(0), new TensorOptional(parameters.get(1)), ONES, ZEROS, ONES, 1)
                .relu_()
                .flatten(1, -1);
        Tensor units = linear(seen, 2).relu_();
        Tensor heads = linear(units, 4);
        return new Output(heads.narrow(1, 0, actions).log_softmax(1), heads.select(1, actions));
    }

    private Tensor linear(Tensor inputs, int first) {
        return torch.addmm(
                parameters.get(first + 1), inputs, parameters.get(first).t());
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
