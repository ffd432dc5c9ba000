package org.evolvent.examples.arcade;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.evolvent.examples.arcade.game.Environment;
import org.evolvent.examples.arcade.game.SeededDraws;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;

/**
 * Plays fresh episodes with the policies of checkpoints. The score that chose a policy is the best of many noisy ones and so too good; these
 * episodes chose nothing. Their seeds are the same for all policies.
 */
final class Evaluate {
    private static final long FIRST_SEED = 1L << 40;
    private static final int BATCH = 256;

    private Evaluate() {}

    /** Arguments: how many episodes, and directories of checkpoints. */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Returns 0, or 2 if the arguments are wrong, or a checkpoint is none of this example. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        if (arguments.size() < 2 || !arguments.get(0).matches("[1-9][0-9]{0,6}")) {
            err.println("usage: examples/arcade/evaluate EPISODES CHECKPOINT...");
            return 2;
        }
        List<Path> checkpoints = arguments.stream().skip(1).map(Path::of).toList();
        for (Path checkpoint : checkpoints) {
            if (!Files.isRegularFile(checkpoint.resolve(ArcadeTrainer.GAME))) {
                err.println("%s is no checkpoint of this example's trainer".formatted(checkpoint));
                return 2;
            }
        }
        Torch.useOneThread();
        int episodes = Integer.parseInt(arguments.get(0));
        out.printf(Locale.ROOT, "%-40s %14s%n", "", "mean return");
        for (Path checkpoint : checkpoints) {
            DescriptiveStatistics returns = play(checkpoint, episodes);
            double error = returns.getStandardDeviation() / Math.sqrt(returns.getN());
            out.printf(Locale.ROOT, "%-40s %7.3f ± %6.3f%n", checkpoint, returns.getMean(), error);
        }
        return 0;
    }

    private static DescriptiveStatistics play(Path checkpoint, int episodes) throws IOException {
        Title title = Title.of(
                Files.readString(checkpoint.resolve(ArcadeTrainer.GAME)).strip());
        try (RandomSource random = new RandomSource(0);
                Network network =
                        new Network(title.game().channels(), title.actions().size(), random)) {
            Checkpoint.read(checkpoint.resolve(ArcadeTrainer.POLICY), ArcadeTrainer.FORMAT, network);
            DescriptiveStatistics returns = new DescriptiveStatistics();
            for (int first = 0; first < episodes; first += BATCH) {
                for (int each : play(title, network, FIRST_SEED + first, Math.min(BATCH, episodes - first))) {
                    returns.addValue(each);
                }
            }
            return returns;
        }
    }

    /**
     * Plays whole episodes side by side: as many are begun as are ended, so that short ones count no more than long ones.
     *
     * @return their returns
     */
    static int[] play(Title title, Network network, long seed, int episodes) {
        List<Environment> environments = new ArrayList<>();
        int[] returns = new int[episodes];
        SeededDraws choices = new SeededDraws(~seed);
        for (int i = 0; i < episodes; i++) {
            environments.add(new Environment(
                    title.game(), title.actions(), Environment.STICKY, Players.LIMIT, new SeededDraws(seed + i)));
            environments.get(i).reset();
        }
        List<Integer> going = new ArrayList<>();
        for (int i = 0; i < episodes; i++) {
            going.add(i);
        }
        int size = 100 * title.game().channels();
        int actions = title.actions().size();
        while (!going.isEmpty()) {
            float[] policy = new float[going.size() * actions];
            try (PointerScope scope = new PointerScope();
                    NoGradGuard guard = new NoGradGuard()) {
                float[] views = new float[going.size() * size];
                for (int i = 0; i < going.size(); i++) {
                    environments.get(going.get(i)).observe(views, i * size);
                }
                Tensor seen = Tensor.create(views, going.size(), size);
                network.look(seen)
                        .logarithms()
                        .contiguous()
                        .<FloatBuffer>createBuffer()
                        .get(policy);
            }
            List<Integer> next = new ArrayList<>();
            for (int i = 0; i < going.size(); i++) {
                int player = going.get(i);
                Environment.Step step =
                        environments.get(player).step(Rollout.draw(policy, i * actions, actions, choices));
                returns[player] += step.reward();
                if (!step.ended()) {
                    next.add(player);
                }
            }
            going = next;
        }
        return returns;
    }
}
