package org.evolvent.examples.translation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.examples.translation.Multi30k.MissingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Multi30kTest {
    @TempDir
    private Path directory;

    @Test
    void saysWhatToPutWhere() throws IOException {
        Path example = Files.createDirectories(directory.resolve("clone/examples/translation"));
        assertThatThrownBy(() -> Multi30k.find(null, example))
                .isInstanceOf(MissingException.class)
                .hasMessageContaining(example.resolve("data").toString())
                .hasMessageContaining(directory.resolve("shared/data/multi30k").toString())
                .hasMessageContaining("examples/translation/download")
                .hasMessageContaining("460a15fbd157e34a7a9957ee388c1ca247fe47af3ef25fb50442af6c274e0fc6  train.en")
                .hasMessageContaining("MULTI30K");
        assertThatThrownBy(() -> Multi30k.find(directory.toString(), example))
                .hasMessageContaining("[" + directory + "]");
    }

    @Test
    void readsNothingThatIsOther() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        for (String part : new String[] {"train", "val", "test_2016_flickr", "test_2017_flickr", "test_2017_mscoco"}) {
            Files.writeString(data.resolve(part + ".en"), "A man.\n");
            Files.writeString(data.resolve(part + ".de"), "Ein Mann.\n");
        }
        Multi30k found = Multi30k.find(null, directory);
        assertThatThrownBy(() -> found.pairs("val"))
                .hasMessageStartingWith(data.resolve("val.en") + " has SHA-256 ")
                .hasMessageContaining("must have 1f2a23d9");
        Files.delete(data.resolve("val.de"));
        assertThatThrownBy(() -> Multi30k.find(null, directory)).isInstanceOf(MissingException.class);
    }
}
