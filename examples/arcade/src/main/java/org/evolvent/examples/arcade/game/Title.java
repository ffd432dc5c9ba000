package org.evolvent.examples.arcade.game;

import static org.evolvent.examples.arcade.game.Action.DOWN;
import static org.evolvent.examples.arcade.game.Action.FIRE;
import static org.evolvent.examples.arcade.game.Action.LEFT;
import static org.evolvent.examples.arcade.game.Action.RIGHT;
import static org.evolvent.examples.arcade.game.Action.STAY;
import static org.evolvent.examples.arcade.game.Action.UP;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The games there are. */
public enum Title {
    BREAKOUT(List.of(STAY, LEFT, RIGHT), 0.378, OptionalDouble.of(28)),
    FREEWAY(List.of(STAY, UP, DOWN), 0.357, OptionalDouble.of(58)),
    ASTERIX(List.of(STAY, LEFT, UP, RIGHT, DOWN), 0.506, OptionalDouble.of(15)),
    SPACE_INVADERS(List.of(STAY, LEFT, RIGHT, FIRE), 4.098, OptionalDouble.of(131)),
    SEAQUEST(Action.ALL, 0.099, OptionalDouble.empty());

    @SuppressWarnings("ImmutableEnumChecker") // What List.of returns is.
    private final List<Action> actions;

    private final double randomReturn;
    private final OptionalDouble publishedReturn;

    Title(List<Action> actions, double randomReturn, OptionalDouble publishedReturn) {
        this.actions = actions;
        this.randomReturn = randomReturn;
        this.publishedReturn = publishedReturn;
    }

    /** Returns the game of a name such as {@code space_invaders}. */
    public static Title of(String name) {
        for (Title title : values()) {
            if (title.label().equals(name)) {
                return title;
            }
        }
        throw new IllegalArgumentException("The game is '%s' but must be one of %s"
                .formatted(name, Arrays.stream(values()).map(Title::label).collect(Collectors.joining(", "))));
    }

    /** Returns the name in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a new game whose difficulty rises. */
    public Game game() {
        return game(true);
    }

    /**
     * Returns a new game.
     *
     * @param ramp whether the difficulty rises; of no meaning in Breakout and Freeway
     */
    public Game game(boolean ramp) {
        return switch (this) {
            case BREAKOUT -> new Breakout();
            case FREEWAY -> new Freeway();
            case ASTERIX -> new Asterix(ramp);
            case SPACE_INVADERS -> new SpaceInvaders(ramp);
            case SEAQUEST -> new Seaquest(ramp);
        };
    }

    /** Returns the minimal action set: those that mean something. */
    public List<Action> actions() {
        return actions;
    }

    /** Returns the mean return of actions drawn uniformly from the minimal set, a tenth of them sticky. */
    public double randomReturn() {
        return randomReturn;
    }

    /** Returns the return of PPO that is published in the README of gymnax, if there is one; its rules differ a little. */
    public OptionalDouble publishedReturn() {
        return publishedReturn;
    }

    /** Returns where a return lies between that of random actions (0) and the published one (1). */
    public OptionalDouble normalised(double meanReturn) {
        return publishedReturn.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((meanReturn - randomReturn) / (publishedReturn.getAsDouble() - randomReturn));
    }
}
