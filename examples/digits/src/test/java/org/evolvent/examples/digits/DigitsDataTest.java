package org.evolvent.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evolvent.examples.digits.DigitsData.Part;
import org.junit.jupiter.api.Test;

class DigitsDataTest {
    private static final DigitsData DATA = DigitsData.load();

    @Test
    void everyImageIsInOnePart() {
        assertThat(DATA.training().size()
                        + DATA.validation().size()
                        + DATA.test().size())
                .isEqualTo(1797);
        List<Float> sums = new ArrayList<>();
        for (Part part : List.of(DATA.training(), DATA.validation(), DATA.test())) {
            FloatBuffer pixels = part.images().createBuffer();
            float sum = 0;
            while (pixels.hasRemaining()) {
                sum += pixels.get();
            }
            sums.add(sum);
        }
        // The sum of all intensities in the file is 561,718: none is left out, none is used twice.
        assertThat(sums.stream().mapToDouble(Float::doubleValue).sum() * 16).isCloseTo(561_718, within(1.0));
    }

    @Test
    void everyDigitIsEquallyFrequentWhereItCounts() {
        assertThat(counts(DATA.training())).containsOnly(DigitsData.TRAINING_PER_CLASS);
        assertThat(counts(DATA.validation())).containsOnly(DigitsData.VALIDATION_PER_CLASS);
        assertThat(Arrays.stream(counts(DATA.test())).min().orElseThrow()).isGreaterThan(70);
    }

    private static int[] counts(Part part) {
        int[] counts = new int[DigitsData.CLASSES];
        LongBuffer labels = part.labels().createBuffer();
        while (labels.hasRemaining()) {
            counts[(int) labels.get()]++;
        }
        return counts;
    }
}
