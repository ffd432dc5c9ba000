package org.evolvent.examples.gan;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A small network for MNIST that others have trained ({@code cnn_mnist.onnx} of oracle/tribuo): nobody can have bent it to the score. Its
 * features are the 50 units below its last layer.
 */
final class OnnxJudge implements Judge {
    private static final String INPUT = "input_image";
    private static final String OUTPUT = "output_probs";
    private static final String FEATURES = "18";
    private static final double MEAN = 0.1307;
    private static final double DEVIATION = 0.3081;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** Loads the network. */
    OnnxJudge(Path file) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(withFeatures(Files.readAllBytes(file)), options);
        } catch (OrtException e) {
            throw new IOException("%s is no network for images of digits: %s".formatted(file, e.getMessage()), e);
        }
    }

    /**
     * Makes an inner value an output. Two messages of protobuf one after another are one that has the elements of both, so this appends a
     * model (field 7) whose graph has an output (field 12) of that name (field 1).
     */
    private static byte[] withFeatures(byte[] model) {
        byte[] name = FEATURES.getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(model);
        all.writeBytes(new byte[] {7 << 3 | 2, (byte) (name.length + 4), 12 << 3 | 2, (byte) (name.length + 2)});
        all.writeBytes(new byte[] {1 << 3 | 2, (byte) name.length});
        all.writeBytes(name);
        return all.toByteArray();
    }

    @Override
    public Opinion look(Tensor images) {
        Tensor inputs = images.add(new Scalar(1))
                .div_(new Scalar(2))
                .sub_(new Scalar(MEAN))
                .div_(new Scalar(DEVIATION));
        FloatBuffer values = inputs.contiguous().createBuffer();
        try (OnnxTensor input = OnnxTensor.createTensor(
                        environment, values, images.sizes().vec().get());
                OrtSession.Result result = session.run(Map.of(INPUT, input))) {
            return new Opinion(output(result, OUTPUT).exp_(), output(result, FEATURES));
        } catch (OrtException e) {
            throw new IllegalStateException("The judge of digits failed: " + e.getMessage(), e);
        }
    }

    private static Tensor output(OrtSession.Result result, String name) throws OrtException {
        float[][] rows = (float[][]) result.get(name).orElseThrow().getValue();
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[0].length, rows[0].length);
        }
        return Tensor.create(flat, rows.length, rows[0].length);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("The judge of digits cannot be closed: " + e.getMessage(), e);
        }
    }
}
