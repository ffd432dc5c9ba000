package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A submarine shoots enemies, collects divers and must come up for air. Enemies are worth 1, a load of six divers up to 10. */
final class Seaquest extends Game {
    private static final int FULL_AIR = 200;
    private static final int FULL_LOAD = 6;
    private static final int GAUGES = SIZE - 1;
    private static final int RELOAD = 5;
    private static final int ENEMY_SPAWN = 20;
    private static final int DIVER_SPAWN = 30;
    private static final int ENEMY_MOVE = 5;
    private static final int LEAST_ENEMY_MOVE = 2;
    private static final int DIVER_MOVE = 5;
    private static final int SHOT_PERIOD = 10;

    private final boolean ramp;
    private int row;
    private int column;
    /** Where the submarine faces: 1 right, -1 left. */
    private int right;

    private int air;
    private int divers;
    private boolean surfaced;
    private int reloadClock;
    private int enemySpawnPeriod;
    private int enemySpawnClock;
    private int diverSpawnClock;
    private int enemyMovePeriod;
    private int level;
    /** Each in the order of creation. */
    private final List<Swimmer> ownShots = new ArrayList<>();

    private final List<Swimmer> enemyShots = new ArrayList<>();
    private final List<Swimmer> fish = new ArrayList<>();
    private final List<Swimmer> submarines = new ArrayList<>();
    private final List<Swimmer> swimmingDivers = new ArrayList<>();
    private final List<List<Swimmer>> all = List.of(ownShots, enemyShots, fish, submarines, swimmingDivers);

    /** Whatever moves along its row, by itself. The clocks that its kind lacks stay 0. */
    private static final class Swimmer {
        final int row;
        final int right;
        int column;
        int moveClock;
        int shotClock;

        Swimmer(int row, int column, int right, int moveClock, int shotClock) {
            this.row = row;
            this.column = column;
            this.right = right;
            this.moveClock = moveClock;
            this.shotClock = shotClock;
        }

        boolean at(int otherRow, int otherColumn) {
            return row == otherRow && column == otherColumn;
        }
    }

    Seaquest(boolean ramp) {
        super(10);
        this.ramp = ramp;
    }

    @Override
    public int level() {
        return level;
    }

    @Override
    void begin(Draws draws) {
        row = 0;
        column = 5;
        right = -1;
        air = FULL_AIR;
        divers = 0;
        surfaced = true;
        reloadClock = 0;
        enemySpawnPeriod = ENEMY_SPAWN;
        enemySpawnClock = ENEMY_SPAWN;
        diverSpawnClock = DIVER_SPAWN;
        enemyMovePeriod = ENEMY_MOVE;
        level = 0;
        all.forEach(List::clear);
    }

    @Override
    void play(Action action, Draws draws) {
        if (enemySpawnClock == 0) {
            spawnEnemy(draws);
            enemySpawnClock = enemySpawnPeriod;
        }
        if (diverSpawnClock == 0) {
            int direction = direction(draws);
            swimmingDivers.add(new Swimmer(draws.integer(1, 8), edge(direction), direction, DIVER_MOVE, 0));
            diverSpawnClock = DIVER_SPAWN;
        }
        act(action);
        moveOwnShots();
        moveDivers();
        moveEnemies(submarines, true);
        moveEnemyShots();
        moveEnemies(fish, false);
        enemySpawnClock = Math.max(0, enemySpawnClock - 1);
        diverSpawnClock = Math.max(0, diverSpawnClock - 1);
        reloadClock = Math.max(0, reloadClock - 1);
        if (air <= 0) {
            end();
        }
        if (row > 0) {
            air--;
            surfaced = false;
        } else if (!surfaced) {
            if (divers == 0) {
                end();
            } else {
                surface();
            }
        }
    }

    private static int direction(Draws draws) {
        return draws.real() < 0.5 ? 1 : -1;
    }

    private static int edge(int direction) {
        return direction == 1 ? 0 : SIZE - 1;
    }

    private void spawnEnemy(Draws draws) {
        int direction = direction(draws);
        boolean submarine = draws.real() < 1.0 / 3;
        int lane = draws.integer(1, 8);
        if (meets(fish, lane, direction) || meets(submarines, lane, direction)) {
            return;
        }
        (submarine ? submarines : fish)
                .add(new Swimmer(lane, edge(direction), direction, enemyMovePeriod, submarine ? SHOT_PERIOD : 0));
    }

    private static boolean meets(List<Swimmer> swimmers, int lane, int direction) {
        for (Swimmer swimmer : swimmers) {
            if (swimmer.row == lane && swimmer.right != direction) {
                return true;
            }
        }
        return false;
    }

    private void act(Action action) {
        switch (action) {
            case FIRE -> {
                if (reloadClock == 0) {
                    ownShots.add(new Swimmer(row, column, right, 0, 0));
                    reloadClock = RELOAD;
                }
            }
            case LEFT -> right = -1;
            case RIGHT -> right = 1;
            case UP -> row = Math.max(0, row - 1);
            case DOWN -> row = Math.min(8, row + 1);
            case STAY -> {}
        }
        column = moved(column, action);
    }

    private void moveOwnShots() {
        for (int i = ownShots.size() - 1; i >= 0; i--) {
            Swimmer shot = ownShots.get(i);
            shot.column += shot.right;
            if (!inside(shot.column)) {
                ownShots.remove(i);
            } else if (removeOldest(fish, shot) || removeOldest(submarines, shot)) {
                ownShots.remove(i);
                earn(1);
            }
        }
    }

    /** Removes the oldest that is in the same cell; returns whether there was one. */
    private static boolean removeOldest(List<Swimmer> swimmers, Swimmer other) {
        for (int i = 0; i < swimmers.size(); i++) {
            if (swimmers.get(i).at(other.row, other.column)) {
                swimmers.remove(i);
                return true;
            }
        }
        return false;
    }

    private void moveDivers() {
        for (int i = swimmingDivers.size() - 1; i >= 0; i--) {
            Swimmer diver = swimmingDivers.get(i);
            if (isPickedUp(diver)) {
                swimmingDivers.remove(i);
            } else if (diver.moveClock == 0) {
                diver.moveClock = DIVER_MOVE;
                diver.column += diver.right;
                if (!inside(diver.column) || isPickedUp(diver)) {
                    swimmingDivers.remove(i);
                }
            } else {
                diver.moveClock--;
            }
        }
    }

    private boolean isPickedUp(Swimmer diver) {
        if (!diver.at(row, column) || divers >= FULL_LOAD) {
            return false;
        }
        divers++;
        return true;
    }

    private void moveEnemies(List<Swimmer> enemies, boolean shoot) {
        for (int i = enemies.size() - 1; i >= 0; i--) {
            Swimmer enemy = enemies.get(i);
            endIfAtFront(enemy);
            if (enemy.moveClock == 0) {
                enemy.moveClock = enemyMovePeriod;
                enemy.column += enemy.right;
                if (!inside(enemy.column)) {
                    enemies.remove(i);
                } else if (enemy.at(row, column)) {
                    end();
                } else if (removeOldest(ownShots, enemy)) {
                    enemies.remove(i);
                    earn(1);
                }
            } else {
                enemy.moveClock--;
            }
            if (shoot) {
                shoot(enemy);
            }
        }
    }

    /** Also by one that has just been removed. */
    private void shoot(Swimmer submarine) {
        if (submarine.shotClock == 0) {
            submarine.shotClock = SHOT_PERIOD;
            enemyShots.add(new Swimmer(submarine.row, submarine.column, submarine.right, 0, 0));
        } else {
            submarine.shotClock--;
        }
    }

    private void moveEnemyShots() {
        for (int i = enemyShots.size() - 1; i >= 0; i--) {
            Swimmer shot = enemyShots.get(i);
            endIfAtFront(shot);
            shot.column += shot.right;
            if (inside(shot.column)) {
                endIfAtFront(shot);
            } else {
                enemyShots.remove(i);
            }
        }
    }

    private void endIfAtFront(Swimmer swimmer) {
        if (swimmer.at(row, column)) {
            end();
        }
    }

    /** A full load leaves the count at -1, as in the reference. */
    private void surface() {
        surfaced = true;
        if (divers == FULL_LOAD) {
            earn(litAir());
            divers = 0;
        }
        air = FULL_AIR;
        divers--;
        if (ramp && (enemySpawnPeriod > 1 || enemyMovePeriod > LEAST_ENEMY_MOVE)) {
            if (enemyMovePeriod > LEAST_ENEMY_MOVE && level % 2 == 1) {
                enemyMovePeriod--;
            }
            if (enemySpawnPeriod > 1) {
                enemySpawnPeriod--;
            }
            level++;
        }
    }

    /** Returns how many cells of the air's gauge are lit. */
    private int litAir() {
        return Math.max(0, 10 * air / FULL_AIR);
    }

    @Override
    void draw(Picture picture) {
        picture.show(row, column, 0);
        picture.show(row, column - right, 1);
        show(picture, ownShots, 2, false);
        show(picture, enemyShots, 4, false);
        show(picture, fish, 5, true);
        show(picture, submarines, 6, true);
        show(picture, swimmingDivers, 9, true);
        for (int i = 0; i < litAir(); i++) {
            picture.show(GAUGES, i, 7);
        }
        for (int i = 0; i < divers; i++) {
            picture.show(GAUGES, GAUGES - 1 - i, 8);
        }
    }

    private static void show(Picture picture, List<Swimmer> swimmers, int channel, boolean trail) {
        for (Swimmer swimmer : swimmers) {
            picture.show(swimmer.row, swimmer.column, channel);
            if (trail) {
                picture.showInside(swimmer.row, swimmer.column - swimmer.right, 3);
            }
        }
    }

    @Override
    void writeState(DataOutput out) throws IOException {
        write(out, row, column, right, air, divers, reloadClock, enemySpawnPeriod, enemySpawnClock, diverSpawnClock);
        write(out, enemyMovePeriod, level);
        out.writeBoolean(surfaced);
        for (List<Swimmer> swimmers : all) {
            out.writeInt(swimmers.size());
            for (Swimmer it : swimmers) {
                write(out, it.row, it.column, it.right, it.moveClock, it.shotClock);
            }
        }
    }

    @Override
    void readState(DataInput in) throws IOException {
        row = in.readInt();
        column = in.readInt();
        right = in.readInt();
        air = in.readInt();
        divers = in.readInt();
        reloadClock = in.readInt();
        enemySpawnPeriod = in.readInt();
        enemySpawnClock = in.readInt();
        diverSpawnClock = in.readInt();
        enemyMovePeriod = in.readInt();
        level = in.readInt();
        surfaced = in.readBoolean();
        for (List<Swimmer> swimmers : all) {
            swimmers.clear();
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                swimmers.add(new Swimmer(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt()));
            }
        }
    }
}
