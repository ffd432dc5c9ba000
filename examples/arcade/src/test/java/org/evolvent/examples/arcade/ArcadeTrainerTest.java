package org.evolvent.examples.arcade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.trainer.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArcadeTrainerTest {
    private static final int ROLLOUT = 64 * 16;

    @TempDir
    private Path directory;

    private static Hyperparameters hyperparameters(double learningRate) {
        return Hyperparameters.ofPlain(Map.of(
                "learning_rate", learningRate,
                "entropy", 0.01,
                "clip", 0.2,
                "discount", 0.99,
                "gae_lambda", 0.95,
                "unroll", 16));
    }

    private static ArcadeTrainer trainer(Title title, long seed) {
        return new ArcadeTrainer(title, hyperparameters(3e-3), seed);
    }

    /** Weights, optimizer, generators, and the games in the middle of their episodes. */
    @ParameterizedTest
    @EnumSource
    void goesOnFromACheckpointBitByBit(Title title) throws Exception {
        try (ArcadeTrainer whole = trainer(title, 1);
                ArcadeTrainer other = trainer(title, 2)) {
            whole.train(2 * ROLLOUT);
            other.train(ROLLOUT);
            assertThat(saved(other, "other")).isNotEqualTo(saved(whole, "first"));
            other.restore(directory.resolve("first"));
            Report went = whole.train(ROLLOUT);
            assertThat(other.train(ROLLOUT)).isEqualTo(went);
            assertThat(saved(other, "again")).isEqualTo(saved(whole, "whole"));
        }
    }

    /** The files of a checkpoint, by name; a checkpoint names itself by their content. */
    private Map<String, List<Byte>> saved(ArcadeTrainer trainer, String name) throws IOException {
        Path checkpoint = Files.createDirectory(directory.resolve(name));
        trainer.save(checkpoint);
        Map<String, List<Byte>> files = new TreeMap<>();
        try (Stream<Path> paths = Files.list(checkpoint)) {
            for (Path path : paths.toList()) {
                files.put(path.getFileName().toString(), boxed(Files.readAllBytes(path)));
            }
        }
        return files;
    }

    private static List<Byte> boxed(byte[] bytes) {
        Byte[] boxes = new Byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            boxes[i] = bytes[i];
        }
        return List.of(boxes);
    }

    @Test
    void hyperparametersChangeInPlace() throws Exception {
        try (ArcadeTrainer one = trainer(Title.BREAKOUT, 1);
                ArcadeTrainer other = trainer(Title.BREAKOUT, 1)) {
            other.apply(hyperparameters(1e-4));
            assertThat(saved(other, "b")).isEqualTo(saved(one, "a"));
            one.train(1);
            other.train(1);
            assertThat(saved(other, "d").get("policy.bin"))
                    .isNotEqualTo(saved(one, "c").get("policy.bin"));
        }
    }

    @Test
    void aCopyGetsGamesOfItsOwn() throws Exception {
        try (ArcadeTrainer one = trainer(Title.BREAKOUT, 1);
                ArcadeTrainer copy = trainer(Title.BREAKOUT, 1);
                ArcadeTrainer same = trainer(Title.BREAKOUT, 1)) {
            copy.reseed(2);
            same.reseed(2);
            one.train(1);
            copy.train(1);
            same.train(1);
            assertThat(saved(copy, "b")).isNotEqualTo(saved(one, "a")).isEqualTo(saved(same, "c"));
        }
    }

    @Test
    void movesInWholeRolloutsAndReportsEpisodes() throws Exception {
        try (ArcadeTrainer trainer = trainer(Title.SPACE_INVADERS, 1)) {
            Report report = trainer.train(3 * ROLLOUT + 1);
            assertThat(report.steps()).contains(4L * ROLLOUT);
            double mean = report.samples().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            assertThat(report.metrics()).containsExactly(Map.entry("mean_return", mean));
            assertThat(mean).isBetween(2.0, 8.0);
        }
    }

    @Test
    void thereIsNoScoreWithoutAnEpisode() throws Exception {
        try (ArcadeTrainer trainer = trainer(Title.FREEWAY, 1)) {
            assertThat(trainer.train(1).metrics()).isEmpty();
        }
    }

    @Test
    void aCheckpointOfAnotherGameIsRefused() throws Exception {
        try (ArcadeTrainer asterix = trainer(Title.ASTERIX, 1);
                ArcadeTrainer breakout = trainer(Title.BREAKOUT, 1)) {
            asterix.save(directory);
            assertThatIOException()
                    .isThrownBy(() -> breakout.restore(directory))
                    .withMessageContaining("is of the game asterix but must be of breakout");
        }
    }

    /** Against the definition: the discounted sum of all surprises until the end of the episode. */
    @Test
    void advantagesAreAsDefined() {
        Settings settings = new Settings(1, 0, 0.2, 0.9, 0.8, 4);
        float[] rewards = {1, 2, 0, 1, 3, 0, 1, 1};
        float[] values = {0.5f, 1, 2, 0.25f, 1, 3, 1, 0.5f, 4, 2};
        float[] goesOn = {1, 1, 0, 1, 1, 0, 1, 1
        }; // The first player's episode ends in step 2, the second's is cut off in step 3.
        float[] cutOff = {0, 0, 0, 0, 0, 5, 0, 0};
        float[] advantages = new float[8];
        Advantages.put(advantages, rewards, values, goesOn, cutOff, settings);
        for (int player = 0; player < 2; player++) {
            for (int step = 0; step < 4; step++) {
                double expected = 0;
                double weight = 1;
                for (int later = step; later < 4; later++) {
                    int at = 2 * later + player;
                    double following = goesOn[at] == 1 ? values[at + 2] : cutOff[at];
                    expected += weight * (rewards[at] + 0.9 * following - values[at]);
                    weight *= 0.9 * 0.8;
                    if (goesOn[at] == 0) {
                        break;
                    }
                }
                assertThat((double) advantages[2 * step + player]).isCloseTo(expected, within(1e-5));
            }
        }
    }
}
