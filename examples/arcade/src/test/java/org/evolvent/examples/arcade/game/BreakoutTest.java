package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.examples.arcade.game.Action.FIRE;
import static org.evolvent.examples.arcade.game.Action.LEFT;
import static org.evolvent.examples.arcade.game.Action.RIGHT;
import static org.evolvent.examples.arcade.game.Action.STAY;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules of Breakout say beyond the recorded episodes. */
class BreakoutTest {
    private static final int PADDLE = 0;
    private static final int BALL = 1;
    private static final int TRAIL = 2;
    private static final int BRICKS = 3;

    private static Play begun(int side) {
        return new Play(new Breakout(), new Draws() {
            @Override
            public double real() {
                throw new AssertionError("Breakout draws no reals");
            }

            @Override
            public int integer(int low, int high) {
                assertThat(List.of(low, high)).containsExactly(0, 1);
                return side;
            }
        });
    }

    @Test
    void theBallBeginsInABrickAtEitherSide() {
        assertThat(begun(0).cells(BALL)).containsExactly(30);
        assertThat(begun(0).cells(TRAIL)).containsExactly(30);
        assertThat(begun(0).cells(BRICKS)).hasSize(30).startsWith(10).endsWith(39);
        assertThat(begun(0).cells(PADDLE)).containsExactly(94);
        Play fromRight = begun(1);
        assertThat(fromRight.cells(BALL)).containsExactly(39);
        fromRight.step(STAY);
        assertThat(fromRight.cells(BALL)).containsExactly(48);
        assertThat(fromRight.cells(TRAIL)).containsExactly(39);
    }

    @Test
    void aBallThatIsMissedEndsTheEpisodeInTheLastRow() {
        Play play = begun(0);
        play.until(6, FIRE); // Means nothing here.
        assertThat(play.isOver()).isTrue();
        assertThat(play.cells(BALL)).containsExactly(96);
        assertThat(play.step(LEFT)).isZero();
        assertThat(play.cells(PADDLE)).containsExactly(94);
    }

    /** Under the column that the ball comes from, it bounces on; the paddle is where it is after its move of this step. */
    @Test
    void thePaddleBelowTheBallReflectsItsRowsOnly() {
        Play play = begun(0);
        play.until(5, STAY);
        assertThat(play.cells(BALL)).containsExactly(85);
        play.step(RIGHT);
        assertThat(play.cells(PADDLE)).containsExactly(95);
        assertThat(play.cells(BALL)).containsExactly(86);
        play.step(STAY);
        assertThat(play.cells(BALL)).containsExactly(77);
    }

    @Test
    void thePaddleWhereTheBallGoesReflectsBoth() {
        Play play = begun(0);
        play.until(4, STAY);
        play.until(6, RIGHT);
        assertThat(play.cells(PADDLE)).containsExactly(96);
        assertThat(play.cells(BALL)).containsExactly(86);
        play.step(STAY);
        assertThat(play.cells(BALL)).containsExactly(75);
    }

    @Test
    void theSideWallTakesAStepStraightUpAndABrickReflectsTheRows() {
        Play play = begun(0);
        play.until(5, STAY);
        play.step(RIGHT); // In column 6 now, up and right.
        assertThat(play.until(9, STAY)).isZero();
        assertThat(play.cells(BALL)).containsExactly(59);
        play.step(STAY);
        assertThat(play.cells(BALL)).containsExactly(49);
        assertThat(play.step(STAY)).isEqualTo(1);
        assertThat(play.cells(BALL)).containsExactly(48); // It slides a column on.
        assertThat(play.cells(BRICKS)).hasSize(29).doesNotContain(38);
        play.step(STAY);
        assertThat(play.cells(BALL)).containsExactly(57);
    }

    @Test
    void thePaddleStaysOnTheGrid() {
        Play left = begun(0);
        left.until(5, LEFT);
        assertThat(left.cells(PADDLE)).containsExactly(90);
        Play right = begun(1);
        right.until(6, RIGHT);
        assertThat(right.cells(PADDLE)).containsExactly(99);
    }

    /** A player that is where the ball comes to never loses it, and gets to see the whole game. */
    @Test
    void twoBricksInARowAndARenewedWallFollowTheRules() {
        Play play = begun(0);
        int passes = 0;
        int renewals = 0;
        int atTop = 0;
        boolean contact = false;
        for (int i = 0; i < 20_000 && !play.isOver(); i++) {
            int ball = play.cells(BALL).get(0);
            List<Integer> bricks = play.cells(BRICKS);
            int reward = play.step(follow(play, i));
            int next = play.cells(BALL).get(0);
            List<Integer> left = play.cells(BRICKS);
            boolean inside = reward == 0 && bricks.contains(next) && left.contains(next);
            if (contact) {
                assertThat(reward).isZero(); // Never two bricks in a row.
                passes += inside ? 1 : 0;
            } else {
                assertThat(inside).isFalse(); // It passes through bricks after a contact only.
            }
            if (left.size() > bricks.size()) {
                renewals++;
                assertThat(bricks).isEmpty();
                assertThat(left).hasSize(30);
                assertThat(ball / 10).isEqualTo(8); // Only when the ball comes down.
            } else {
                assertThat(bricks.size() - left.size()).isEqualTo(reward);
            }
            atTop += ball / 10 == 0 && next / 10 == 0 && reward == 0 ? 1 : 0;
            contact = reward == 1 || inside;
        }
        assertThat(play.isOver()).isFalse();
        assertThat(passes).isPositive();
        assertThat(renewals).isPositive();
        assertThat(atTop).isPositive();
    }

    /** Keeps where the ball will be next, so that the paddle can return it in either way; which way changes now and then. */
    private static Action follow(Play play, int step) {
        int paddle = play.cells(PADDLE).get(0) % 10;
        int ball = play.cells(BALL).get(0);
        int column = ball % 10;
        int next = 2 * column - play.cells(TRAIL).get(0) % 10;
        if (next == column) { // It comes from the wall.
            next = column == 0 ? 1 : 8;
        }
        boolean returnsStraight = ball / 10 == 8 && step / 97 % 3 == 0;
        int aim = next < 0 || next > 9 || returnsStraight ? column : next;
        return paddle == aim ? STAY : paddle < aim ? RIGHT : LEFT;
    }
}
