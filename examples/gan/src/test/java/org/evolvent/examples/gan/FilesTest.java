package org.evolvent.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from files, and what is said of wrong ones. */
class FilesTest {
    @TempDir
    private Path directory;

    private Path idx(String name, int dimensions, int[] extents, int... bytes) throws IOException {
        Path file = directory.resolve(name);
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeInt(0x800 | dimensions);
            for (int extent : extents) {
                out.writeInt(extent);
            }
            for (int b : bytes) {
                out.writeByte(b);
            }
        }
        return file;
    }

    @Test
    void idxFilesHaveBytesRowByRow() throws Exception {
        Path images = idx("images", 3, new int[] {2, 1, 2}, 0, 255, 51, 204);
        Path labels = idx("labels", 1, new int[] {2}, 3, 0);
        Images read = IdxFiles.read(images, labels, 4);
        assertThat(read.count()).isEqualTo(2);
        assertThat(read.channels()).isEqualTo(1);
        try (PointerScope scope = new PointerScope()) {
            assertThat(floats(read.get(Tensor.create(1L, 0L)))).containsExactly(-0.6f, 0.6f, -1f, 1f);
            assertThat(read.labels().get(0).item_long()).isEqualTo(3);
        }
    }

    @Test
    void wrongIdxFilesAreNamed() throws Exception {
        Path images = idx("images", 3, new int[] {2, 1, 1}, 0, 1);
        Path labels = idx("labels", 1, new int[] {2}, 0, 1);
        assertThatIOException()
                .isThrownBy(() -> IdxFiles.read(labels, labels, 2))
                .withMessageContaining("labels begins with 0x00000801 but must begin with 0x00000803");
        assertThatIOException()
                .isThrownBy(() -> IdxFiles.read(images, labels, 1))
                .withMessageContaining("Label 1 in")
                .withMessageContaining("is 1 but must be from 0 to 0");
        Path three = idx("three", 1, new int[] {3}, 0, 1, 0);
        assertThatIOException()
                .isThrownBy(() -> IdxFiles.read(images, three, 2))
                .withMessageContaining("images has 2 images but")
                .withMessageContaining("three has 3 labels");
        Path torn = idx("torn", 3, new int[] {2, 1, 1}, 0);
        assertThatIOException()
                .isThrownBy(() -> IdxFiles.read(torn, labels, 2))
                .withMessageContaining("torn ends too early");
    }

    private static void draw(Path file, int side, int colour) throws IOException {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < side * side; i++) {
            image.setRGB(i % side, i / side, colour);
        }
        try (OutputStream out = Files.newOutputStream(file)) {
            ImageIO.write(image, "png", out);
        }
    }

    private static void drawClasses(Path root) throws IOException {
        for (int i = 0; i < 6; i++) {
            Files.createDirectories(root.resolve("red"));
            Files.createDirectories(root.resolve("blue"));
            draw(root.resolve("red").resolve(i + ".png"), 32, 0xff0000);
            draw(root.resolve("blue").resolve(i + ".PNG"), 7, 0x0000ff);
            Files.writeString(root.resolve("red").resolve("notes.txt"), "no image");
        }
    }

    private static void redAndBlue(Task.Data data) {
        assertThat(data.training().count()).isEqualTo(10);
        assertThat(data.test().count()).isEqualTo(2);
        assertThat(data.test().classes()).isEqualTo(2);
        try (PointerScope scope = new PointerScope()) {
            Tensor test = data.test().get(Tensor.create(0L, 1L)); // blue, red
            assertThat(floats(test.mean(new long[] {2, 3}))).containsExactly(-1f, -1f, 1f, 1f, -1f, -1f);
            assertThat(data.training().labels().sum().item_long()).isEqualTo(5);
        }
    }

    @Test
    void foldersAreClasses() throws Exception {
        drawClasses(directory);
        redAndBlue(ImageFiles.read(directory));
    }

    @Test
    void aZipIsAsGoodAsAFolder() throws Exception {
        Path file = directory.resolve("images.zip");
        try (FileSystem zip = FileSystems.newFileSystem(file, Map.of("create", "true"))) {
            drawClasses(zip.getPath("/"));
        }
        redAndBlue(ImageFiles.read(file));
    }

    @Test
    void wrongFoldersAreNamed() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> ImageFiles.read(directory))
                .withMessageContaining("has 0 folders with 0 images but must have at least two");
        drawClasses(directory);
        Files.writeString(directory.resolve("red/3.png"), "no image");
        assertThatIOException().isThrownBy(() -> ImageFiles.read(directory)).withMessageContaining("3.png is no image");
    }

    @Test
    void whereDataIsMissingTheMessageSaysWhatToPutWhere() {
        Map<String, String> environment = Map.of("MNIST", directory.toString());
        assertThatExceptionOfType(MissingDataException.class)
                .isThrownBy(() -> Task.read(List.of("mnist"), environment))
                .withMessageContaining("The data mnist is not in " + directory)
                .withMessageContaining("variable MNIST")
                .withMessageContaining(
                        "81602d5ede13305af0974c2d0659e2c861cacc0cb50bde550c1663c796352e08  cnn_mnist.onnx\n")
                .withMessageContaining("examples/gan/download");
        assertThatExceptionOfType(MissingDataException.class)
                .isThrownBy(() -> Task.read(List.of("images", "nowhere", "judge"), Map.of()))
                .withMessageContaining("nowhere does not exist");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Task.read(List.of("cats"), Map.of()))
                .withMessageContaining("DATA is 'cats' but must be one of mnist, fashion-mnist and images");
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.numel())];
        tensor.contiguous().<FloatBuffer>createBuffer().get(values);
        return values;
    }
}
