package org.evolvent.examples.arcade;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.examples.arcade.game.Environment;
import org.evolvent.examples.arcade.game.Game;
import org.evolvent.examples.arcade.game.SeededDraws;
import org.evolvent.examples.arcade.game.Title;

/** Measures steps per second of this thread's processor time: of the games played at random, views included, and of learning. */
final class Speed {
    private static final int GAME_STEPS = 4_000_000;
    private static final int LEARNING_STEPS = 150_000;

    private Speed() {}

    /** Prints a table. */
    public static void main(String[] arguments) throws Exception {
        System.out.println("| game | steps/s, game alone | steps/s, with learning |");
        System.out.println("|---|---:|---:|");
        for (Title title : Title.values()) {
            play(title, GAME_STEPS / 4);
            try (ArcadeTrainer trainer = new ArcadeTrainer(title, example(), 1)) {
                trainer.train(LEARNING_STEPS / 4);
                double start = seconds();
                long done = trainer.train(LEARNING_STEPS).steps().orElseThrow();
                double learning = done / (seconds() - start);
                System.out.println(
                        "| %s | %,.0f | %,.0f |".formatted(title.label(), play(title, GAME_STEPS), learning));
            }
        }
    }

    private static Hyperparameters example() {
        return Hyperparameters.ofPlain(Map.of(
                "learning_rate",
                1e-3,
                "entropy",
                0.01,
                "clip",
                0.2,
                "discount",
                0.99,
                "gae_lambda",
                0.95,
                "unroll",
                64));
    }

    private static double play(Title title, int steps) {
        SeededDraws draws = new SeededDraws(1);
        Environment environment =
                new Environment(title.game(), title.actions(), Environment.STICKY, Players.LIMIT, draws);
        environment.reset();
        float[] view = new float[Game.SIZE * Game.SIZE * title.game().channels()];
        int actions = title.actions().size();
        double start = seconds();
        for (int i = 0; i < steps; i++) {
            if (environment.step(draws.integer(0, actions - 1)).ended()) {
                environment.reset();
            }
            environment.observe(view, 0);
        }
        return steps / (seconds() - start);
    }

    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
