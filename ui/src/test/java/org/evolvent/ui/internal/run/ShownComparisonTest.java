package org.evolvent.ui.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.runtime.EvolventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShownComparisonTest {
    @TempDir
    Path directory;

    @Test
    void itIsReadWhenItIsAskedFor() throws IOException {
        assertThat(ShownComparison.isOne(directory)).isFalse();
        Path file = directory.resolve("comparison.json");
        Files.writeString(file, "{\"study\":\"smooth\"}");
        assertThat(ShownComparison.isOne(directory)).isTrue();
        ShownComparison comparison = new ShownComparison("runs/compared", directory);
        assertThat(comparison.json()).hasToString("{\"study\":\"smooth\",\"directory\":\"runs/compared\"}");
        for (String damaged : new String[] {"{\"study\":", "[]", ""}) {
            Files.writeString(file, damaged);
            assertThatThrownBy(comparison::json)
                    .isInstanceOf(EvolventException.class)
                    .hasMessageContainingAll("comparison.json cannot be read", "evolvent compare " + directory);
        }
    }
}
