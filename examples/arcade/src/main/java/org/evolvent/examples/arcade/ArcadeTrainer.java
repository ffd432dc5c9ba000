package org.evolvent.examples.arcade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.examples.arcade.game.SeededDraws;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.Adam;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;

/**
 * Learns to play a game. A step is one step of one environment; 64 are played side by side, so it trains in rollouts of 64 x {@code unroll}.
 * The objective {@code mean_return} is the mean return of the last episodes, 256 at most, that ended in the interval: none, if there was no
 * such episode. They are training episodes, so they cost nothing; fresh ones are for {@link Evaluate}.
 */
final class ArcadeTrainer implements Trainer {
    /** The file of a checkpoint that holds the network, and nothing else. */
    static final String POLICY = "policy.bin";

    /** The file of a checkpoint that says which game. */
    static final String GAME = "game.txt";

    static final int FORMAT = 1;

    private static final String STATE = "state.bin";
    private static final int PLAYERS = 64;

    private final Title title;
    private final RandomSource random;
    private final SeededDraws choices;
    private final SeededDraws fate;
    private final Players players;
    private final Network network;
    private final Adam adam;
    private final Rollout rollout;
    private final Learner learner;
    private Settings settings;

    /** Creates one with fresh weights and episodes. */
    ArcadeTrainer(Title title, Hyperparameters hyperparameters, long seed) {
        Torch.useOneThread();
        this.title = title;
        settings = Settings.of(hyperparameters);
        random = new RandomSource(seed);
        choices = new SeededDraws(seed);
        fate = new SeededDraws(~seed);
        players = new Players(title, PLAYERS, fate);
        network = new Network(title.game().channels(), title.actions().size(), random);
        adam = new Adam(network.parameters());
        rollout = new Rollout(players, settings.unroll(), choices);
        learner = new Learner(network, adam, random);
    }

    @Override
    public Report train(long steps) throws InterruptedException {
        players.forget();
        long done = 0;
        while (done < steps) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted after " + done + " steps");
            }
            rollout.play(network, settings);
            learner.learn(rollout, settings);
            done += rollout.size();
        }
        List<Double> returns = players.finished();
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (!returns.isEmpty()) {
            metrics.put(
                    "mean_return",
                    returns.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
        }
        return new Report(metrics, returns).withSteps(done);
    }

    /** Adam's moments stay: they belong to the weights. */
    @Override
    public void apply(Hyperparameters hyperparameters) {
        settings = Settings.of(hyperparameters);
    }

    @Override
    public void reseed(long seed) {
        random.reseed(seed);
        choices.reseed(seed);
        fate.reseed(~seed);
    }

    @Override
    public void save(Path directory) throws IOException {
        Files.writeString(directory.resolve(GAME), title.label() + "\n");
        Checkpoint.write(directory.resolve(POLICY), FORMAT, network);
        Checkpoint.write(directory.resolve(STATE), FORMAT, adam, random, choices, players);
    }

    @Override
    public void restore(Path directory) throws IOException {
        String game = Files.readString(directory.resolve(GAME)).strip();
        if (!game.equals(title.label())) {
            throw new IOException("%s is of the game %s but must be of %s".formatted(directory, game, title.label()));
        }
        Checkpoint.read(directory.resolve(POLICY), FORMAT, network);
        Checkpoint.read(directory.resolve(STATE), FORMAT, adam, random, choices, players);
    }

    @Override
    public void close() {
        rollout.close();
        adam.close();
        network.close();
        random.close();
    }
}
