package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The player roams among things that fly through eight lanes. Treasure is worth 1, an enemy ends the episode. */
final class Asterix extends Game {
    private static final int LANES = 8;
    private static final int NOTHING = 0;
    private static final int TREASURE = 1;
    private static final int ENEMY = 2;
    private static final int SPAWN_PERIOD = 10;
    private static final int MOVE_PERIOD = 5;
    private static final int RAMP_PERIOD = 100;

    private final boolean ramp;
    private int row;
    private int column;
    /** By lane: lane i is row i + 1. */
    private final int[] kind = new int[LANES];

    private final int[] objectColumn = new int[LANES];
    private final int[] right = new int[LANES];
    private int spawnPeriod;
    private int spawnClock;
    private int movePeriod;
    private int moveClock;
    private int rampClock;
    private int level;

    Asterix(boolean ramp) {
        super(4);
        this.ramp = ramp;
    }

    @Override
    public int level() {
        return level;
    }

    @Override
    void begin(Draws draws) {
        row = 5;
        column = 5;
        Arrays.fill(kind, NOTHING);
        spawnPeriod = SPAWN_PERIOD;
        spawnClock = SPAWN_PERIOD;
        movePeriod = MOVE_PERIOD;
        moveClock = MOVE_PERIOD;
        rampClock = RAMP_PERIOD;
        level = 0;
    }

    @Override
    void play(Action action, Draws draws) {
        if (spawnClock == 0) {
            spawn(draws);
            spawnClock = spawnPeriod;
        }
        column = moved(column, action);
        if (action == Action.UP) {
            row = Math.max(1, row - 1);
        } else if (action == Action.DOWN) {
            row = Math.min(LANES, row + 1);
        }
        touch(row - 1);
        if (moveClock == 0) {
            moveClock = movePeriod;
            for (int lane = 0; lane < LANES; lane++) {
                move(lane);
            }
        }
        spawnClock--;
        moveClock--;
        if (ramp && (spawnPeriod > 1 || movePeriod > 1)) {
            rise();
        }
    }

    private void spawn(Draws draws) {
        int direction = draws.real() < 0.5 ? 1 : -1;
        int what = draws.real() < 1.0 / 3 ? TREASURE : ENEMY;
        int[] empty = new int[LANES];
        int count = 0;
        for (int lane = 0; lane < LANES; lane++) {
            if (kind[lane] == NOTHING) {
                empty[count++] = lane;
            }
        }
        if (count > 0) {
            int lane = empty[draws.integer(0, count - 1)];
            kind[lane] = what;
            right[lane] = direction;
            objectColumn[lane] = direction == 1 ? 0 : SIZE - 1;
        }
    }

    private void move(int lane) {
        if (kind[lane] == NOTHING) {
            return;
        }
        objectColumn[lane] += right[lane];
        if (!inside(objectColumn[lane])) {
            kind[lane] = NOTHING;
        }
        touch(lane);
    }

    private void touch(int lane) {
        if (lane != row - 1 || objectColumn[lane] != column) {
            return;
        }
        if (kind[lane] == TREASURE) {
            kind[lane] = NOTHING;
            earn(1);
        } else if (kind[lane] == ENEMY) {
            end();
        }
    }

    private void rise() {
        if (rampClock >= 0) {
            rampClock--;
            return;
        }
        if (movePeriod > 1 && level % 2 == 1) {
            movePeriod--;
        }
        if (spawnPeriod > 1) {
            spawnPeriod--;
        }
        level++;
        rampClock = RAMP_PERIOD;
    }

    @Override
    void draw(Picture picture) {
        picture.show(row, column, 0);
        for (int lane = 0; lane < LANES; lane++) {
            if (kind[lane] != NOTHING) {
                picture.show(lane + 1, objectColumn[lane], kind[lane] == ENEMY ? 1 : 3);
                picture.showInside(lane + 1, objectColumn[lane] - right[lane], 2);
            }
        }
    }

    @Override
    void writeState(DataOutput out) throws IOException {
        write(out, row, column, spawnPeriod, spawnClock, movePeriod, moveClock, rampClock, level);
        write(out, kind);
        write(out, objectColumn);
        write(out, right);
    }

    @Override
    void readState(DataInput in) throws IOException {
        row = in.readInt();
        column = in.readInt();
        spawnPeriod = in.readInt();
        spawnClock = in.readInt();
        movePeriod = in.readInt();
        moveClock = in.readInt();
        rampClock = in.readInt();
        level = in.readInt();
        read(in, kind);
        read(in, objectColumn);
        read(in, right);
    }
}
