package org.evolvent.examples.arcade.game;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What uniformly random play collects, against figures that were measured with another implementation of the same rules. */
class RandomPlayTest {
    private static final int EPISODES = 20_000;

    /** Mean return with all six actions, that of the minimal set, the standard error of each, and the mean lengths. */
    @ParameterizedTest
    @CsvSource({
        "BREAKOUT, 20000, 0.515, 0.005, 11.3, 0.378, 0.005, 9.9",
        "FREEWAY, 600, 0.123, 0.014, 2501, 0.357, 0.024, 2501",
        "ASTERIX, 20000, 0.502, 0.006, 70.7, 0.506, 0.006, 66.8",
        "SPACE_INVADERS, 20000, 2.806, 0.016, 50.6, 4.098, 0.023, 59.3",
        "SEAQUEST, 20000, 0.099, 0.003, 30.4, 0.099, 0.003, 30.4"
    })
    void collectsWhatItShould(
            Title game,
            int measured,
            double all,
            double allError,
            double allLength,
            double minimal,
            double minimalError,
            double minimalLength) {
        check(game, Action.ALL, measured, all, allError, allLength);
        check(game, game.actions(), measured, minimal, minimalError, minimalLength);
    }

    /** Both figures have an error, theirs is given and ours follows from it. */
    private static void check(
            Title game, List<Action> actions, int measured, double mean, double error, double length) {
        int episodes = Math.min(EPISODES, game == Title.FREEWAY ? 1000 : EPISODES);
        SeededDraws draws = new SeededDraws(7);
        SeededDraws policy = new SeededDraws(8);
        Environment environment = new Environment(game.game(), actions, Environment.STICKY, 100_000, draws);
        long rewards = 0;
        long steps = 0;
        for (int i = 0; i < episodes; i++) {
            environment.reset();
            Environment.Step step;
            do {
                step = environment.step(policy.integer(0, actions.size() - 1));
                rewards += step.reward();
                steps++;
            } while (!step.ended());
            assertThat(step.truncated()).isFalse();
        }
        double both = error * Math.sqrt(1 + (double) measured / episodes);
        assertThat((double) rewards / episodes).as("return in " + game).isBetween(mean - 4 * both, mean + 4 * both);
        assertThat((double) steps / episodes).as("length in " + game).isBetween(length * 0.97, length * 1.03);
    }
}
