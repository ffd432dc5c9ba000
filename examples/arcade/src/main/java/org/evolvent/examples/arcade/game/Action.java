package org.evolvent.examples.arcade.game;

import java.util.List;

/** What a player can do, in all games. Its number is its place in {@link #ALL}, from 0. One without a meaning in a game acts as {@link #STAY} there. */
public enum Action {
    STAY,
    LEFT,
    UP,
    RIGHT,
    DOWN,
    FIRE;

    /** All of them by number, as the original authors trained. */
    public static final List<Action> ALL = List.of(values());
}
