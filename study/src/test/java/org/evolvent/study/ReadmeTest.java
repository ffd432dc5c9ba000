package org.evolvent.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's Java program, compiled and run as it stands there. */
class ReadmeTest {
    private static final Pattern PROGRAM =
            Pattern.compile("```java\\n(import .*?public class (\\w+) .*?)```", Pattern.DOTALL);

    /** What the reader brings along. */
    private static final String MODEL = """
            import java.io.IOException;
            import java.nio.file.*;
            import org.evolvent.core.space.Hyperparameters;
            import org.evolvent.trainer.*;

            class MyTrainer implements Trainer {
                private double rate;
                private double done;
                MyTrainer(Hyperparameters hyperparameters, long seed) { apply(hyperparameters); }
                public Report train(long steps) { done += steps * rate; return Report.of("accuracy", 1 - 1 / (1 + done)); }
                public void apply(Hyperparameters hyperparameters) { rate = hyperparameters.real("learning_rate"); }
                public void save(Path directory) throws IOException { Files.writeString(directory.resolve("w"), "" + done); }
                public void restore(Path directory) throws IOException {
                    done = Double.parseDouble(Files.readString(directory.resolve("w")));
                }
            }
            """;

    @TempDir
    private Path directory;

    @Tag("slow")
    @Test
    void theProgramRunsAsItStands() throws IOException, InterruptedException {
        Path root = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");
        Matcher program = PROGRAM.matcher(Files.readString(root.resolve("README.md")));
        assertThat(program.find()).isTrue();
        assertThat(program.group(1).lines().count()).isLessThanOrEqualTo(25);
        Path main = Files.writeString(directory.resolve(program.group(2) + ".java"), program.group(1));
        Path model = Files.writeString(directory.resolve("MyTrainer.java"), MODEL);
        String classpath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classpath, "-d", directory.toString(), main.toString(), model.toString());
        assertThat(compiled).isZero();

        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        directory + java.io.File.pathSeparator + classpath,
                        program.group(2)))
                .directory(directory.toFile())
                .redirectError(directory.resolve("errors").toFile())
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(directory.resolve("output")))
                .startsWith("0.99")
                .contains("trained with [Segment[");
        assertThat(process.exitValue()).isZero();
        assertThat(directory.resolve("evolvent-runs/mine/best/checkpoint/w")).exists();
    }
}
