package org.evolvent.examples.arcade;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.evolvent.examples.arcade.game.SeededDraws;
import org.evolvent.examples.torch.Retained;

/** What players saw, did and got in an unroll, and what that was worth. Made once, filled again and again. */
final class Rollout implements AutoCloseable {
    private final Retained retained = new Retained();
    private final Players players;
    private final int unroll;
    private final SeededDraws draws;
    private final float[] now;
    private final float[] logarithms;
    private final float[] rewards;
    private final float[] values;
    /** 0 where an episode ended, else 1. */
    private final float[] goesOn;
    /** Where an episode was cut off, the value of what was seen last. */
    private final float[] cutOff;

    private final float[] advantages;
    private final Tensor views;
    private final Tensor actions;
    private final Tensor before;
    private final Tensor advantageTensor;
    private final Tensor returnTensor;

    /** Creates an empty one. Actions are drawn from {@code draws}. */
    Rollout(Players players, int unroll, SeededDraws draws) {
        this.players = players;
        this.unroll = unroll;
        this.draws = draws;
        int count = players.count();
        int size = unroll * count;
        now = new float[count * players.viewSize()];
        logarithms = new float[size];
        rewards = new float[size];
        values = new float[size + count];
        goesOn = new float[size];
        cutOff = new float[size];
        advantages = new float[size];
        try (PointerScope scope = new PointerScope()) {
            views = retained.keep(torch.zeros(size, players.viewSize()));
            actions = retained.keep(torch.zeros(
                    new long[] {size}, new TensorOptions().dtype(new ScalarTypeOptional(torch.ScalarType.Long))));
            before = retained.keep(torch.zeros(size));
            advantageTensor = retained.keep(torch.zeros(size));
            returnTensor = retained.keep(torch.zeros(size));
        }
    }

    /** Returns how many steps are in it. */
    int size() {
        return rewards.length;
    }

    /** Returns what was seen: size x view. */
    Tensor views() {
        return views;
    }

    /** Returns what was done: size. */
    Tensor actions() {
        return actions;
    }

    /** Returns the logarithms of how probable that was: size. */
    Tensor before() {
        return before;
    }

    /** Returns how much better it was than expected: size. */
    Tensor advantages() {
        return advantageTensor;
    }

    /** Returns what the values should have been: size. */
    Tensor returns() {
        return returnTensor;
    }

    /** Lets all players play on. */
    void play(Network network, Settings settings) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard()) {
            FloatBuffer seen = views.createBuffer();
            LongBuffer done = actions.createBuffer();
            int count = players.count();
            for (int step = 0; step < unroll; step++) {
                players.observe(now);
                seen.put(now);
                play(network, step * count, done);
            }
            players.observe(now);
            try (PointerScope last = new PointerScope()) {
                Tensor end = Tensor.create(now, count, players.viewSize());
                network.look(end)
                        .values()
                        .contiguous()
                        .<FloatBuffer>createBuffer()
                        .get(values, unroll * count, count);
            }
            Advantages.put(advantages, rewards, values, goesOn, cutOff, settings);
            before.<FloatBuffer>createBuffer().put(logarithms);
            advantageTensor.<FloatBuffer>createBuffer().put(advantages);
            FloatBuffer returns = returnTensor.createBuffer();
            for (int i = 0; i < advantages.length; i++) {
                returns.put(i, advantages[i] + values[i]);
            }
        }
    }

    private void play(Network network, int first, LongBuffer done) {
        int count = players.count();
        try (PointerScope scope = new PointerScope()) {
            Network.Output output = network.look(views.narrow(0, first, count));
            output.values().contiguous().<FloatBuffer>createBuffer().get(values, first, count);
            int choices = (int) output.logarithms().size(1);
            float[] policy = new float[count * choices];
            output.logarithms().contiguous().<FloatBuffer>createBuffer().get(policy);
            for (int player = 0; player < count; player++) {
                int at = first + player;
                int action = draw(policy, player * choices, choices, draws);
                done.put(at, action);
                logarithms[at] = policy[player * choices + action];
                goesOn[at] = 1;
                cutOff[at] = 0;
                rewards[at] = players.step(player, action, (environment, step) -> {
                            goesOn[at] = 0;
                            if (step.truncated()) {
                                float[] view = new float[players.viewSize()];
                                environment.observe(view, 0);
                                cutOff[at] = network.look(Tensor.create(view, 1, view.length))
                                        .values()
                                        .item_float();
                            }
                        })
                        .reward();
            }
        }
    }

    /** Draws an action from the logarithms of the probabilities of {@code choices} actions, the first of which is at {@code first}. */
    static int draw(float[] policy, int first, int choices, SeededDraws draws) {
        double left = draws.real();
        for (int action = 0; action < choices - 1; action++) {
            left -= StrictMath.exp(policy[first + action]);
            if (left < 0) {
                return action;
            }
        }
        return choices - 1;
    }

    @Override
    public void close() {
        retained.close();
    }
}
