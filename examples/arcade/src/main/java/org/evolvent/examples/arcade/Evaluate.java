package org.evolvent.examples.arcade;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.evolvent.examples.arcade.game.Environment;
import org.evolvent.examples.arcade.game.SeededDraws;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plays fresh episodes with the best policies of runs and of the random search beside them, and prints a table in Markdown. The score that
 * chose a policy is the best of many noisy ones and so too good; these episodes chose nothing.
 */
final class Evaluate {
    private static final long FIRST_SEED = 1L << 40;
    private static final int BATCH = 256;

    private final int episodes;
    private final PrintStream out;

    private Evaluate(int episodes, PrintStream out) {
        this.episodes = episodes;
        this.out = out;
    }

    /** A policy's score as it was chosen, and the returns of its fresh episodes. */
    private record Played(Title title, double chosen, DescriptiveStatistics returns) {
        String cells() {
            double error = returns.getStandardDeviation() / Math.sqrt(returns.getN());
            return "%.2f | %.2f ± %.2f".formatted(chosen, returns.getMean(), error);
        }
    }

    /** Arguments: how many episodes, and run directories of studies with {@code baseline: random}. */
    public static void main(String[] arguments) throws Exception {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** Returns 0, or 2 if the arguments are wrong, or a run is none of this example, has no baseline, or goes on. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) throws IOException, SQLException {
        if (arguments.size() < 2 || !arguments.get(0).matches("[1-9][0-9]{0,6}")) {
            err.println("usage: examples/arcade/evaluate EPISODES RUN...");
            return 2;
        }
        List<Path> runs = arguments.stream().skip(1).map(Path::of).toList();
        for (Path run : runs) {
            for (Path each : List.of(run, run.resolve("baseline"))) {
                if (!Files.isRegularFile(best(each).resolve(ArcadeTrainer.GAME)) || goesOn(each)) {
                    err.println(
                            "%s has no best policy of this example's trainer, or has not ended.\nMaybe it has no baseline, or must be resumed?"
                                    .formatted(each));
                    return 2;
                }
            }
        }
        Torch.useOneThread();
        new Evaluate(Integer.parseInt(arguments.get(0)), out).run(runs);
        return 0;
    }

    /** The best policy of a study that goes on is only the best so far. */
    private static boolean goesOn(Path run) throws SQLException {
        String log =
                "jdbc:sqlite:file:%s?mode=ro".formatted(run.resolve("events.db").toAbsolutePath());
        try (Connection connection = DriverManager.getConnection(log);
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(*) FROM members WHERE status IN ('training', 'ready')")) {
            return rows.getInt(1) > 0;
        }
    }

    private void run(List<Path> runs) throws IOException {
        out.println("| run | game | PBT: chosen by | PBT: fresh episodes | random search: chosen by"
                + " | random search: fresh episodes | difference |");
        out.println("|---|---|---:|---:|---:|---:|---:|");
        DescriptiveStatistics differences = new DescriptiveStatistics();
        for (Path run : runs) {
            Played pbt = play(run);
            Played random = play(run.resolve("baseline"));
            double difference = pbt.returns.getMean() - random.returns.getMean();
            differences.addValue(difference);
            out.println("| %s | %s | %s | %s | %+.2f |"
                    .formatted(run.getFileName(), pbt.title.label(), pbt.cells(), random.cells(), difference));
        }
        if (differences.getN() > 1) {
            int freedom = (int) differences.getN() - 1;
            double half = new TDistribution(freedom).inverseCumulativeProbability(0.975)
                    * differences.getStandardDeviation()
                    / Math.sqrt(freedom + 1.0);
            double mean = differences.getMean();
            out.println("%nMean difference %+.2f, 95 %% interval [%+.2f, %+.2f] (Student's t, %d runs)"
                    .formatted(mean, mean - half, mean + half, freedom + 1));
        }
    }

    private static Path best(Path run) {
        return run.resolve("best").resolve("checkpoint");
    }

    private Played play(Path run) throws IOException {
        Path checkpoint = best(run);
        Title title = Title.of(
                Files.readString(checkpoint.resolve(ArcadeTrainer.GAME)).strip());
        double chosen = JsonMapper.shared()
                .readTree(Files.readString(run.resolve("best").resolve("schedule.json")))
                .path("score")
                .asDouble();
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
            return new Played(title, chosen, returns);
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
