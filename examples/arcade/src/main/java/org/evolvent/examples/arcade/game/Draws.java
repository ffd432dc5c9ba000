package org.evolvent.examples.arcade.game;

/** Where a game's random draws come from: a generator, or a recording. */
public interface Draws {
    /** Returns a real number, uniform in [0, 1). */
    double real();

    /** Returns an integer, uniform from {@code low} to {@code high}, both included. */
    int integer(int low, int high);
}
