package org.evolvent.examples.translation;

import java.io.IOException;
import java.nio.file.Path;
import org.evolvent.examples.torch.Worker;

/** What a study starts, in the example's directory: learns to translate. Exits with 2 if the data is not there. */
final class Train {
    private Train() {}

    /** Takes no arguments; the variable {@code MULTI30K} may say where the data is. */
    public static void main(String[] arguments) throws Exception {
        Corpus corpus;
        try {
            corpus = Corpus.of(Multi30k.find(System.getenv(Multi30k.VARIABLE), Path.of("")));
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Worker.serve((hyperparameters, seed) -> new TranslationTrainer(corpus, hyperparameters, seed));
    }
}
