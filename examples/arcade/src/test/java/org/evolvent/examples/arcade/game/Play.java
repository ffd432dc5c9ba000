package org.evolvent.examples.arcade.game;

import java.util.ArrayList;
import java.util.List;

/** An episode that a test plays. Cells are written 10 x row + column, as 39 for row 3, column 9. */
final class Play {
    private final Game game;
    private final Draws draws;
    private int steps;

    /** Begins an episode. */
    Play(Game game, Draws draws) {
        this.game = game;
        this.draws = draws;
        game.reset(draws);
    }

    /** Plays one step and returns the reward. */
    int step(Action action) {
        steps++;
        return game.step(action, draws);
    }

    /** Plays the same action up to a step, which counts, and returns the sum of rewards. Steps are numbered from 1. */
    int until(int lastStep, Action action) {
        int rewards = 0;
        while (steps < lastStep) {
            rewards += step(action);
        }
        return rewards;
    }

    /** Returns how many steps there were. */
    int steps() {
        return steps;
    }

    /** Returns the cells in which a channel is on, ascending. */
    List<Integer> cells(int channel) {
        float[] view = new float[100 * game.channels()];
        game.observe(view, 0);
        List<Integer> cells = new ArrayList<>();
        for (int cell = 0; cell < 100; cell++) {
            if (view[cell * game.channels() + channel] != 0) {
                cells.add(cell);
            }
        }
        return cells;
    }

    boolean isOver() {
        return game.isOver();
    }

    int level() {
        return game.level();
    }
}
