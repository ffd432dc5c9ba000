package org.evolvent.examples.gan;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A folder, or a zip, that has a folder of images for each class. All are brought to 32 x 32 pixels in colour. */
final class ImageFiles {
    static final int SIDE = 32;
    static final int CHANNELS = 3;

    /** One image in six is held back for tests, as in CIFAR-10. */
    private static final int HELD = 6;

    private ImageFiles() {}

    /** Reads all files whose name ends in png, jpg, jpeg, gif or bmp, in the order of their names. */
    static Task.Data read(Path place) throws IOException {
        ImageIO.setUseCache(false);
        if (Files.isDirectory(place)) {
            return parts(place, place);
        }
        try (FileSystem zip = FileSystems.newFileSystem(place)) {
            return parts(zip.getPath("/"), place);
        }
    }

    private static Task.Data parts(Path root, Path place) throws IOException {
        List<Path> classes;
        try (Stream<Path> folders = Files.list(root)) {
            classes = folders.filter(Files::isDirectory).sorted().toList();
        }
        List<Path> training = new ArrayList<>();
        List<Path> test = new ArrayList<>();
        for (Path folder : classes) {
            try (Stream<Path> files = Files.walk(folder)) {
                List<Path> images = files.filter(ImageFiles::isImage).sorted().toList();
                for (int i = 0; i < images.size(); i++) {
                    (i % HELD == HELD - 1 ? test : training).add(images.get(i));
                }
            }
        }
        if (classes.size() < 2 || test.isEmpty()) {
            throw new IOException(
                    "%s has %d folders with %d images but must have at least two folders, one for each class, with at least %d images"
                            .formatted(place, classes.size(), training.size(), HELD));
        }
        return new Task.Data(images(training, classes), images(test, classes));
    }

    private static boolean isImage(Path file) {
        String name = Objects.toString(file.getFileName(), "").toLowerCase(Locale.ROOT);
        return Stream.of(".png", ".jpg", ".jpeg", ".gif", ".bmp").anyMatch(name::endsWith);
    }

    private static Images images(List<Path> files, List<Path> classes) throws IOException {
        int size = CHANNELS * SIDE * SIDE;
        byte[] pixels = new byte[Math.multiplyExact(files.size(), size)];
        long[] labels = new long[files.size()];
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            copy(read32(file), pixels, i * size);
            while (!file.startsWith(classes.get((int) labels[i]))) {
                labels[i]++;
            }
        }
        return Images.of(pixels, labels, classes.size(), CHANNELS, SIDE, SIDE);
    }

    private static BufferedImage read32(Path file) throws IOException {
        BufferedImage image;
        try (InputStream in = Files.newInputStream(file)) {
            image = ImageIO.read(in);
        }
        if (image == null) {
            throw new IOException(file + " is no image that Java can read.\nMaybe it is damaged?");
        }
        BufferedImage scaled = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, SIDE, SIDE, null);
        graphics.dispose();
        return scaled;
    }

    private static void copy(BufferedImage image, byte[] pixels, int offset) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            for (int y = 0; y < SIDE; y++) {
                for (int x = 0; x < SIDE; x++) {
                    int value = image.getRGB(x, y) >> (8 * (CHANNELS - 1 - channel));
                    pixels[offset + (channel * SIDE + y) * SIDE + x] = (byte) value;
                }
            }
        }
    }
}
