package org.evolvent.trainer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.testkit.internal.contract.PythonInterpreter;
import org.evolvent.trainer.Limits;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;

/** Python trainers for tests, which are marked {@link org.evolvent.testkit.internal.contract.NeedsProgram}. */
public final class Python {
    /** Long enough for a loaded machine; only a failing test waits for it. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Limits LIMITS = Limits.standard().withStartUp(PATIENCE).withInterval(PATIENCE);

    private Python() {}

    /** Returns the project's root. */
    public static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("python/pyproject.toml"))) {
                return at;
            }
        }
        throw new IllegalStateException("These tests run inside the project");
    }

    /** Returns how to start a script that lies in the tests' resources. */
    public static Launch launch(String script, Path directory, int slots, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                PythonInterpreter.path(),
                root().resolve("trainer/src/test/resources/org/evolvent/trainer")
                        .resolve(script)
                        .toString()));
        Collections.addAll(command, arguments);
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Launch(
                command,
                directory,
                Map.of("PYTHONPATH", root().resolve("python").toString(), "PYTHONDONTWRITEBYTECODE", "1"),
                directory.resolve("logs"),
                Collections.nCopies(slots, SlotResources.unlimited()),
                LIMITS,
                Optional.empty());
    }
}
