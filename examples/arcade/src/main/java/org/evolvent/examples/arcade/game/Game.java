package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.evolvent.examples.torch.Stateful;

/**
 * A game on a grid of 10 x 10 cells; row 0 is the top, column 0 the left edge. When something ends the episode, the step still runs to its
 * end. Has to be {@link #reset} before its first step.
 */
public abstract class Game implements Stateful {
    /** The rows, and the columns, of the grid. */
    public static final int SIZE = 10;

    private static final int LAST = SIZE - 1;

    private final int channels;
    private boolean over = true;
    private int reward;

    Game(int channels) {
        this.channels = channels;
    }

    /** Returns how many things may be seen in a cell. */
    public final int channels() {
        return channels;
    }

    /** Begins an episode. */
    public final void reset(Draws draws) {
        over = false;
        begin(draws);
    }

    /**
     * Plays a step. Does nothing once the episode is over.
     *
     * @return the reward, at least 0
     */
    public final int step(Action action, Draws draws) {
        reward = 0;
        if (!over) {
            play(action, draws);
        }
        return reward;
    }

    /** Returns whether the episode is over. */
    public final boolean isOver() {
        return over;
    }

    /** Returns how far the difficulty has risen, from 0. */
    public int level() {
        return 0;
    }

    /**
     * Writes what is seen: 1 for what is there, 0 elsewhere.
     *
     * @param view takes 100 x channels numbers; cell (r, c) of channel k is at {@code offset + (10 r + c) channels + k}
     */
    public final void observe(float[] view, int offset) {
        Arrays.fill(view, offset, offset + SIZE * SIZE * channels, 0);
        draw(new Picture(view, offset, channels));
    }

    /** Where a game shows its things. */
    static final class Picture {
        private final float[] view;
        private final int offset;
        private final int channels;

        Picture(float[] view, int offset, int channels) {
            this.view = view;
            this.offset = offset;
            this.channels = channels;
        }

        void show(int row, int column, int channel) {
            view[offset + (row * SIZE + column) * channels + channel] = 1;
        }

        /** Shows what may be outside of the grid's left or right edge. */
        void showInside(int row, int column, int channel) {
            if (inside(column)) {
                show(row, column, channel);
            }
        }

        /** Shows a row whose bit c stands for column c. */
        void showBits(int row, int bits, int channel) {
            for (int rest = bits; rest != 0; rest &= rest - 1) {
                show(row, Integer.numberOfTrailingZeros(rest), channel);
            }
        }
    }

    abstract void begin(Draws draws);

    abstract void play(Action action, Draws draws);

    abstract void draw(Picture picture);

    /** Writes all that {@link #begin} sets. */
    abstract void writeState(DataOutput out) throws IOException;

    abstract void readState(DataInput in) throws IOException;

    final void earn(int points) {
        reward += points;
    }

    final void end() {
        over = true;
    }

    static boolean inside(int column) {
        return column >= 0 && column < SIZE;
    }

    /** Returns the column after a move to the left or right; other actions stay. */
    static int moved(int column, Action action) {
        return switch (action) {
            case LEFT -> Math.max(0, column - 1);
            case RIGHT -> Math.min(LAST, column + 1);
            default -> column;
        };
    }

    @Override
    public final void write(DataOutput out) throws IOException {
        out.writeBoolean(over);
        writeState(out);
    }

    @Override
    public final void read(DataInput in) throws IOException {
        over = in.readBoolean();
        readState(in);
    }

    static void write(DataOutput out, int... values) throws IOException {
        for (int value : values) {
            out.writeInt(value);
        }
    }

    static void read(DataInput in, int[] values) throws IOException {
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
    }
}
