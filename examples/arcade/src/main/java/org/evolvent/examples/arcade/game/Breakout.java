package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** A paddle keeps a ball in play below a wall of bricks. A brick is worth 1. */
final class Breakout extends Game {
    private static final int FULL = (1 << SIZE) - 1;
    private static final int BOTTOM = SIZE - 1;

    private int ballRow;
    private int ballColumn;
    /** How the ball moves: -1 up and 1 down, -1 left and 1 right. */
    private int down;

    private int right;
    private int trailRow;
    private int trailColumn;
    private int paddle;
    /** Rows of bits by column; bricks lie in rows 1 to 3 only. */
    private final int[] bricks = new int[SIZE];
    /** Whether the previous step ran into a brick: then the ball passes through the next one. */
    private boolean contact;

    Breakout() {
        super(4);
    }

    @Override
    void begin(Draws draws) {
        build();
        paddle = 4;
        boolean left = draws.integer(0, 1) == 0;
        ballRow = 3;
        ballColumn = left ? 0 : SIZE - 1;
        down = 1;
        right = left ? 1 : -1;
        trailRow = ballRow;
        trailColumn = ballColumn;
        contact = false;
    }

    private void build() {
        Arrays.fill(bricks, 1, 4, FULL);
    }

    @Override
    void play(Action action, Draws draws) {
        paddle = moved(paddle, action);
        trailRow = ballRow;
        trailColumn = ballColumn;
        int row = ballRow + down;
        int column = ballColumn + right;
        if (!inside(column)) {
            column = ballColumn;
            right = -right;
        }
        boolean brick = false;
        if (row < 0) {
            row = 0;
            down = -down;
        } else if ((bricks[row] >> column & 1) != 0) {
            brick = true;
            if (!contact) {
                earn(1);
                bricks[row] &= ~(1 << column);
                row = ballRow;
                down = -down;
            }
        } else if (row == BOTTOM) {
            if (Arrays.stream(bricks).allMatch(bits -> bits == 0)) {
                build();
            }
            if (paddle == ballColumn) {
                down = -down;
                row = ballRow;
            } else if (paddle == column) {
                down = -down;
                right = -right;
                row = ballRow;
            } else {
                end();
            }
        }
        contact = brick;
        ballRow = row;
        ballColumn = column;
    }

    @Override
    void draw(Picture picture) {
        picture.show(BOTTOM, paddle, 0);
        picture.show(ballRow, ballColumn, 1);
        picture.show(trailRow, trailColumn, 2);
        for (int row = 1; row <= 3; row++) {
            picture.showBits(row, bricks[row], 3);
        }
    }

    @Override
    void writeState(DataOutput out) throws IOException {
        write(out, ballRow, ballColumn, down, right, trailRow, trailColumn, paddle);
        write(out, bricks);
        out.writeBoolean(contact);
    }

    @Override
    void readState(DataInput in) throws IOException {
        ballRow = in.readInt();
        ballColumn = in.readInt();
        down = in.readInt();
        right = in.readInt();
        trailRow = in.readInt();
        trailColumn = in.readInt();
        paddle = in.readInt();
        read(in, bricks);
        contact = in.readBoolean();
    }
}
