package org.evolvent.examples.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Images, and what they show.
 *
 * @param pixels images x channels x height x width, a byte each
 * @param labels the class of each image, from 0
 * @param classes how many classes there are
 */
record Images(Tensor pixels, Tensor labels, int classes) {
    /**
     * Creates them from bytes, outside of any scope: they live as long as the process.
     *
     * @param pixels image by image, channel by channel, row by row
     * @param shape channels, height and width
     */
    static Images of(byte[] pixels, long[] labels, int classes, int... shape) {
        try (PointerScope scope = new PointerScope()) {
            Tensor bytes = Tensor.create(pixels, false, labels.length, shape[0], shape[1], shape[2]);
            return new Images(bytes.retainReference(), Tensor.create(labels).retainReference(), classes);
        }
    }

    /** Returns how many there are. */
    int count() {
        return Math.toIntExact(pixels.size(0));
    }

    /** Returns the number of channels: 1 for grey, 3 for red, green and blue. */
    int channels() {
        return Math.toIntExact(pixels.size(1));
    }

    /** Returns the width, and height, in pixels. */
    int side() {
        return Math.toIntExact(pixels.size(2));
    }

    /** Returns some of the images, by their places from 0, as floats in [-1, 1]. */
    Tensor get(Tensor places) {
        return scaled(pixels.index_select(0, places));
    }

    /** Returns the images from one place to before another, in parts of at most 500, as floats in [-1, 1]. */
    List<Tensor> parts(int from, int to) {
        List<Tensor> parts = new ArrayList<>();
        for (int first = from; first < to; first += 500) {
            parts.add(scaled(pixels.narrow(0, first, Math.min(500, to - first))));
        }
        return parts;
    }

    private static Tensor scaled(Tensor bytes) {
        return bytes.to(torch.ScalarType.Float).div_(new Scalar(127.5)).sub_(new Scalar(1));
    }
}
