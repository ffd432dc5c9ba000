package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.examples.arcade.game.Action.DOWN;
import static org.evolvent.examples.arcade.game.Action.STAY;
import static org.evolvent.examples.arcade.game.Action.UP;

import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules of Freeway say beyond the recorded episodes. */
class FreewayTest {
    private static final int WALKER = 0;
    private static final int CARS = 1;

    /** All cars get the same pace, and a direction by their row; the draws are counted. */
    private static final class Traffic implements Draws {
        private final int pace;
        private final IntPredicate right;
        private int integers;
        private int reals;

        Traffic(int pace, boolean right) {
            this(pace, row -> right);
        }

        Traffic(int pace, IntPredicate right) {
            this.pace = pace;
            this.right = right;
        }

        @Override
        public double real() {
            assertThat(integers % 8).isZero(); // All paces come before the first direction.
            return right.test(reals++ % 8 + 1) ? 0.9 : 0.1;
        }

        @Override
        public int integer(int low, int high) {
            integers++;
            assertThat(List.of(low, high)).containsExactly(1, 5);
            return pace;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aCarOfPaceKMovesInStepKPlusOneAndEveryKPlusOneSteps(int pace) {
        Play play = new Play(new Freeway(), new Traffic(pace, true));
        for (int step = 1; step <= 70; step++) {
            play.step(STAY);
            int column = step / (pace + 1) % 10;
            assertThat(play.cells(CARS)).hasSize(8).contains(10 + column, 80 + column);
            int trail = (column + 9) % 10; // Wraps around.
            assertThat(play.cells(1 + pace)).hasSize(8).contains(10 + trail, 80 + trail);
        }
    }

    @Test
    void aCarThatGoesLeftHasItsTrailAtItsRight() {
        Play play = new Play(new Freeway(), new Traffic(1, false));
        assertThat(play.cells(2)).contains(11);
        play.until(2, STAY);
        assertThat(play.cells(CARS)).contains(19);
        assertThat(play.cells(2)).contains(10);
    }

    @Test
    void theWalkerMovesInStepFourAndEveryThirdAndACrossingSetsTheTraffic() {
        Traffic traffic = new Traffic(5, false); // In nobody's way before step 36.
        Play play = new Play(new Freeway(), traffic);
        assertThat(play.cells(WALKER)).containsExactly(94);
        for (int step = 1; step < 28; step++) {
            assertThat(play.step(UP)).isZero();
            assertThat(play.cells(WALKER)).containsExactly(94 - 10 * ((step - 1) / 3));
        }
        assertThat(traffic.integers).isEqualTo(8);
        List<Integer> before = play.cells(CARS);
        assertThat(play.step(UP)).isEqualTo(1);
        assertThat(play.cells(WALKER)).containsExactly(94); // Never seen in row 0.
        assertThat(List.of(traffic.integers, traffic.reals)).containsExactly(16, 16);
        assertThat(play.cells(CARS)).isEqualTo(before); // Columns are kept.
        play.until(28 + 4, STAY);
        assertThat(play.cells(CARS)).isEqualTo(before);
        play.until(28 + 5, STAY); // The clocks were lowered in the step of the goal, too.
        assertThat(play.cells(CARS)).doesNotContainAnyElementsOf(before);
    }

    /** The car of row 2 comes to the walker's column in step 24, when the walker is there; its clock knows nothing of that. */
    @Test
    void aHitSendsTheWalkerBackAndDoesNotTouchItsClock() {
        Play play = new Play(new Freeway(), new Traffic(5, row -> row == 2));
        play.until(23, UP);
        assertThat(play.cells(WALKER)).containsExactly(24);
        assertThat(play.step(UP)).isZero();
        assertThat(play.cells(WALKER)).containsExactly(94);
        play.step(UP);
        assertThat(play.cells(WALKER)).containsExactly(84);
    }

    @Test
    void stayingSpendsNoClockButGoingDownInTheLastRowDoes() {
        Play stays = new Play(new Freeway(), new Traffic(5, false));
        stays.until(9, STAY);
        stays.step(UP);
        assertThat(stays.cells(WALKER)).containsExactly(84);
        Play goesDown = new Play(new Freeway(), new Traffic(5, false));
        goesDown.until(4, DOWN);
        assertThat(goesDown.cells(WALKER)).containsExactly(94);
        goesDown.until(6, UP);
        assertThat(goesDown.cells(WALKER)).containsExactly(94);
        goesDown.step(UP);
        assertThat(goesDown.cells(WALKER)).containsExactly(84);
        goesDown.until(10, DOWN);
        assertThat(goesDown.cells(WALKER)).containsExactly(94);
    }

    @Test
    void anEpisodeHas2501Steps() {
        Play play = new Play(new Freeway(), new Traffic(2, true));
        play.until(2500, STAY);
        assertThat(play.isOver()).isFalse();
        play.step(STAY);
        assertThat(play.isOver()).isTrue();
    }
}
