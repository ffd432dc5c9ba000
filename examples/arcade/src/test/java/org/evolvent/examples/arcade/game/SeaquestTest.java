package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.examples.arcade.game.Action.DOWN;
import static org.evolvent.examples.arcade.game.Action.FIRE;
import static org.evolvent.examples.arcade.game.Action.LEFT;
import static org.evolvent.examples.arcade.game.Action.RIGHT;
import static org.evolvent.examples.arcade.game.Action.STAY;
import static org.evolvent.examples.arcade.game.Action.UP;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the rules of Seaquest say beyond the recorded episodes. */
class SeaquestTest {
    private static final int FRONT = 0;
    private static final int BACK = 1;
    private static final int OWN_SHOTS = 2;
    private static final int TRAILS = 3;
    private static final int ENEMY_SHOTS = 4;
    private static final int FISH = 5;
    private static final int SUBMARINES = 6;
    private static final int AIR = 7;
    private static final int ON_BOARD = 8;
    private static final int DIVERS = 9;

    private static final double LEFT_SIDE = 0.49;
    private static final double RIGHT_SIDE = 0.5;
    private static final double SUBMARINE = 0.33;
    private static final double A_FISH = 0.34;

    /** What comes, and where: always the same. Two reals before an integer are an enemy's, one is a diver's. */
    private static final class Sea implements Draws {
        private double kind;
        private final int enemyRow;
        private int diverRow;
        private double side = LEFT_SIDE;
        private int reals;
        private final List<String> drawn = new ArrayList<>();

        Sea(double kind, int enemyRow, int diverRow) {
            this.kind = kind;
            this.enemyRow = enemyRow;
            this.diverRow = diverRow;
        }

        @Override
        public double real() {
            reals++;
            return reals == 1 ? side : kind;
        }

        @Override
        public int integer(int low, int high) {
            assertThat(List.of(low, high)).containsExactly(1, 8);
            boolean enemy = reals == 2;
            reals = 0;
            drawn.add(enemy ? "enemy" : "diver");
            return enemy ? enemyRow : diverRow;
        }
    }

    private static Play begun(Sea sea) {
        return new Play(new Seaquest(true), sea);
    }

    /** Fish far below, and divers where nobody is. */
    private static Play quiet() {
        return begun(new Sea(A_FISH, 8, 7));
    }

    /** A player in the upper left corner of the water, where all divers come from, since step 6 or later. */
    private static Play waitsForDivers(int firstStepBelow) {
        Play play = begun(new Sea(A_FISH, 8, 1));
        play.until(firstStepBelow - 1, LEFT);
        play.step(DOWN);
        assertThat(play.cells(FRONT)).containsExactly(10);
        return play;
    }

    @Test
    void beginsAtTheSurfaceFacingLeftWithFullAir() {
        Play play = quiet();
        assertThat(play.cells(FRONT)).containsExactly(5);
        assertThat(play.cells(BACK)).containsExactly(6);
        assertThat(play.cells(AIR)).hasSize(10).startsWith(90).endsWith(99);
        assertThat(play.cells(ON_BOARD)).isEmpty();
        play.step(RIGHT);
        assertThat(play.cells(FRONT)).containsExactly(6);
        assertThat(play.cells(BACK)).containsExactly(5);
        play.until(300, STAY); // Nothing happens at the surface.
        assertThat(play.isOver()).isFalse();
        assertThat(play.cells(AIR)).hasSize(10);
    }

    @Test
    void theSubmarineStaysInTheWater() {
        Play play = quiet();
        play.until(9, DOWN);
        assertThat(play.cells(FRONT)).containsExactly(85);
        play.until(15, LEFT);
        assertThat(play.cells(FRONT)).containsExactly(80);
        play.until(20, UP);
        assertThat(play.cells(FRONT)).containsExactly(30);
        assertThat(play.cells(BACK)).containsExactly(31);
    }

    @Test
    void aShotIsSeenOneCellAheadAndTheCannonFiresEveryFifthStep() {
        Play play = quiet();
        play.until(5, FIRE);
        assertThat(play.cells(OWN_SHOTS)).containsExactly(0);
        play.step(FIRE);
        assertThat(play.cells(OWN_SHOTS)).containsExactly(4);
        play.step(RIGHT);
        assertThat(play.cells(OWN_SHOTS)).containsExactly(3); // It keeps its direction and its row.
    }

    @Test
    void enemiesAndDiversComeAtTheirTimesEnemiesFirst() {
        Sea sea = new Sea(A_FISH, 8, 7);
        Play play = begun(sea);
        List<Integer> steps = new ArrayList<>();
        while (play.steps() < 61) {
            int before = sea.drawn.size();
            play.step(STAY);
            for (int i = before; i < sea.drawn.size(); i++) {
                steps.add(play.steps());
            }
        }
        assertThat(steps).containsExactly(21, 31, 41, 61, 61);
        assertThat(sea.drawn).containsExactly("enemy", "diver", "enemy", "enemy", "diver");
    }

    @Test
    void fishMoveEverySixStepsFirstInTheFifthAfterTheySpawn() {
        Play play = quiet();
        play.until(21, STAY);
        assertThat(play.cells(FISH)).containsExactly(80);
        assertThat(play.cells(TRAILS)).isEmpty();
        play.until(25, STAY);
        assertThat(play.cells(FISH)).containsExactly(80);
        play.step(STAY);
        assertThat(play.cells(FISH)).containsExactly(81);
        assertThat(play.cells(TRAILS)).containsExactly(80);
        play.until(31, STAY);
        assertThat(play.cells(FISH)).containsExactly(81);
        assertThat(play.cells(DIVERS)).containsExactly(70);
        play.step(STAY);
        assertThat(play.cells(FISH)).containsExactly(82);
        play.until(35, STAY);
        assertThat(play.cells(DIVERS)).containsExactly(70);
        play.step(STAY);
        assertThat(play.cells(DIVERS)).containsExactly(71);
        play.until(42, STAY);
        assertThat(play.cells(DIVERS)).containsExactly(72);
    }

    /** Spawned in step 21; in step 31 it has moved once, and shoots one cell ahead of itself. */
    @Test
    void submarinesShootEveryElevenSteps() {
        Play play = begun(new Sea(SUBMARINE, 8, 7));
        play.until(30, STAY);
        assertThat(play.cells(ENEMY_SHOTS)).isEmpty();
        play.step(STAY);
        assertThat(play.cells(SUBMARINES)).containsExactly(81);
        assertThat(play.cells(ENEMY_SHOTS)).containsExactly(82);
        play.until(41, STAY);
        assertThat(play.cells(ENEMY_SHOTS)).isEmpty();
        play.step(STAY);
        assertThat(play.cells(ENEMY_SHOTS)).containsExactly(84);
    }

    @Test
    void nobodyComesAgainstOthersInARowButTheDrawsAreMade() {
        Sea sea = new Sea(A_FISH, 8, 7);
        Play play = begun(sea);
        play.until(21, STAY);
        sea.side = RIGHT_SIDE;
        play.until(41, STAY);
        assertThat(play.cells(FISH)).hasSize(1);
        assertThat(sea.drawn).hasSize(3);
        sea.side = LEFT_SIDE;
        play.until(61, STAY);
        assertThat(play.cells(FISH)).hasSize(2).contains(80);
    }

    @Test
    void enemiesAndTheirShotsEndTheEpisode() {
        Play fish = begun(new Sea(A_FISH, 1, 7));
        fish.step(DOWN);
        fish.until(49, STAY); // The fish moves in steps 26, 32, ... and comes to column 5 in step 50.
        assertThat(fish.isOver()).isFalse();
        fish.step(STAY);
        assertThat(fish.isOver()).isTrue();
        Play shot = begun(new Sea(SUBMARINE, 1, 7));
        shot.step(DOWN);
        shot.until(34, STAY); // Shot in step 31 from column 1, which moves in every step.
        assertThat(shot.isOver()).isTrue();
    }

    /** The front faces left and shoots what comes; an enemy that is next to it could not be passed. */
    @Test
    void anEnemyThatIsShotIsWorthOne() {
        for (double kind : new double[] {A_FISH, SUBMARINE}) {
            Play play = begun(new Sea(kind, 1, 7));
            play.step(DOWN);
            play.until(21, STAY);
            play.step(FIRE);
            assertThat(play.until(25, STAY)).isZero();
            assertThat(play.step(STAY)).isEqualTo(1); // It moves into the shot, or the shot to it.
            assertThat(play.cells(kind == A_FISH ? FISH : SUBMARINES)).isEmpty();
            assertThat(play.cells(OWN_SHOTS)).isEmpty();
        }
    }

    @Test
    void swappingPlacesIsAContact() {
        Play play = begun(new Sea(A_FISH, 1, 7));
        play.step(DOWN);
        play.until(4, LEFT);
        play.until(25, STAY);
        assertThat(play.cells(FRONT)).containsExactly(12);
        play.step(LEFT); // The fish comes from column 0 to 1 in this step.
        assertThat(play.isOver()).isTrue();
    }

    @Test
    void airLastsFor200StepsAndOneMoreEndsTheEpisode() {
        Play play = quiet();
        play.step(DOWN);
        play.until(20, STAY);
        assertThat(play.cells(AIR)).hasSize(9);
        play.until(200, STAY);
        assertThat(play.cells(AIR)).isEmpty();
        assertThat(play.isOver()).isFalse();
        play.step(STAY);
        assertThat(play.isOver()).isTrue();
    }

    @Test
    void comingUpWithoutADiverEndsTheEpisode() {
        Play play = quiet();
        play.step(DOWN);
        play.until(100, STAY);
        play.step(UP);
        assertThat(play.isOver()).isTrue();
        assertThat(play.cells(AIR)).hasSize(5); // Nothing was refilled.
    }

    @Test
    void comingUpWithOneDiverRefillsTheAirAndRaisesTheLevel() {
        Play play = waitsForDivers(6);
        play.until(30, STAY);
        assertThat(play.cells(ON_BOARD)).isEmpty();
        play.step(STAY);
        assertThat(play.cells(ON_BOARD)).containsExactly(98);
        assertThat(play.step(UP)).isZero();
        assertThat(play.isOver()).isFalse();
        assertThat(play.cells(AIR)).hasSize(10);
        assertThat(play.cells(ON_BOARD)).isEmpty();
        assertThat(play.level()).isEqualTo(1);
    }

    /** It counts -1 then: one more diver makes 0, with which coming up is the end; with fewer it is not. */
    @Test
    void sixDiversAreWorthTheAirThatIsLeftAndLeaveTheCountBelowZero() {
        Play play = waitsForDivers(6);
        play.until(181, STAY);
        assertThat(play.cells(ON_BOARD)).containsExactly(93, 94, 95, 96, 97, 98);
        assertThat(play.cells(AIR)).hasSize(1);
        assertThat(play.step(UP)).isEqualTo(1);
        assertThat(play.cells(ON_BOARD)).isEmpty();
        play.step(DOWN);
        assertThat(play.step(UP)).isZero();
        assertThat(play.isOver()).isFalse();
        assertThat(play.level()).isEqualTo(2);

        Play oneMore = waitsForDivers(6);
        oneMore.until(181, STAY);
        oneMore.step(UP);
        oneMore.step(DOWN);
        oneMore.until(211, STAY); // Picks one up.
        assertThat(oneMore.cells(DIVERS)).isEmpty();
        assertThat(oneMore.cells(ON_BOARD)).isEmpty();
        oneMore.step(UP);
        assertThat(oneMore.isOver()).isTrue();
    }

    @Test
    void aFullSubmarineLeavesDiversInTheWater() {
        Play play = waitsForDivers(31);
        play.until(211, STAY);
        assertThat(play.cells(ON_BOARD)).hasSize(6);
        assertThat(play.cells(DIVERS)).containsExactly(10);
        assertThat(play.step(UP)).isZero(); // 19 of 200 are no tenth.
        assertThat(play.isOver()).isFalse();
    }

    /** In the step in which the air is over it comes up as well: no reward, but a full gauge. */
    @Test
    void comingUpTooLateIsTheEndAllTheSame() {
        Play play = waitsForDivers(6);
        play.until(205, STAY);
        assertThat(play.isOver()).isFalse();
        assertThat(play.cells(AIR)).isEmpty();
        assertThat(play.cells(ON_BOARD)).hasSize(6);
        assertThat(play.step(UP)).isZero();
        assertThat(play.isOver()).isTrue();
        assertThat(play.cells(AIR)).hasSize(10);
    }

    /** With the count below zero it may come up as often as it likes. */
    @Test
    void enemiesComeEveryStepAndMoveEveryThirdAtTheLastOf19Levels() {
        Sea sea = new Sea(A_FISH, 8, 1);
        Play play = begun(sea);
        play.until(5, LEFT);
        play.step(DOWN);
        play.until(181, STAY);
        for (int surfacing = 1; surfacing <= 25; surfacing++) {
            play.step(UP);
            assertThat(play.level()).isEqualTo(Math.min(19, surfacing));
            play.step(DOWN);
        }
        assertThat(play.isOver()).isFalse();
        play.step(UP);
        int drawn = sea.drawn.size();
        int from = play.steps();
        play.until(from + 29, STAY);
        assertThat(sea.drawn.size() - drawn)
                .isEqualTo(29
                        + (int) sea.drawn.subList(drawn, sea.drawn.size()).stream()
                                .filter("diver"::equals)
                                .count());
        // One comes in every step and moves every third: three in a cell, all the way.
        assertThat(play.cells(FISH)).containsExactly(80, 81, 82, 83, 84, 85, 86, 87, 88, 89);
    }

    /** The first surfacing of two leaves the pace as it was; a submarine shows it, which moves every (pace + 1) steps. */
    @Test
    void enemiesMoveFasterWithEverySecondLevelUpToTheSixth() {
        Sea sea = new Sea(A_FISH, 8, 1);
        Play play = begun(sea);
        play.until(5, LEFT);
        play.step(DOWN);
        play.until(181, STAY);
        sea.diverRow = 7;
        for (int level = 1; level <= 8; level++) {
            play.step(UP);
            assertThat(play.level()).isEqualTo(level);
            sea.kind = SUBMARINE;
            while (play.cells(SUBMARINES).isEmpty()) {
                play.step(STAY);
            }
            sea.kind = A_FISH;
            List<Integer> movesIn = new ArrayList<>();
            while (!play.cells(SUBMARINES).isEmpty()) {
                List<Integer> before = play.cells(SUBMARINES);
                play.step(STAY);
                if (!play.cells(SUBMARINES).equals(before)) {
                    movesIn.add(play.steps());
                }
            }
            assertThat(movesIn).hasSize(10);
            assertThat(movesIn.get(1) - movesIn.get(0)).isEqualTo(Math.max(2, 5 - level / 2) + 1);
            play.step(DOWN);
        }
    }

    @Test
    void withoutTheRampNothingGetsFaster() {
        Sea sea = new Sea(A_FISH, 8, 1);
        Play play = new Play(new Seaquest(false), sea);
        play.until(5, LEFT);
        play.step(DOWN);
        play.until(31, STAY);
        play.step(UP);
        assertThat(play.isOver()).isFalse();
        assertThat(play.level()).isZero();
        play.until(40, STAY);
        int drawn = sea.drawn.size();
        play.step(STAY);
        assertThat(sea.drawn).hasSize(drawn + 1);
    }
}
