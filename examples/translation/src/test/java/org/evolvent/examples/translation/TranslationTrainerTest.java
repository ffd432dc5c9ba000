package org.evolvent.examples.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.examples.translation.Multi30k.Pairs;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a language of numbers, which needs no data from elsewhere. */
class TranslationTrainerTest {
    private static final String[] ENGLISH = {"one", "two", "three", "four", "five", "six", "seven"};
    private static final String[] GERMAN = {"eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben"};
    private static final Corpus CORPUS = corpus();

    @TempDir
    private Path directory;

    @Test
    @Tag("slow")
    void learns() throws Exception {
        try (Trainer trainer = new TranslationTrainer(CORPUS, settings(0.003), 1)) {
            Report early = trainer.train(2);
            Report late = trainer.train(120);
            assertThat(early.metrics().get("bleu")).isLessThan(20);
            assertThat(late.metrics().get("bleu")).isBetween(60.0, 100.000001);
            assertThat(late.metrics().get("loss")).isLessThan(early.metrics().get("loss"));
            assertThat(trainer.evaluate().orElseThrow().metrics().get("bleu"))
                    .isEqualTo(late.metrics().get("bleu"));
        }
    }

    /** 128 sentences are two batches, so that 5 steps end in the middle of an epoch. */
    @Tag("slow")
    @Test
    void goesOnFromACheckpointBitByBit() throws Exception {
        try (Trainer whole = new TranslationTrainer(CORPUS, settings(0.003), 1);
                Trainer other = new TranslationTrainer(CORPUS, settings(0.003), 2)) {
            whole.train(5);
            List<String> middle = saved(whole, "middle");
            other.train(2);
            other.restore(directory.resolve("middle"));
            assertThat(saved(other, "restored")).isEqualTo(middle);

            Report expected = whole.train(4);
            assertThat(other.train(4)).isEqualTo(expected);
            assertThat(saved(other, "end of other")).isEqualTo(saved(whole, "end of whole"));
        }
    }

    @Test
    void reseedAndApplyAreForWhatComes() throws Exception {
        try (Trainer trainer = new TranslationTrainer(CORPUS, settings(0.003), 1)) {
            trainer.train(3);
            List<String> before = saved(trainer, "before");
            trainer.apply(settings(0.001));
            assertThat(saved(trainer, "applied")).isEqualTo(before);
            trainer.train(1);
            String slow = saved(trainer, "slow").get(0);
            trainer.restore(directory.resolve("before"));
            trainer.apply(settings(0.003));
            trainer.train(1);
            String fast = saved(trainer, "fast").get(0);
            assertThat(fast).isNotEqualTo(slow);
            trainer.restore(directory.resolve("before"));
            trainer.reseed(7);
            trainer.train(1);
            assertThat(saved(trainer, "reseeded").get(0)).isNotEqualTo(fast);
        }
    }

    @Test
    void anUnknownCheckpointIsRefused() throws Exception {
        Files.write(directory.resolve(TranslationTrainer.MODEL), new byte[] {0, 0, 0, 9});
        try (Trainer trainer = new TranslationTrainer(CORPUS, settings(0.003), 1)) {
            assertThatThrownBy(() -> trainer.restore(directory)).hasMessageContaining("format 9 but must have 1");
        }
    }

    /** Returns the SHA-256 of each file: of the model, and of all else. */
    private List<String> saved(Trainer trainer, String name) throws Exception {
        Path target = Files.createDirectory(directory.resolve(name));
        trainer.save(target);
        return List.of(hash(target.resolve(TranslationTrainer.MODEL)), hash(target.resolve("state.bin")));
    }

    private static String hash(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private static Corpus corpus() {
        RandomStream random = new RandomStream(1);
        List<String> english = new ArrayList<>();
        List<String> german = new ArrayList<>();
        for (int i = 0; i < 148; i++) {
            List<String> source = new ArrayList<>();
            List<String> target = new ArrayList<>();
            for (int length = 4 + random.index(4); length > 0; length--) {
                int word = random.index(ENGLISH.length);
                source.add(ENGLISH[word]);
                target.add(GERMAN[word]);
            }
            english.add(String.join(" ", source));
            german.add(String.join(" ", target));
        }
        List<String> both = new ArrayList<>(english);
        both.addAll(german);
        Pairs training = new Pairs(english.subList(0, 128), german.subList(0, 128));
        Pairs validation = new Pairs(english.subList(128, 148), german.subList(128, 148));
        return Corpus.of(Subwords.learn(both, 60), training, validation);
    }

    private static Hyperparameters settings(double learningRate) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("learning_rate", learningRate);
        values.put("attention_dropout", 0.1);
        values.put("layer_dropout", 0.1);
        values.put("activation_dropout", 0.1);
        values.put("label_smoothing", 0.1);
        return Hyperparameters.ofPlain(values);
    }
}
