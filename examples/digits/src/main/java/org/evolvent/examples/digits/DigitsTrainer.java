package org.evolvent.examples.digits;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;

/**
 * Trains a small network to read digits. A step is one batch. It reports {@code accuracy} on the validation images, which is the
 * objective, and {@code test_accuracy}, which nothing decides by.
 *
 * <p>What PyTorch allocates does not lie on Java's heap. Whatever a step makes dies with its {@link PointerScope}; what must survive it is
 * retained, and released by {@link #close}.
 */
public final class DigitsTrainer implements Trainer {
    /** The one file of a checkpoint. */
    static final String FILE = "trainer.bin";

    private static final int FORMAT = 1;

    private final DigitsData data;
    private final Generator generator;
    private final GeneratorOptional random;
    private final Network network;
    private final Tensor order;
    private Update update;
    private long step;
    private int position;

    /** Creates a trainer with fresh weights; {@link DigitsTrainerFactory} does it for a study. */
    DigitsTrainer(DigitsData data, Hyperparameters hyperparameters, long seed) {
        this.data = data;
        this.update = Update.of(hyperparameters);
        try (PointerScope scope = new PointerScope()) {
            generator = torch.createCPUGenerator(seed).retainReference();
            random = new GeneratorOptional(generator).retainReference();
            network = new Network(random);
            order = shuffled().retainReference();
        }
    }

    @Override
    public Report train(long steps) throws InterruptedException {
        for (long i = 0; i < steps; i++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted at step " + step);
            }
            try (PointerScope scope = new PointerScope()) {
                Tensor batch = nextBatch();
                network.step(
                        data.training().images().index_select(0, batch),
                        data.training().labels().index_select(0, batch),
                        update,
                        random);
            }
            step++;
        }
        return measured();
    }

    /** Returns the places of the next images in the training part. What is too short for a batch at the end of an epoch is left out. */
    private Tensor nextBatch() {
        if (position + update.batchSize() > data.training().size()) {
            order.copy_(shuffled());
            position = 0;
        }
        Tensor batch = order.narrow(0, position, update.batchSize());
        position += update.batchSize();
        return batch;
    }

    private Tensor shuffled() {
        TensorOptions longs = new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long));
        return torch.randperm(data.training().size(), random, longs);
    }

    /** The momentum stays: it belongs to the weights. */
    @Override
    public void apply(Hyperparameters hyperparameters) {
        update = Update.of(hyperparameters);
    }

    @Override
    public void reseed(long seed) {
        generator.set_current_seed(seed);
    }

    @Override
    public Optional<Report> evaluate() {
        return Optional.of(measured());
    }

    private Report measured() {
        return Report.of("accuracy", network.accuracy(data.validation()))
                .and("test_accuracy", network.accuracy(data.test()));
    }

    @Override
    public void save(Path directory) throws IOException {
        try (PointerScope scope = new PointerScope();
                DataOutputStream out = new DataOutputStream(
                        new BufferedOutputStream(Files.newOutputStream(directory.resolve(FILE))))) {
            out.writeInt(FORMAT);
            out.writeLong(step);
            out.writeInt(position);
            LongBuffer places = order.createBuffer();
            while (places.hasRemaining()) {
                out.writeInt((int) places.get());
            }
            ByteBuffer state = generator.get_state().createBuffer();
            out.writeInt(state.remaining());
            while (state.hasRemaining()) {
                out.writeByte(state.get());
            }
            write(network.weights(), out);
            write(network.momentum(), out);
        }
    }

    @Override
    public void restore(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        try (PointerScope scope = new PointerScope();
                DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IOException("%s has format %d but must have %d.\nMaybe another program wrote it?"
                        .formatted(file, format, FORMAT));
            }
            step = in.readLong();
            position = in.readInt();
            LongBuffer places = order.createBuffer();
            while (places.hasRemaining()) {
                places.put(in.readInt());
            }
            byte[] state = in.readNBytes(in.readInt());
            generator.set_state(Tensor.create(state, false, state.length));
            read(network.weights(), in);
            read(network.momentum(), in);
        }
    }

    private static void write(Tensor tensor, DataOutputStream out) throws IOException {
        FloatBuffer values = tensor.createBuffer();
        while (values.hasRemaining()) {
            out.writeInt(Float.floatToRawIntBits(values.get()));
        }
    }

    private static void read(Tensor tensor, DataInputStream in) throws IOException {
        FloatBuffer values = tensor.createBuffer();
        while (values.hasRemaining()) {
            values.put(Float.intBitsToFloat(in.readInt()));
        }
    }

    @Override
    public void close() {
        network.close();
        order.releaseReference();
        random.releaseReference();
        generator.releaseReference();
    }
}
