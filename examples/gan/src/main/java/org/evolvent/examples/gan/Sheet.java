package org.evolvent.examples.gan;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Samples along the way of some weights: a row for each interval, from the first to the last, all drawn from the same latents. It is a PNG in
 * each checkpoint, which keeps every bit, so that a copy goes on below the rows of the model that it copied.
 */
final class Sheet {
    /** How many samples a row has. */
    static final int COLUMNS = 16;

    private static final String FORMAT = "png";

    private @Nullable BufferedImage rows;

    /** Creates one without rows. */
    Sheet() {
        ImageIO.setUseCache(false);
    }

    /** Adds a row: {@link #COLUMNS} images x 1 or 3 channels x side x side, in [-1, 1]. */
    void add(Tensor samples) {
        int channels = Math.toIntExact(samples.size(1));
        int side = Math.toIntExact(samples.size(2));
        int top = rows == null ? 0 : rows.getHeight();
        BufferedImage taller = new BufferedImage(COLUMNS * side, top + side, BufferedImage.TYPE_INT_RGB);
        if (rows != null) {
            taller.setData(rows.getData());
        }
        try (PointerScope scope = new PointerScope()) {
            FloatBuffer values = samples.contiguous().createBuffer();
            for (int i = 0; i < COLUMNS * side * side; i++) {
                int column = i / (side * side);
                int pixel = i % (side * side);
                int colour = 0;
                for (int channel = 0; channel < 3; channel++) {
                    int plane = column * channels + Math.min(channel, channels - 1);
                    float value = values.get(plane * side * side + pixel);
                    colour = colour << 8 | Math.max(0, Math.min(255, Math.round((value + 1) * 127.5f)));
                }
                taller.setRGB(column * side + pixel % side, top + pixel / side, colour);
            }
        }
        rows = taller;
    }

    /** Writes it, if it has a row. */
    void write(Path file) throws IOException {
        if (rows != null) {
            ImageIO.write(rows, FORMAT, file.toFile());
        }
    }

    /** Replaces the rows by those of a file, if there is one. */
    void read(Path file) throws IOException {
        File source = file.toFile();
        rows = source.exists() ? copy(ImageIO.read(source)) : null;
    }

    private static BufferedImage copy(BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }
}
