package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A cannon shoots up at a marching block of aliens that shoot back. An alien is worth 1. Nothing is drawn at random. */
final class SpaceInvaders extends Game {
    private static final int BOTTOM = SIZE - 1;
    private static final int LEFTMOST = 1;
    private static final int RIGHTMOST = 1 << BOTTOM;
    /** Columns 2 to 7. */
    private static final int BLOCK = 0b0011111100;

    private static final int MOST_MARCH = 12;
    private static final int LEAST_MARCH = 6;
    private static final int SHOT_PERIOD = 10;
    private static final int RELOAD = 5;

    private final boolean ramp;
    private int cannon;
    /** Rows of bits by column, as the shots are. */
    private final int[] aliens = new int[SIZE];

    private final int[] ownShots = new int[SIZE];
    private final int[] alienShots = new int[SIZE];
    private boolean left;
    private int marchLimit;
    private int marchClock;
    private int shotClock;
    private int reloadClock;
    private int level;

    SpaceInvaders(boolean ramp) {
        super(6);
        this.ramp = ramp;
    }

    @Override
    public int level() {
        return level;
    }

    @Override
    void begin(Draws draws) {
        cannon = 5;
        Arrays.fill(aliens, 0);
        land();
        Arrays.fill(ownShots, 0);
        Arrays.fill(alienShots, 0);
        left = true;
        marchLimit = MOST_MARCH;
        marchClock = MOST_MARCH;
        shotClock = SHOT_PERIOD;
        reloadClock = 0;
        level = 0;
    }

    private void land() {
        Arrays.fill(aliens, 0, 4, BLOCK);
    }

    @Override
    void play(Action action, Draws draws) {
        if (action == Action.FIRE && reloadClock == 0) {
            ownShots[BOTTOM] |= 1 << cannon;
            reloadClock = RELOAD;
        }
        cannon = moved(cannon, action);
        System.arraycopy(ownShots, 1, ownShots, 0, BOTTOM);
        ownShots[BOTTOM] = 0;
        shiftDown(alienShots, 0);
        endIfAtCannon(alienShots);
        endIfAtCannon(aliens);
        if (marchClock == 0) {
            march();
            endIfAtCannon(aliens);
        }
        if (shotClock == 0) {
            shotClock = SHOT_PERIOD;
            shoot();
        }
        for (int row = 0; row < SIZE; row++) {
            int hits = aliens[row] & ownShots[row];
            earn(Integer.bitCount(hits));
            aliens[row] ^= hits;
            ownShots[row] ^= hits;
        }
        reloadClock = Math.max(0, reloadClock - 1);
        marchClock--;
        shotClock--;
        if (columns() == 0) {
            if (ramp && marchLimit > LEAST_MARCH) {
                marchLimit--;
                level++;
            }
            land();
        }
    }

    private void endIfAtCannon(int[] rows) {
        if ((rows[BOTTOM] >> cannon & 1) != 0) {
            end();
        }
    }

    private static void shiftDown(int[] rows, int top) {
        System.arraycopy(rows, 0, rows, 1, BOTTOM);
        rows[0] = top;
    }

    /** Returns which columns hold an alien. */
    private int columns() {
        int columns = 0;
        for (int bits : aliens) {
            columns |= bits;
        }
        return columns;
    }

    private void march() {
        int count = 0;
        for (int bits : aliens) {
            count += Integer.bitCount(bits);
        }
        marchClock = Math.min(count, marchLimit);
        if ((columns() & (left ? LEFTMOST : RIGHTMOST)) != 0) {
            left = !left;
            if (aliens[BOTTOM] != 0) {
                end();
            }
            shiftDown(aliens, aliens[BOTTOM]);
        } else {
            for (int row = 0; row < SIZE; row++) {
                aliens[row] = left ? aliens[row] >> 1 : aliens[row] << 1;
            }
        }
    }

    /** The lowest alien of the nearest column that has one shoots; of two such columns the left one. */
    private void shoot() {
        int columns = columns();
        int distance = 0;
        while (true) {
            for (int column : new int[] {cannon - distance, cannon + distance}) {
                if (inside(column) && (columns >> column & 1) != 0) {
                    int row = BOTTOM;
                    while ((aliens[row] >> column & 1) == 0) {
                        row--;
                    }
                    alienShots[row] |= 1 << column;
                    return;
                }
            }
            distance++;
        }
    }

    @Override
    void draw(Picture picture) {
        picture.show(BOTTOM, cannon, 0);
        for (int row = 0; row < SIZE; row++) {
            picture.showBits(row, aliens[row], 1);
            picture.showBits(row, aliens[row], left ? 2 : 3);
            picture.showBits(row, ownShots[row], 4);
            picture.showBits(row, alienShots[row], 5);
        }
    }

    @Override
    void writeState(DataOutput out) throws IOException {
        write(out, cannon, marchLimit, marchClock, shotClock, reloadClock, level);
        out.writeBoolean(left);
        write(out, aliens);
        write(out, ownShots);
        write(out, alienShots);
    }

    @Override
    void readState(DataInput in) throws IOException {
        cannon = in.readInt();
        marchLimit = in.readInt();
        marchClock = in.readInt();
        shotClock = in.readInt();
        reloadClock = in.readInt();
        level = in.readInt();
        left = in.readBoolean();
        read(in, aliens);
        read(in, ownShots);
        read(in, alienShots);
    }
}
