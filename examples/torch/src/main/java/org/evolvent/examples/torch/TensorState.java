package org.evolvent.examples.torch;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor as a part of a checkpoint: running statistics of a batch normalization, say.
 *
 * @param tensor on the CPU and contiguous, of any type; reading writes into it
 */
public record TensorState(Tensor tensor) implements Stateful {
    public TensorState {
        if (!tensor.is_contiguous()) {
            throw new IllegalArgumentException("The tensor is not contiguous.\nMaybe take contiguous() of it?");
        }
    }

    @Override
    public void write(DataOutput out) throws IOException {
        byte[] bytes = new byte[size()];
        try (PointerScope scope = new PointerScope()) {
            memory().get(bytes);
        }
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    @Override
    public void read(DataInput in) throws IOException {
        int size = in.readInt();
        if (size != size()) {
            throw new IOException(
                    "There are %d bytes for a tensor of %d.\nMaybe the checkpoint is of a model of another shape?"
                            .formatted(size, size()));
        }
        byte[] bytes = new byte[size];
        in.readFully(bytes);
        try (PointerScope scope = new PointerScope()) {
            memory().put(bytes);
        }
    }

    private int size() {
        return Math.toIntExact(tensor.nbytes());
    }

    private ByteBuffer memory() {
        return new BytePointer(tensor.data_ptr()).capacity(size()).asByteBuffer();
    }
}
