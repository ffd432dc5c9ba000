package org.evolvent.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer on small images of two kinds: left half bright, or lower half. */
class GanTrainerTest {
    private static final int SIDE = 16;

    private static Task task;

    @TempDir
    private Path directory;

    @BeforeAll
    static void drawImages() {
        Torch.useOneThread();
        Images images = halves(200);
        TrainedJudge judge = new TrainedJudge(1, SIDE, 2);
        try (RandomSource random = new RandomSource(1)) {
            judge.draw(random);
        }
        task = Task.of(new Task.Data(images, images), judge);
    }

    private static Images halves(int count) {
        byte[] pixels = new byte[count * SIDE * SIDE];
        long[] labels = new long[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 2;
            for (int j = 0; j < SIDE * SIDE; j++) {
                boolean bright = labels[i] == 0 ? j % SIDE < SIDE / 2 : j >= SIDE * SIDE / 2;
                pixels[i * SIDE * SIDE + j] = (byte) (bright ? 250 - i : 0);
            }
        }
        return Images.of(pixels, labels, 2, 1, SIDE, SIDE);
    }

    @Tag("slow")
    @Test
    void learns() throws Exception {
        try (Trainer trainer = new GanTrainer(task, good(), 1)) {
            Report early = trainer.train(1);
            Report late = trainer.train(150);
            assertThat(late.metrics().get("frechet_distance"))
                    .isLessThan(0.3 * early.metrics().get("frechet_distance"));
            assertThat(late.samples()).hasSize(4);
            assertThat(trainer.evaluate()).contains(late);
        }
    }

    /** Seven steps are an odd number, so that it matters whose turn it is. */
    @Test
    void goesOnFromACheckpointBitByBit() throws Exception {
        try (Trainer whole = new GanTrainer(task, good(), 1);
                Trainer other = new GanTrainer(task, good(), 2)) {
            whole.train(7);
            byte[] middle = saved(whole, "middle");
            other.train(2);
            other.restore(directory.resolve("middle"));
            assertThat(saved(other, "restored")).isEqualTo(middle);
            assertThat(other.evaluate()).isEqualTo(whole.evaluate());

            Report expected = whole.train(7);
            assertThat(other.train(7)).isEqualTo(expected);
            assertThat(saved(other, "end of other")).isEqualTo(saved(whole, "end of whole"));
        }
    }

    @Tag("slow")
    @Test
    void everyHyperparameterActs() throws Exception {
        byte[] expected = trained("as it was", good());
        for (String name : good().values().keySet()) {
            Value other = name.endsWith("steps") ? new Value.Int(1) : new Value.Real(0.01);
            assertThat(trained(name, good().with(name, other))).as(name).isNotEqualTo(expected);
        }
    }

    private byte[] trained(String name, Hyperparameters hyperparameters) throws Exception {
        try (Trainer trainer = new GanTrainer(task, good(), 1)) {
            trainer.apply(hyperparameters);
            trainer.train(4);
            return saved(trainer, name);
        }
    }

    @Test
    void reseedChangesWhatIsDrawn() throws Exception {
        try (Trainer one = new GanTrainer(task, good(), 1);
                Trainer two = new GanTrainer(task, good(), 1)) {
            two.reseed(7);
            one.train(1);
            two.train(1);
            assertThat(saved(two, "two")).isNotEqualTo(saved(one, "one"));
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsInTwoThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<byte[]> one = threads.submit(run("one", 1));
            Future<byte[]> two = threads.submit(run("two", 1));
            assertThat(one.get()).isEqualTo(two.get());
            assertThat(run("three", 2).call()).isNotEqualTo(one.get());
        } finally {
            threads.shutdown();
        }
    }

    private Callable<byte[]> run(String name, long seed) {
        return () -> {
            try (Trainer trainer = new GanTrainer(task, good(), seed)) {
                trainer.train(5);
                return saved(trainer, name);
            }
        };
    }

    @Test
    void samplesGoOnBelowThoseOfTheCheckpoint() throws Exception {
        try (Trainer trainer = new GanTrainer(task, good(), 1);
                Trainer copy = new GanTrainer(task, good(), 2)) {
            trainer.train(1);
            trainer.train(1);
            saved(trainer, "two");
            copy.restore(directory.resolve("two"));
            copy.train(1);
            saved(copy, "three");
        }
        int[] two = pixels("two");
        int[] three = pixels("three");
        assertThat(two).hasSize(2 * Sheet.COLUMNS * SIDE * SIDE);
        assertThat(three).hasSize(3 * Sheet.COLUMNS * SIDE * SIDE).startsWith(two);
        assertThat(IntStream.of(two).distinct().count()).isGreaterThan(1);
    }

    private int[] pixels(String name) throws Exception {
        var image =
                ImageIO.read(directory.resolve(name).resolve(GanTrainer.SAMPLES).toFile());
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private byte[] saved(Trainer trainer, String name) throws Exception {
        Path target = Files.createDirectory(directory.resolve(name));
        trainer.save(target);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (var files = Files.list(target)) {
            for (Path file : files.sorted().toList()) {
                all.writeBytes(Files.readAllBytes(file));
            }
        }
        return all.toByteArray();
    }

    private static Hyperparameters good() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("generator_learning_rate", new Value.Real(0.002));
        values.put("discriminator_learning_rate", new Value.Real(0.001));
        values.put("generator_beta1", new Value.Real(0.5));
        values.put("discriminator_beta1", new Value.Real(0.4));
        values.put("discriminator_steps", new Value.Int(2));
        return Hyperparameters.of(values);
    }
}
