package org.evolvent.examples.digits;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.evolvent.core.random.RandomStream;

/**
 * 1,797 images of handwritten digits, 8 x 8 pixels each (E. Alpaydin and C. Kaynak, CC BY 4.0; see the README beside the file), split
 * once and for all, with every digit equally frequent in the first two parts.
 *
 * @param training what the weights are fitted to
 * @param validation what the objective is measured on
 * @param test what no decision ever sees
 */
record DigitsData(Part training, Part validation, Part test) {
    /** The pixels of an image. */
    static final int PIXELS = 64;

    /** The digits. */
    static final int CLASSES = 10;

    /** Training images of each digit. Few, so that it matters how they are used. */
    static final int TRAINING_PER_CLASS = 40;

    /** Validation images of each digit. What remains, 74 to 83 of each, is the test part. */
    static final int VALIDATION_PER_CLASS = 60;

    private static final String FILE = "digits.csv.gz";
    private static final double BRIGHTEST = 16;
    /** Any number, but always the same: the parts belong to the task and not to a study. */
    private static final long SPLIT_SEED = 1998;

    /**
     * Some of the images.
     *
     * @param images one row of {@link #PIXELS} floats in [0, 1] for each
     * @param labels the digit of each
     * @param size how many there are
     */
    record Part(Tensor images, Tensor labels, int size) {}

    private record Image(List<Float> pixels, int digit) {}

    /** Reads the images from the class path. The tensors outlive any scope: half a megabyte, shared by all trainers of a factory. */
    static DigitsData load() {
        List<List<Image>> byDigit = new ArrayList<>();
        for (int digit = 0; digit < CLASSES; digit++) {
            byDigit.add(new ArrayList<>());
        }
        read().forEach(image -> byDigit.get(image.digit).add(image));
        List<Image> training = new ArrayList<>();
        List<Image> validation = new ArrayList<>();
        List<Image> test = new ArrayList<>();
        RandomStream random = new RandomStream(SPLIT_SEED);
        for (List<Image> images : byDigit) {
            for (int i = images.size(); i > 1; i--) {
                Collections.swap(images, i - 1, random.index(i));
            }
            int held = TRAINING_PER_CLASS + VALIDATION_PER_CLASS;
            training.addAll(images.subList(0, TRAINING_PER_CLASS));
            validation.addAll(images.subList(TRAINING_PER_CLASS, held));
            test.addAll(images.subList(held, images.size()));
        }
        return new DigitsData(part(training), part(validation), part(test));
    }

    private static Part part(List<Image> images) {
        float[] pixels = new float[images.size() * PIXELS];
        long[] labels = new long[images.size()];
        for (int i = 0; i < images.size(); i++) {
            for (int j = 0; j < PIXELS; j++) {
                pixels[i * PIXELS + j] = images.get(i).pixels.get(j);
            }
            labels[i] = images.get(i).digit;
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor rows = Tensor.create(pixels, images.size(), PIXELS).retainReference();
            Tensor digits = Tensor.create(labels).retainReference();
            return new Part(rows, digits, images.size());
        }
    }

    private static List<Image> read() {
        try (InputStream file = DigitsData.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("The class path has no %s beside %s.\nMaybe the jar is not complete?"
                        .formatted(FILE, DigitsData.class.getName()));
            }
            return new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))
                    .lines()
                    .map(DigitsData::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }

    private static Image parse(String line) {
        String[] fields = line.split(",", -1);
        List<Float> pixels = new ArrayList<>(PIXELS);
        for (int i = 0; i < PIXELS; i++) {
            pixels.add((float) (Integer.parseInt(fields[i]) / BRIGHTEST));
        }
        return new Image(pixels, Integer.parseInt(fields[PIXELS]));
    }
}
