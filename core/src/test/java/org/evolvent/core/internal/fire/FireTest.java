package org.evolvent.core.internal.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.StrategyLaws;
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

    /**
     * Of six, members 0 and 1 are children, 2 and 3 parents, 4 and 5 evaluators. Parent 2 has been replaced and waits since then, parent 3
     * waits longer but is being evaluated.
     */
    @Test
    void nobodyIsEvaluatedTwiceAtATime() {
        Strategy fire = new Fire(2, 0.25, 0.01, Perturb.standard());
        Population population = Populations.unpublished(6);
        for (int interval = 0; interval < 4; interval++) {
            for (int i = 0; i < 6; i++) {
                ReadyPoint point = Populations.point(i, interval, interval + 0.1 * i);
                population = population.with(population.get(id(i)).ready(point, 10));
                fire = fire.observe(point);
            }
            if (interval == 1) {
                for (int evaluator = 4; evaluator < 6; evaluator++) {
                    Decision.Exploit task = (Decision.Exploit) decide(fire, population, evaluator);
                    assertThat(task.donor()).isEqualTo(id(evaluator - 2));
                    assertThat(task.after())
                            .as("the better child's")
                            .isEqualTo(
                                    population.get(id(1)).last().orElseThrow().hyperparameters());
                    fire = fire.observe(id(evaluator), task);
                }
                fire = fire.observe(id(2), copying(population, 3));
            }
        }
        Decision.Exploit next = (Decision.Exploit) decide(fire, population, 4);
        assertThat(next.donor()).isEqualTo(id(2));
    }

    @Test
    void whoCollectsAnEvaluationGoesOnWithItsCurve() {
        Population population = Populations.scored(1, 2, 3, 4);
        Decision.Exploit evaluates = copying(population, 1);
        Decision.Exploit task = new Decision.Exploit(
                evaluates.donor(),
                0,
                evaluates.weights(),
                evaluates.before(),
                evaluates.after(),
                "test",
                Evidence.NONE.with(Memories.CHILD, 0));
        Memories memory = Memories.empty()
                .after(Populations.point(0, 0, 1))
                .after(Populations.point(0, 1, 2))
                .after(Populations.point(0, 2, 3))
                .after(id(3), task)
                .after(Populations.point(3, 3, 10))
                .after(Populations.point(3, 4, 11));
        assertThat(memory.curve(id(0)).length()).isEqualTo(3);
        assertThat(memory.validTask(id(3))).isPresent();
        Memories collected = memory.after(id(0), copying(population, 3));
        assertThat(collected.curve(id(0)).length()).isEqualTo(2);
        assertThat(collected.validTask(id(3))).as("the child has other weights").isEmpty();
        assertThat(collected.taskWithItsParent(id(3))).isPresent();
        assertThat(memory.after(id(0), copying(population, 2)).curve(id(0)).length())
                .as("an ordinary exploit begins a new curve")
                .isZero();
    }

    private static Decision.Exploit copying(Population population, int donor) {
        ReadyPoint point = population.get(id(donor)).last().orElseThrow();
        return new Decision.Exploit(
                point.member(),
                point.interval(),
                point.checkpoint(),
                point.hyperparameters(),
                point.hyperparameters(),
                "test",
                Evidence.NONE);
    }

    private static Decision decide(Strategy fire, Population population, int member) {
        Situation situation = new Situation(
                Populations.SPACE,
                new Objective("accuracy", Goal.MAXIMIZE),
                population,
                population.get(id(member)),
                Rules.LATEST);
        return fire.decide(situation, new RandomStream(1)).get(0);
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(1, 0.25, 0.01, Perturb.standard()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(10, 0.6, 0.01, Perturb.standard()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Fire(10, 0.25, 0, Perturb.standard()));
    }
}
