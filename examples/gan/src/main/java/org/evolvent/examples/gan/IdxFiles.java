package org.evolvent.examples.gan;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Files in the format IDX, in which MNIST is distributed, gzipped: big-endian extents, then a byte for each element. */
final class IdxFiles {
    private static final int BYTES = 8;

    private IdxFiles() {}

    /**
     * Reads images and their labels.
     *
     * @throws IOException if a file cannot be read, is none of bytes in these dimensions, or there are not as many labels as images
     */
    static Images read(Path images, Path labels, int classes) throws IOException {
        int[] shape = new int[3];
        byte[] pixels = read(images, shape);
        int[] count = new int[1];
        byte[] bytes = read(labels, count);
        if (count[0] != shape[0]) {
            throw new IOException("%s has %d images but %s has %d labels.\nMaybe they are of different parts?"
                    .formatted(images, shape[0], labels, count[0]));
        }
        long[] numbers = new long[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] < 0 || bytes[i] >= classes) {
                throw new IOException("Label %d in %s is %d but must be from 0 to %d"
                        .formatted(i, labels, bytes[i] & 0xff, classes - 1));
            }
            numbers[i] = bytes[i];
        }
        return Images.of(pixels, numbers, classes, 1, shape[1], shape[2]);
    }

    private static byte[] read(Path file, int[] extents) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            int magic = in.readInt();
            if (magic != (BYTES << 8 | extents.length)) {
                throw new IOException(
                        "%s begins with 0x%08x but must begin with 0x%08x.\nMaybe it is no IDX file of %d dimensions?"
                                .formatted(file, magic, BYTES << 8 | extents.length, extents.length));
            }
            int size = 1;
            for (int i = 0; i < extents.length; i++) {
                extents[i] = in.readInt();
                size = Math.multiplyExact(size, extents[i]);
            }
            byte[] bytes = new byte[size];
            in.readFully(bytes);
            return bytes;
        } catch (EOFException e) {
            throw new IOException(file + " ends too early.\nMaybe it was not copied as a whole?", e);
        }
    }
}
