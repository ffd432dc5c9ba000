package org.evolvent.examples.arcade;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.evolvent.examples.arcade.game.Environment;
import org.evolvent.examples.arcade.game.Game;
import org.evolvent.examples.arcade.game.SeededDraws;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.Stateful;

/** Environments that are played side by side, each begun anew as soon as its episode has ended. */
final class Players implements Stateful {
    /** The most steps of an episode: a submarine at the surface would wait for ever. */
    static final int LIMIT = 5000;

    /** Of how many episodes, at most, the returns are remembered. */
    static final int EPISODES = 256;

    private final SeededDraws draws;
    private final Environment[] environments;
    private final int size;
    private final int[] returns;
    private final Deque<Double> finished = new ArrayDeque<>();

    /** Creates players at the start of their first episodes. */
    Players(Title title, int count, SeededDraws draws) {
        this.draws = draws;
        environments = new Environment[count];
        returns = new int[count];
        Game first = title.game();
        size = Game.SIZE * Game.SIZE * first.channels();
        for (int i = 0; i < count; i++) {
            environments[i] = new Environment(title.game(), title.actions(), Environment.STICKY, LIMIT, draws);
            environments[i].reset();
        }
    }

    int count() {
        return environments.length;
    }

    /** Returns how many numbers a view has. */
    int viewSize() {
        return size;
    }

    /** Writes the view of each player behind that of the one before. */
    void observe(float[] views) {
        for (int i = 0; i < environments.length; i++) {
            environments[i].observe(views, i * size);
        }
    }

    /** What happens to an episode that ends. */
    interface Ending {
        /** Called before the next episode begins, so that the last view can be taken. */
        void ended(Environment environment, Environment.Step step);
    }

    /**
     * Plays a step of one player.
     *
     * @param ending called if the episode ends
     */
    Environment.Step step(int player, int action, Ending ending) {
        Environment environment = environments[player];
        Environment.Step step = environment.step(action);
        returns[player] += step.reward();
        if (step.ended()) {
            ending.ended(environment, step);
            if (finished.size() == EPISODES) {
                finished.removeFirst();
            }
            finished.addLast((double) returns[player]);
            returns[player] = 0;
            environment.reset();
        }
        return step;
    }

    /** Forgets the returns of all episodes that have ended. */
    void forget() {
        finished.clear();
    }

    /** Returns the returns of the last episodes that have ended since they were forgotten. */
    List<Double> finished() {
        return List.copyOf(finished);
    }

    /** Writes all but what ended: an interval begins with nothing of that. */
    @Override
    public void write(DataOutput out) throws IOException {
        draws.write(out);
        for (int i = 0; i < environments.length; i++) {
            environments[i].write(out);
            out.writeInt(returns[i]);
        }
    }

    @Override
    public void read(DataInput in) throws IOException {
        draws.read(in);
        for (int i = 0; i < environments.length; i++) {
            environments[i].read(in);
            returns[i] = in.readInt();
        }
    }
}
