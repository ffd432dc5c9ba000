package org.evolvent.examples.torch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Random draws of PyTorch that belong to one trainer: PyTorch's own generator is shared by all that is in the process. */
public final class RandomSource implements Stateful, AutoCloseable {
    private final Retained retained = new Retained();
    private final Generator generator;
    private final GeneratorOptional argument;

    /** Creates one whose draws depend on the seed only. */
    public RandomSource(long seed) {
        try (PointerScope scope = new PointerScope()) {
            generator = retained.keep(torch.createCPUGenerator(seed));
            argument = retained.keep(new GeneratorOptional(generator));
        }
    }

    /** Returns what PyTorch's functions draw from when it is passed to them. */
    public GeneratorOptional generator() {
        return argument;
    }

    /** Begins anew, with the draws of this seed. */
    public void reseed(long seed) {
        generator.set_current_seed(seed);
    }

    /**
     * Leaves out a share of units and scales the others up, so that their mean stays. {@code torch.dropout} takes no generator.
     *
     * @param units of any shape
     * @param rate the share that is left out, in [0, 1); with 0 nothing is drawn
     * @return a new tensor, or the same when nothing is left out
     */
    public Tensor dropout(Tensor units, double rate) {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException(
                    "The rate of dropout is %s but must be at least 0 and below 1".formatted(rate));
        }
        if (rate == 0) {
            return units;
        }
        double kept = 1 - rate;
        return units.mul(torch.empty_like(units).bernoulli_(kept, argument).div_(new Scalar(kept)));
    }

    @Override
    public void write(DataOutput out) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            ByteBuffer buffer = generator.get_state().createBuffer();
            byte[] state = new byte[buffer.remaining()];
            buffer.get(state);
            out.writeInt(state.length);
            out.write(state);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        byte[] state = new byte[in.readInt()];
        in.readFully(state);
        try (PointerScope scope = new PointerScope()) {
            generator.set_state(Tensor.create(state, false, state.length));
        }
    }

    @Override
    public void close() {
        retained.close();
    }
}
