package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.examples.arcade.game.Action.DOWN;
import static org.evolvent.examples.arcade.game.Action.FIRE;
import static org.evolvent.examples.arcade.game.Action.LEFT;
import static org.evolvent.examples.arcade.game.Action.RIGHT;
import static org.evolvent.examples.arcade.game.Action.STAY;
import static org.evolvent.examples.arcade.game.Action.UP;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules of Asterix say beyond the recorded episodes. */
class AsterixTest {
    private static final int PLAYER = 0;
    private static final int ENEMIES = 1;
    private static final int TRAILS = 2;
    private static final int TREASURE = 3;

    /** Everything comes from the left, of one kind, and into the first empty lane from a given one on. */
    private static final class Spawns implements Draws {
        private final double kind;
        private final int lane;
        private int reals;
        private int integers;

        Spawns(boolean treasure, int lane) {
            this.kind = treasure ? 0.33 : 0.34;
            this.lane = lane;
        }

        @Override
        public double real() {
            return reals++ % 2 == 0 ? 0.49 : kind;
        }

        @Override
        public int integer(int low, int high) {
            integers++;
            assertThat(low).isZero();
            return Math.min(high, lane);
        }
    }

    @Test
    void anObjectIsSpawnedInStep11AndHasMovedInIt() {
        Spawns spawns = new Spawns(true, 7);
        Play play = new Play(new Asterix(true), spawns);
        play.until(10, FIRE);
        assertThat(spawns.reals).isZero();
        play.step(STAY);
        assertThat(List.of(spawns.reals, spawns.integers)).containsExactly(2, 1);
        assertThat(play.cells(TREASURE)).containsExactly(81);
        assertThat(play.cells(TRAILS)).containsExactly(80);
        play.until(15, STAY);
        assertThat(play.cells(TREASURE)).containsExactly(81);
        play.step(STAY);
        assertThat(play.cells(TREASURE)).containsExactly(82);
        assertThat(play.cells(PLAYER)).containsExactly(55);
    }

    @Test
    void thePlayerStaysInItsRows() {
        Play play = new Play(new Asterix(true), new Spawns(true, 0));
        play.until(5, UP);
        assertThat(play.cells(PLAYER)).containsExactly(15);
        play.until(10, LEFT);
        assertThat(play.cells(PLAYER)).containsExactly(10);
        play.until(20, DOWN);
        assertThat(play.cells(PLAYER)).containsExactly(80);
        play.until(30, RIGHT);
        assertThat(play.cells(PLAYER)).containsExactly(89);
    }

    /** It is in column 4 from step 26 on and in 5 from 31 on. */
    @Test
    void treasureThatComesToThePlayerIsTaken() {
        Play play = new Play(new Asterix(true), new Spawns(true, 4));
        assertThat(play.until(30, STAY)).isZero();
        assertThat(play.cells(TREASURE)).contains(54);
        assertThat(play.step(STAY)).isEqualTo(1);
        assertThat(play.cells(TREASURE)).noneMatch(cell -> cell / 10 == 5);
    }

    /** Stepping into its cell is a contact before it moves, so that nobody swaps places with it. */
    @Test
    void treasureThatThePlayerGoesToIsTaken() {
        Play play = new Play(new Asterix(true), new Spawns(true, 4));
        play.until(30, STAY);
        assertThat(play.step(LEFT)).isEqualTo(1);
        assertThat(play.cells(PLAYER)).containsExactly(54);
    }

    @Test
    void anEnemyEndsTheEpisodeAndStays() {
        Play play = new Play(new Asterix(true), new Spawns(false, 4));
        play.until(30, STAY);
        assertThat(play.isOver()).isFalse();
        assertThat(play.step(STAY)).isZero();
        assertThat(play.isOver()).isTrue();
        assertThat(play.cells(ENEMIES)).contains(55);
        assertThat(play.step(UP)).isZero();
        assertThat(play.cells(PLAYER)).containsExactly(55);
    }

    /** Periods are taken from the level at the reload; running clocks are not shortened. */
    @Test
    void itGetsFasterEvery102StepsUpToLevelNine() {
        Spawns spawns = new Spawns(true, 7);
        Play play = new Play(new Asterix(true), spawns);
        play.until(4, UP); // In the way of the first lane only.
        int nextSpawn = 11;
        int nextMove = 6;
        play.until(5, STAY);
        int full = 0;
        for (int step = 6; step <= 1500; step++) {
            int level = Math.min(9, (step - 1) / 102);
            List<Integer> before = play.cells(TREASURE);
            int reals = spawns.reals;
            int integers = spawns.integers;
            play.step(STAY);
            assertThat(play.level()).isEqualTo(Math.min(9, step / 102));
            assertThat(spawns.reals - reals).as("reals drawn in step " + step).isEqualTo(step == nextSpawn ? 2 : 0);
            if (step == nextSpawn) {
                nextSpawn = step + 10 - level;
                boolean anyEmpty = before.size() < 8;
                assertThat(spawns.integers - integers).isEqualTo(anyEmpty ? 1 : 0);
                full += anyEmpty ? 0 : 1;
            }
            List<Integer> after = play.cells(TREASURE);
            for (int cell : before) {
                if (cell % 10 < 9 && cell / 10 != 1) {
                    assertThat(after).contains(step == nextMove ? cell + 1 : cell);
                }
            }
            if (step == nextMove) {
                nextMove = step + 5 - level / 2;
            }
        }
        assertThat(full).isPositive();
    }

    @Test
    void withoutTheRampNothingGetsFaster() {
        Spawns spawns = new Spawns(true, 7);
        Play play = new Play(new Asterix(false), spawns);
        play.until(1001, STAY);
        assertThat(play.level()).isZero();
        assertThat(spawns.reals).isEqualTo(200);
    }
}
