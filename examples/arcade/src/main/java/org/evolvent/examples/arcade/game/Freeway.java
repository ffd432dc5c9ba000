package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A walker crosses eight lanes of traffic upwards in a fixed column. A crossing is worth 1. */
final class Freeway extends Game {
    private static final int LANES = 8;
    private static final int WALKERS_COLUMN = 4;
    private static final int START = SIZE - 1;
    private static final int REST = 3;
    private static final int TIME = 2500;

    private int walker;
    private int walkClock;
    private int timeLeft;
    /** By lane: lane i is row i + 1. */
    private final int[] column = new int[LANES];

    private final int[] right = new int[LANES];
    private final int[] pace = new int[LANES];
    private final int[] clock = new int[LANES];

    Freeway() {
        super(7);
    }

    @Override
    void begin(Draws draws) {
        setTraffic(draws);
        Arrays.fill(column, 0);
        walker = START;
        walkClock = REST;
        timeLeft = TIME;
    }

    private void setTraffic(Draws draws) {
        for (int lane = 0; lane < LANES; lane++) {
            pace[lane] = draws.integer(1, 5);
            clock[lane] = pace[lane];
        }
        for (int lane = 0; lane < LANES; lane++) {
            right[lane] = draws.real() > 0.5 ? 1 : -1;
        }
    }

    @Override
    void play(Action action, Draws draws) {
        if (walkClock == 0 && (action == Action.UP || action == Action.DOWN)) {
            walkClock = REST;
            walker = action == Action.UP ? walker - 1 : Math.min(START, walker + 1);
        }
        if (walker == 0) {
            earn(1);
            setTraffic(draws);
            walker = START;
        }
        for (int lane = 0; lane < LANES; lane++) {
            hit(lane);
            if (clock[lane] == 0) {
                clock[lane] = pace[lane];
                column[lane] = wrapped(column[lane] + right[lane]);
                hit(lane);
            } else {
                clock[lane]--;
            }
        }
        walkClock = Math.max(0, walkClock - 1);
        timeLeft--;
        if (timeLeft < 0) {
            end();
        }
    }

    private void hit(int lane) {
        if (walker == lane + 1 && column[lane] == WALKERS_COLUMN) {
            walker = START;
        }
    }

    private static int wrapped(int column) {
        return Math.floorMod(column, SIZE);
    }

    @Override
    void draw(Picture picture) {
        picture.show(walker, WALKERS_COLUMN, 0);
        for (int lane = 0; lane < LANES; lane++) {
            picture.show(lane + 1, column[lane], 1);
            picture.show(lane + 1, wrapped(column[lane] - right[lane]), 1 + pace[lane]);
        }
    }

    @Override
    void writeState(DataOutput out) throws IOException {
        write(out, walker, walkClock, timeLeft);
        write(out, column);
        write(out, right);
        write(out, pace);
        write(out, clock);
    }

    @Override
    void readState(DataInput in) throws IOException {
        walker = in.readInt();
        walkClock = in.readInt();
        timeLeft = in.readInt();
        read(in, column);
        read(in, right);
        read(in, pace);
        read(in, clock);
    }
}
