package org.evolvent.examples.translation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.evolvent.examples.torch.Checkpoint;
import org.evolvent.examples.torch.RandomSource;
import org.evolvent.examples.torch.Torch;
import org.evolvent.examples.translation.Multi30k.Pairs;

/** Translates the validation and test sets by the weights of a checkpoint, prints the BLEU of each, and keeps the translations. */
final class Translate {
    private static final List<String> PARTS =
            List.of("val", "test_2016_flickr", "test_2017_flickr", "test_2017_mscoco");

    private Translate() {}

    /**
     * Exits with 2 if something is not there.
     *
     * @param arguments the example's directory, a checkpoint, and perhaps a directory for the translations and references
     */
    public static void main(String[] arguments) {
        if (arguments.length < 2 || arguments.length > 3) {
            System.err.println("Usage: translate CHECKPOINT [DIRECTORY]");
            System.exit(2);
        }
        try {
            Multi30k data = Multi30k.find(System.getenv(Multi30k.VARIABLE), Path.of(arguments[0]));
            translate(data, Path.of(arguments[1]), arguments.length > 2 ? List.of(Path.of(arguments[2])) : List.of());
        } catch (IOException e) {
            System.err.println("translate: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void translate(Multi30k data, Path checkpoint, List<Path> directories) throws IOException {
        Torch.useOneThread();
        Subwords subwords = Corpus.of(data).subwords();
        try (RandomSource random = new RandomSource(0);
                Transformer transformer = new Transformer(subwords.size(), random)) {
            Checkpoint.read(checkpoint.resolve(TranslationTrainer.MODEL), TranslationTrainer.FORMAT, transformer);
            Translator translator = new Translator(transformer, subwords, random);
            for (String part : PARTS) {
                Pairs pairs = data.pairs(part);
                List<String> translations = new ArrayList<>(translator.translate(pairs.english()));
                System.out.printf(Locale.ROOT, "%-16s %9.6f%n", part, Bleu.of(translations, pairs.german()));
                for (Path directory : directories) {
                    Files.createDirectories(directory);
                    Files.writeString(directory.resolve(part + ".translated"), text(translations));
                    Files.writeString(directory.resolve(part + ".reference"), text(pairs.german()));
                }
            }
        }
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
