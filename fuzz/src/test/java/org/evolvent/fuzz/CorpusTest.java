package org.evolvent.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.evolvent.trainer.internal.explore.ExploreMessageTarget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Reads every input that once reached something new, or broke something. */
class CorpusTest {
    private static final Path CORPUS =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("corpus");

    private static final Map<String, Consumer<byte[]>> TARGETS = Map.of(
            "study-file", StudyFileTarget::fuzzerTestOneInput,
            "trainer-message", TrainerMessageTarget::fuzzerTestOneInput,
            "explore-message", ExploreMessageTarget::fuzzerTestOneInput,
            "manifest", ManifestTarget::fuzzerTestOneInput,
            "event", EventTarget::fuzzerTestOneInput);

    static final List<String> NAMES = TARGETS.keySet().stream().sorted().toList();

    @Test
    void everyTargetHasACorpusAndEveryCorpusATarget() throws IOException {
        assertThat(directories(CORPUS)).containsExactlyInAnyOrderElementsOf(NAMES);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingBreaksAgain(String target) throws IOException {
        Path corpus = CORPUS.resolve(target);
        for (String name : directories(corpus)) {
            byte[] input = Files.readAllBytes(corpus.resolve(name));
            try {
                TARGETS.get(target).accept(input);
            } catch (Exception | Error e) {
                throw new AssertionError("corpus/%s/%s".formatted(target, name), e);
            }
        }
    }

    private static List<String> directories(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
