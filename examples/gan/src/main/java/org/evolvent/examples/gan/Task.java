package org.evolvent.examples.gan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * What is to be drawn, and who judges it.
 *
 * @param training the images that the discriminator sees
 * @param test real images that it never sees, for scores to be compared with
 * @param judge who scores
 * @param real the judge's features of the test images
 */
record Task(Images training, Images test, Judge judge, Gaussian real) {
    static final String USAGE = """
            DATA is one of
              mnist               handwritten digits, judged by a network of others; the variable MNIST may name their folder
              fashion-mnist       clothes, judged by a network that comes with this example; FASHION_MNIST may name their folder
              images PLACE JUDGE  a folder or zip that has a folder of images for each class; examples/gan/judge makes the JUDGE\
            """;

    private static final String MNIST_JUDGE = "cnn_mnist.onnx";
    private static final int CLASSES = 10;

    /** Images without a judge. */
    record Data(Images training, Images test) {}

    /**
     * Reads images and judge.
     *
     * @param words as {@link #USAGE} says; those after it are ignored
     * @throws IllegalArgumentException if the words are others
     * @throws MissingDataException if a file is not there
     */
    static Task read(List<String> words, Map<String, String> environment) throws IOException, MissingDataException {
        Data data = data(words, environment);
        return of(
                data,
                switch (words.get(0)) {
                    case "mnist" -> new OnnxJudge(Place.MNIST.find(environment).resolve(MNIST_JUDGE));
                    case "fashion-mnist" -> TrainedJudge.included("fashion-mnist.judge", data.training);
                    default -> TrainedJudge.read(existing(words, 2, "JUDGE"), data.training);
                });
    }

    /** Reads images only. */
    static Data data(List<String> words, Map<String, String> environment) throws IOException, MissingDataException {
        String name = words.isEmpty() ? "" : words.get(0);
        return switch (name) {
            case "mnist" -> idx(Place.MNIST.find(environment));
            case "fashion-mnist" -> idx(Place.FASHION_MNIST.find(environment));
            case "images" -> ImageFiles.read(existing(words, 1, "PLACE"));
            default ->
                throw new IllegalArgumentException(
                        "DATA is '%s' but must be one of mnist, fashion-mnist and images".formatted(name));
        };
    }

    private static Data idx(Path folder) throws IOException {
        return new Data(
                IdxFiles.read(
                        folder.resolve("train-images-idx3-ubyte.gz"),
                        folder.resolve("train-labels-idx1-ubyte.gz"),
                        CLASSES),
                IdxFiles.read(
                        folder.resolve("t10k-images-idx3-ubyte.gz"),
                        folder.resolve("t10k-labels-idx1-ubyte.gz"),
                        CLASSES));
    }

    private static Path existing(List<String> words, int index, String name) throws MissingDataException {
        if (words.size() <= index) {
            throw new IllegalArgumentException("images PLACE JUDGE has no " + name);
        }
        Path path = Path.of(words.get(index));
        if (!Files.exists(path)) {
            throw new MissingDataException("The %s %s does not exist".formatted(name, path.toAbsolutePath()));
        }
        return path;
    }

    /** Lets a judge look at the test images. */
    static Task of(Data data, Judge judge) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            Judge.Opinion opinion = judge.look(data.test.parts(0, data.test.count()));
            Gaussian real = Gaussian.of(opinion.features());
            real.mean().retainReference();
            real.covariance().retainReference();
            return new Task(data.training, data.test, judge, real);
        }
    }

    /** Scores parts of drawn images, or of real ones. To be called inside a scope. */
    Scores score(List<Tensor> parts) {
        try (NoGradGuard guard = new NoGradGuard()) {
            return Scores.of(judge.look(parts), real);
        }
    }
}
