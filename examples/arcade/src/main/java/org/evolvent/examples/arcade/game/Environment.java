package org.evolvent.examples.arcade.game;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.evolvent.examples.torch.Stateful;

/** A game as Gymnasium would offer it, with sticky actions (Machado et al. 2018) and a limit of an episode's length. */
public final class Environment implements Stateful {
    /** How likely the last action is carried out again, by default. */
    public static final double STICKY = 0.1;

    private final Game game;
    private final List<Action> actions;
    private final double sticky;
    private final int limit;
    private final Draws draws;
    private Action previous = Action.STAY;
    private int length;

    /**
     * What a step led to.
     *
     * @param reward at least 0
     * @param terminated whether the game is over
     * @param truncated whether the episode has reached its limit without that
     */
    public record Step(int reward, boolean terminated, boolean truncated) {
        /** Returns whether the episode has ended, in either way. */
        public boolean ended() {
            return terminated || truncated;
        }
    }

    /**
     * Creates one that has to be {@link #reset} first.
     *
     * @param game its difficulty rises or not, as it was created
     * @param actions what can be chosen; {@link Title#actions()} or {@link Action#ALL}
     * @param sticky how likely the last action is carried out again instead of the chosen one, in [0, 1]
     * @param limit the most steps of an episode, at least 1
     * @param draws from where all of the game's and the sticky draws come
     */
    public Environment(Game game, List<Action> actions, double sticky, int limit, Draws draws) {
        if (!(sticky >= 0 && sticky <= 1)) {
            throw new IllegalArgumentException(
                    "The probability of a sticky action is %s but must be from 0 to 1".formatted(sticky));
        }
        if (limit < 1) {
            throw new IllegalArgumentException(
                    "The limit of an episode is %d steps but must be at least 1".formatted(limit));
        }
        this.game = game;
        this.actions = List.copyOf(actions);
        this.sticky = sticky;
        this.limit = limit;
        this.draws = draws;
    }

    /** Begins an episode. What was done last in the one before is not forgotten: the first step can repeat it. */
    public void reset() {
        game.reset(draws);
        length = 0;
    }

    /**
     * Plays a step.
     *
     * @param action an index into the actions that can be chosen
     */
    public Step step(int action) {
        if (draws.real() >= sticky) {
            previous = actions.get(action);
        }
        int reward = game.step(previous, draws);
        length++;
        return new Step(reward, game.isOver(), !game.isOver() && length >= limit);
    }

    /** Returns how many steps this episode has had. */
    public int length() {
        return length;
    }

    /** Writes what is seen; see {@link Game#observe}. */
    public void observe(float[] view, int offset) {
        game.observe(view, offset);
    }

    /** Writes the game and what was done last; the draws are whose they are. */
    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(length);
        out.writeInt(Action.ALL.indexOf(previous));
        game.write(out);
    }

    @Override
    public void read(DataInput in) throws IOException {
        length = in.readInt();
        previous = Action.ALL.get(in.readInt());
        game.read(in);
    }
}
