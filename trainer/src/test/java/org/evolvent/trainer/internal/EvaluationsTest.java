package org.evolvent.trainer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    /** Restores so many checkpoints, and returns how many of them were evaluated. */
    private static long restore(Evaluations evaluations, int restores, Duration each) {
        return IntStream.range(0, restores)
                .filter(restore -> {
                    boolean isDue = evaluations.isDue();
                    if (isDue) {
                        evaluations.took(each);
                    }
                    return isDue;
                })
                .count();
    }

    @Test
    void evaluationsThatCostNothingGetRarer() {
        assertThat(restore(new Evaluations(8, new Allowance(0)), 40, Duration.ZERO))
                .isEqualTo(4);
        assertThat(restore(new Evaluations(2, new Allowance(0)), 40, Duration.ZERO))
                .isEqualTo(2);
        assertThat(restore(Evaluations.none(), 40, Duration.ZERO)).isZero();
    }

    @Test
    void programsTogetherTakeAPartOfTheTrainingTimeThatIsExpected() {
        Allowance allowance = new Allowance(10_000);
        Evaluations one = new Evaluations(8, allowance);
        Evaluations two = new Evaluations(8, allowance);
        assertThat(restore(one, 1, LONG)).isEqualTo(1);
        assertThat(restore(one, 40, LONG) + restore(two, 40, LONG)).isZero();
        one.trained(10, Duration.ofSeconds(25)); // 25,000 seconds are expected: 70 more for evaluations
        assertThat(restore(one, 40, LONG) + restore(two, 40, LONG)).isEqualTo(2);
        two.trained(10, Duration.ofSeconds(75)); // 50,000
        assertThat(restore(one, 400, LONG) + restore(two, 400, LONG)).isEqualTo(3);
    }

    @Test
    void untilOneHasEndedNobodyKnowsWhatTheyCost() {
        Allowance allowance = new Allowance(1);
        Evaluations one = new Evaluations(8, allowance);
        Evaluations two = new Evaluations(8, allowance);
        assertThat(one.isDue()).isTrue();
        assertThat(two.isDue()).isFalse();
        one.took(Duration.ofMillis(45));
        assertThat(two.isDue()).isTrue();
        assertThat(restore(one, 40, LONG))
                .as("of the tenth of a second, 90 milliseconds are spent or under way")
                .isZero();
    }
}
