package org.evolvent.core.strategy.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.core.explore.Perturb;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.strategy.StrategyLaws;
import org.junit.jupiter.api.Test;

class FireTest extends StrategyLaws {
    @Override
    protected Strategy strategy() {
        return new Fire(3, 0.25, 0.2, Perturb.standard());
    }

    /** Straight lines stay what they are when smoothed. The first passes 2 at its third point; from there, it is 1 ahead. */
    @Test
    void curvesAreAlignedAtTheHigherBeginning() {
        Curve low = Curve.of(-0.1, 1.0, 2.1, 3.2, 4.3);
        Curve high = Curve.of(2.0, 2.5, 3.0);
        assertThat(low.overlap(high)).isEqualTo(new Curve.Overlap(2, 0, 3));
        assertThat(high.overlap(low)).isEqualTo(new Curve.Overlap(0, 2, 3));
        assertThat(low.lead(high)).isCloseTo(1.3, within(1e-12));
        assertThat(high.lead(low)).isCloseTo(-1.3, within(1e-12));
    }

    @Test
    void curvesThatNeverMeetDoNotOverlap() {
        Curve low = Curve.of(0.0, 1.0);
        Curve high = Curve.of(5.0, 6.0);
        assertThat(low.overlap(high).isEmpty()).isTrue();
        assertThat(low.lead(high)).isZero();
        assertThat(low.signTest(high)).isEqualTo(1);
        assertThat(high.signTest(low)).isZero();
        assertThat(Curve.EMPTY.lead(high)).isZero();
        assertThat(Curve.EMPTY.signTest(high)).isEqualTo(1);
        assertThat(high.signTest(Curve.EMPTY)).isEqualTo(1);
    }

    /** Above all of the other: compared as if it had begun lower, it rises twice as fast. */
    @Test
    void aCurveAboveTheOtherIsShiftedDown() {
        assertThat(Curve.of(10, 12, 14, 16).lead(Curve.of(1, 2, 3, 4))).isGreaterThan(1);
        assertThat(Curve.of(10, 10.5, 11, 11.5).lead(Curve.of(1, 2, 3, 4))).isNotNegative();
    }

    /** Aligned at 2, three of three points are above: 1/8; the other way round none is. */
    @Test
    void theSignTestIsExact() {
        Curve fast = Curve.of(-0.1, 1.0, 2.1, 3.2, 4.3);
        Curve slow = Curve.of(2.0, 2.5, 3.0);
        assertThat(fast.signTest(slow)).isCloseTo(1.0 / 8, within(1e-12));
        assertThat(slow.signTest(fast)).isEqualTo(1);
    }

    /** Smoothing takes single outliers off before curves are aligned: the raw one reaches 3 at once. */
    @Test
    void overlapsAreFoundOnSmoothCurves() {
        double[] noisy = new double[40];
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = 0.1 * i + (i == 7 ? 3 : 0);
        }
        assertThat(Curve.of(noisy).overlap(Curve.of(3, 3.1, 3.2)).from()).isBetween(25, 32);
    }

    @Test
    void aCurveForgetsItsBeginning() {
        Curve curve = Curve.EMPTY;
        for (int i = 0; i < 1000; i++) {
            curve = curve.with(i);
        }
        assertThat(curve.length()).isEqualTo(256);
        assertThat(curve.lead(Curve.of(999, 1000))).isEqualTo(0);
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(1, 0.25, 0.01, Perturb.standard()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(10, 0.6, 0.01, Perturb.standard()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(10, 0.25, 0, Perturb.standard()));
    }
}
