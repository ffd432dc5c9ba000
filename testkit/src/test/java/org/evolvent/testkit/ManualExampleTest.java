package org.evolvent.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.OneAtATime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategy;
import org.junit.jupiter.api.Test;

/** The manual's example is the one that is compiled and tested here, word for word. */
class ManualExampleTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theManualShowsTheExampleThatIsTested() throws IOException {
        Path root = root();
        List<String> shown = BLOCK.matcher(Files.readString(root.resolve("docs/your-own-strategy.md")))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(shown)
                .containsExactly(
                        example(root, "OneAtATime.java"), registration(root), example(root, "OneAtATimeTest.java"));
    }

    @Test
    void theExampleRegistersItself() {
        // The manual shows this:
        Catalogue more = Catalogue.builtIn().withExplore(OneAtATime.DESCRIPTOR);
        Strategy strategy = more.strategy(Map.of("explore", Map.of("one_at_a_time", Map.of("factor", 1.5))));
        // until here.
        assertThat(strategy)
                .isInstanceOfSatisfying(
                        Pbt.class, pbt -> assertThat(pbt.explore()).isEqualTo(new OneAtATime(1.5)));
    }

    private static String example(Path root, String name) throws IOException {
        return Files.readString(
                root.resolve("testkit/src/test/java/com/example").resolve(name));
    }

    /** The lines between two remarks above. */
    private static String registration(Path root) throws IOException {
        String test =
                Files.readString(root.resolve("testkit/src/test/java/org/evolvent/testkit/ManualExampleTest.java"));
        Matcher lines = Pattern.compile("// The manual shows this:\n(.*?) *// until here\\.", Pattern.DOTALL)
                .matcher(test);
        assertThat(lines.find()).isTrue();
        return lines.group(1);
    }

    private static Path root() {
        Path start = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.isDirectory(start.resolve("docs"))
                ? start
                : start.resolveSibling("").normalize();
    }
}
