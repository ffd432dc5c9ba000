package org.evolvent.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsTrainerTest {
    private static final DigitsTrainerFactory FACTORY = new DigitsTrainerFactory();

    @TempDir
    private Path directory;

    @Test
    void learns() throws Exception {
        try (Trainer trainer = FACTORY.create(good(), 1)) {
            Report early = trainer.train(1);
            Report late = trainer.train(400);
            assertThat(early.metrics().get("accuracy")).isLessThan(0.5);
            assertThat(late.metrics().get("accuracy")).isBetween(0.85, 1.0);
            assertThat(late.metrics().get("test_accuracy")).isBetween(0.85, 1.0);
        }
    }

    /** 33 steps of 32 images end in the middle of an epoch, so that the order of the data and the place in it matter. */
    @Test
    void goesOnFromACheckpointBitByBit() throws Exception {
        try (Trainer whole = FACTORY.create(good(), 1);
                Trainer other = FACTORY.create(good(), 2)) {
            whole.train(33);
            byte[] middle = saved(whole, "middle");
            other.train(5);
            other.restore(directory.resolve("middle"));
            assertThat(saved(other, "restored")).isEqualTo(middle);

            Report expected = whole.train(33);
            assertThat(other.train(33)).isEqualTo(expected);
            assertThat(saved(other, "end of other")).isEqualTo(saved(whole, "end of whole"));
        }
    }

    @Test
    void applyChangesNothingButTheHyperparameters() throws Exception {
        try (Trainer trainer = FACTORY.create(good(), 1)) {
            trainer.train(20);
            byte[] before = saved(trainer, "before");
            trainer.apply(good().with("learning_rate", new Value.Real(0.001)));
            assertThat(saved(trainer, "after")).isEqualTo(before);

            trainer.train(1);
            byte[] slow = saved(trainer, "slow");
            trainer.restore(directory.resolve("before"));
            trainer.apply(good());
            trainer.train(1);
            assertThat(saved(trainer, "fast")).isNotEqualTo(slow);
        }
    }

    @Test
    void theSameSeedGivesTheSameBitsInTwoThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<byte[]> one = threads.submit(run("one"));
            Future<byte[]> two = threads.submit(run("two"));
            assertThat(one.get()).isEqualTo(two.get());
            assertThat(threads.submit(run("three", 2)).get()).isNotEqualTo(one.get());
        } finally {
            threads.shutdown();
        }
    }

    /** What belongs to a thread in PyTorch (scopes, modes) must not be needed by the next one. */
    @Test
    void isHandedFromThreadToThread() throws Exception {
        byte[] expected = run("in one thread").call();
        try (Trainer trainer = FACTORY.create(good(), 1)) {
            for (int i = 0; i < 5; i++) {
                ExecutorService thread = Executors.newSingleThreadExecutor();
                try {
                    thread.submit(() -> trainer.train(20)).get();
                } finally {
                    thread.shutdown();
                }
            }
            assertThat(saved(trainer, "in five threads")).isEqualTo(expected);
        }
    }

    @Test
    void anUnknownCheckpointIsRefused() throws Exception {
        Files.write(directory.resolve(DigitsTrainer.FILE), new byte[] {0, 0, 0, 9});
        try (Trainer trainer = FACTORY.create(good(), 1)) {
            assertThatThrownBy(() -> trainer.restore(directory))
                    .hasMessageContaining(DigitsTrainer.FILE)
                    .hasMessageContaining("format 9 but must have 1");
        }
    }

    private Callable<byte[]> run(String name) {
        return run(name, 1);
    }

    private Callable<byte[]> run(String name, long seed) {
        return () -> {
            try (Trainer trainer = FACTORY.create(good(), seed)) {
                trainer.train(100);
                return saved(trainer, name);
            }
        };
    }

    private byte[] saved(Trainer trainer, String name) throws Exception {
        Path target = Files.createDirectory(directory.resolve(name));
        trainer.save(target);
        return Files.readAllBytes(target.resolve(DigitsTrainer.FILE));
    }

    private static Hyperparameters good() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("learning_rate", new Value.Real(0.02));
        values.put("momentum", new Value.Real(0.9));
        values.put("weight_decay", new Value.Real(1e-4));
        values.put("input_dropout", new Value.Real(0.1));
        values.put("dropout", new Value.Real(0.1));
        values.put("batch_size", new Value.Int(32));
        return Hyperparameters.of(values);
    }
}
