package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;
import static org.evolvent.examples.arcade.game.Action.FIRE;
import static org.evolvent.examples.arcade.game.Action.LEFT;
import static org.evolvent.examples.arcade.game.Action.RIGHT;
import static org.evolvent.examples.arcade.game.Action.STAY;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the rules of Space Invaders say beyond the recorded episodes. */
class SpaceInvadersTest {
    private static final int CANNON = 0;
    private static final int ALIENS = 1;
    private static final int MARCHES_LEFT = 2;
    private static final int MARCHES_RIGHT = 3;
    private static final int OWN_SHOTS = 4;
    private static final int ALIEN_SHOTS = 5;

    private static final List<Integer> BLOCK = IntStream.range(0, 40)
            .filter(cell -> cell % 10 >= 2 && cell % 10 <= 7)
            .boxed()
            .toList();

    private static final Draws NONE = new Draws() {
        @Override
        public double real() {
            throw new AssertionError("Space Invaders draws nothing");
        }

        @Override
        public int integer(int low, int high) {
            throw new AssertionError("Space Invaders draws nothing");
        }
    };

    private static Play begun() {
        return new Play(new SpaceInvaders(true), NONE);
    }

    @Test
    void beginsWith24AliensThatMarchLeft() {
        Play play = begun();
        assertThat(play.cells(CANNON)).containsExactly(95);
        assertThat(play.cells(ALIENS)).isEqualTo(BLOCK).isEqualTo(play.cells(MARCHES_LEFT));
        assertThat(play.cells(MARCHES_RIGHT)).isEmpty();
    }

    @Test
    void aShotRisesFromRowEightAndTheCannonReloadsForFiveSteps() {
        Play play = begun();
        play.step(FIRE);
        assertThat(play.cells(OWN_SHOTS)).containsExactly(85);
        play.until(5, FIRE);
        assertThat(play.cells(OWN_SHOTS)).containsExactly(45);
        assertThat(play.step(FIRE)).isEqualTo(1);
        assertThat(play.cells(ALIENS)).hasSize(23).doesNotContain(35);
        assertThat(play.cells(OWN_SHOTS)).containsExactly(85);
    }

    @Test
    void anAlienShotAppearsWhereTheShooterIsAndHitsTheCannonInRowNine() {
        Play play = begun();
        play.until(10, STAY);
        assertThat(play.cells(ALIEN_SHOTS)).isEmpty();
        play.step(STAY);
        assertThat(play.cells(ALIEN_SHOTS)).containsExactly(35);
        play.until(16, STAY);
        assertThat(play.cells(ALIEN_SHOTS)).containsExactly(85);
        assertThat(play.isOver()).isFalse();
        play.step(STAY);
        assertThat(play.isOver()).isTrue();
        assertThat(play.step(FIRE)).isZero();
    }

    @Test
    void aShotInRowEightHitsWhoMovesUnderItAndOneInRowNineDoesNot() {
        Play hit = begun();
        hit.until(15, STAY);
        hit.step(LEFT);
        hit.step(RIGHT);
        assertThat(hit.isOver()).isTrue();
        Play late = begun();
        late.until(16, STAY);
        late.step(LEFT);
        assertThat(late.cells(ALIEN_SHOTS)).containsExactly(95);
        late.step(RIGHT);
        assertThat(late.isOver()).isFalse();
        assertThat(late.cells(ALIEN_SHOTS)).isEmpty();
    }

    /** Marching left in steps 13 and 25, down in 37 and right from then on; the cannon stands aside, and is shot at from the nearest column. */
    @Test
    void theBlockMarchesEveryTwelveStepsAndTurnsAtTheEdge() {
        Play play = begun();
        play.until(4, RIGHT);
        play.until(12, STAY);
        assertThat(play.cells(ALIENS)).isEqualTo(BLOCK);
        play.step(STAY);
        assertThat(play.cells(ALIENS)).isEqualTo(shifted(BLOCK, -1));
        play.until(25, STAY);
        assertThat(play.cells(ALIENS)).isEqualTo(shifted(BLOCK, -2));
        play.until(36, STAY);
        assertThat(play.cells(MARCHES_RIGHT)).isEmpty();
        play.step(STAY);
        assertThat(play.cells(ALIENS)).isEqualTo(shifted(BLOCK, 8)).isEqualTo(play.cells(MARCHES_RIGHT));
    }

    /** An alien in row 9 is no end by itself; that the block would have to go down once more is one. It then reappears at the top. */
    @Test
    void theEpisodeEndsWhenABlockThatHasLandedWouldGoDown() throws IOException {
        Play marches = landed(1);
        marches.step(STAY);
        assertThat(marches.isOver()).isFalse();
        assertThat(marches.cells(ALIENS)).containsExactly(53, 90);
        marches.step(STAY); // Of two aliens the next march is in two steps.
        assertThat(marches.isOver()).isFalse();
        marches.step(STAY);
        assertThat(marches.isOver()).isTrue();
        assertThat(marches.cells(ALIENS)).containsExactly(0, 63);
        Play turns = landed(0);
        turns.step(STAY);
        assertThat(turns.isOver()).isTrue();
        assertThat(turns.cells(ALIENS)).containsExactly(0, 64);
    }

    /** An episode with an alien in row 5 and one in row 9, which are about to march left; the cannon is far away. */
    private static Play landed(int column) throws IOException {
        int[] aliens = {0, 0, 0, 0, 0, 1 << 4, 0, 0, 0, 1 << column};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeBoolean(false); // Not over.
        Game.write(out, 9, 12, 0, 10, 0, 0); // Cannon, march limit, clocks of march, shot and reload, level.
        out.writeBoolean(true); // To the left.
        Game.write(out, aliens);
        Game.write(out, new int[20]); // No shots.
        SpaceInvaders game = new SpaceInvaders(true);
        Play play = new Play(game, NONE);
        game.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return play;
    }

    /** The block goes down until it sweeps the cannon away. */
    @Test
    void anAlienInTheCannonsCellEndsTheEpisode() {
        Play play = begun();
        play.until(4, RIGHT);
        while (!play.isOver()) {
            assertThat(play.steps()).isLessThan(2000);
            play.step(dodge(play, STAY));
        }
        assertThat(play.cells(ALIENS)).containsAll(play.cells(CANNON));
    }

    private static List<Integer> shifted(List<Integer> cells, int by) {
        return cells.stream().map(cell -> cell + by).toList();
    }

    /** A player that shoots when it can, and steps aside when a shot comes down on it. */
    private static Action dodge(Play play, Action otherwise) {
        int cannon = play.cells(CANNON).get(0);
        List<Integer> shots = play.cells(ALIEN_SHOTS);
        List<Integer> aliens = play.cells(ALIENS);
        if (!shots.contains(cannon - 10) && !aliens.contains(cannon)) {
            return otherwise;
        }
        boolean free = cannon > 90 && !shots.contains(cannon - 11) && !aliens.contains(cannon - 1);
        return free ? LEFT : RIGHT;
    }

    /** Nothing is random, so that a player can try what comes of each action, followed by others as they come. */
    private static Action planned(Game game, SeededDraws policy) throws IOException {
        ByteArrayOutputStream now = new ByteArrayOutputStream();
        game.write(new DataOutputStream(now));
        Action best = STAY;
        int most = -1;
        for (Action first : Title.SPACE_INVADERS.actions()) {
            for (int attempt = 0; attempt < 16; attempt++) {
                Game ahead = new SpaceInvaders(true);
                ahead.read(new DataInputStream(new ByteArrayInputStream(now.toByteArray())));
                int worth = ahead.step(first, NONE);
                for (int i = 0; i < 40; i++) {
                    worth += ahead.step(anyOf(Title.SPACE_INVADERS.actions(), policy), NONE);
                }
                worth += ahead.isOver() ? 0 : 100;
                if (worth > most) {
                    most = worth;
                    best = first;
                }
            }
        }
        return best;
    }

    private static Action anyOf(List<Action> actions, SeededDraws policy) {
        return actions.get(policy.integer(0, actions.size() - 1));
    }

    @Test
    void marchesShotsAndWavesFollowTheRulesThroughAWholeGame() throws IOException {
        int waves = 0;
        int ties = 0;
        Game game = new SpaceInvaders(true);
        Play play = new Play(game, NONE);
        SeededDraws policy = new SeededDraws(2);
        int nextMarch = 13;
        while (!play.isOver() && play.steps() < 2000) {
            List<Integer> before = play.cells(ALIENS);
            List<Integer> shots = play.cells(ALIEN_SHOTS);
            boolean left = play.cells(MARCHES_RIGHT).isEmpty();
            int level = play.level();
            int reward = play.step(planned(game, policy));
            boolean marches = play.steps() == nextMarch;
            List<Integer> moved = marches ? marched(before, left) : before;
            if (marches) {
                nextMarch += Math.min(before.size(), 12 - level);
            }
            List<Integer> after = play.cells(ALIENS);
            if (reward == before.size()) {
                waves++;
                assertThat(after).isEqualTo(BLOCK);
                assertThat(play.level()).isEqualTo(Math.min(6, level + 1));
            } else {
                assertThat(moved).containsAll(after);
                assertThat(moved).hasSize(after.size() + reward);
                assertThat(play.level()).isEqualTo(level);
            }
            List<Integer> fallen = new ArrayList<>(shifted(shots, 10));
            fallen.removeIf(cell -> cell > 99);
            List<Integer> fresh = new ArrayList<>(play.cells(ALIEN_SHOTS));
            fresh.removeAll(fallen);
            if (play.steps() % 10 != 1 || play.steps() == 1) {
                assertThat(fresh).isEmpty();
            } else {
                int cannon = play.cells(CANNON).get(0) % 10;
                ties += isTie(moved, cannon) ? 1 : 0;
                assertThat(play.cells(ALIEN_SHOTS)).contains(shooter(moved, cannon));
            }
        }
        assertThat(waves).isGreaterThan(6); // The level stays 6 after the sixth.
        assertThat(ties).isPositive();
    }

    /** Where the aliens are after a march that ends no episode. */
    private static List<Integer> marched(List<Integer> aliens, boolean left) {
        boolean atEdge = aliens.stream().anyMatch(cell -> cell % 10 == (left ? 0 : 9));
        List<Integer> moved = new ArrayList<>(shifted(aliens, atEdge ? 10 : left ? -1 : 1));
        moved.replaceAll(cell -> cell % 100);
        moved.sort(null);
        return moved;
    }

    private static int shooter(List<Integer> aliens, int cannon) {
        return aliens.stream()
                .max(Comparator.<Integer>comparingInt(cell -> -Math.abs(cell % 10 - cannon))
                        .thenComparingInt(cell -> -(cell % 10))
                        .thenComparingInt(cell -> cell))
                .orElseThrow();
    }

    private static boolean isTie(List<Integer> aliens, int cannon) {
        int column = shooter(aliens, cannon) % 10;
        return column < cannon && aliens.stream().anyMatch(cell -> cell % 10 == 2 * cannon - column);
    }
}
