package org.evolvent.core.internal.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.core.internal.model.KernelFamily;
import org.junit.jupiter.api.Test;

class TrustRegionKernelTest {
    @Test
    void sharpnessIsFittedWhereThereAreCategories() {
        KernelFamily ordered = TrustRegionKernel.family(0);
        KernelFamily mixed = TrustRegionKernel.family(2);

        assertThat(ordered.settings()).hasSize(2);
        assertThat(ordered.kernel(new double[] {0.5, 0.2})).isEqualTo(new TrustRegionKernel(0, 0.5, 0.2, 1));
        assertThat(mixed.settings()).hasSize(3);
        assertThat(mixed.kernel(new double[] {0.5, 0.2, 7})).isEqualTo(new TrustRegionKernel(2, 0.5, 0.2, 7));
    }

    @Test
    void equalPointsHaveOne() {
        double[] point = {0.5, 0.1, 0.7, 1, 2};

        assertThat(new TrustRegionKernel(2, 0.3, 0.1, 1).at(point, point)).isCloseTo(1, within(1e-12));
    }

    /** Time 0.4 apart, an ordered distance of 0.3, one of two categories differs: by the formulas, in another program. */
    @Test
    void aPairByItsFormula() {
        double[] a = {0.1, 0.2, 1, 2};
        double[] b = {0.5, 0.5, 1, 3};

        assertThat(new TrustRegionKernel(2, 0.6, 0.19, 1.5).at(a, b)).isCloseTo(0.4994674749308938, within(1e-12));
        assertThat(new TrustRegionKernel(0, 0.6, 0, 1).at(new double[] {0, 0.2}, new double[] {0, 0.5}))
                .isCloseTo(0.8286491424181255, within(1e-12));
    }
}
