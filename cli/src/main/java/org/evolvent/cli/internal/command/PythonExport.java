package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.evolvent.runtime.EvolventException;

/** Exports by the SDK, where a format is best written by a library in Python. */
final class PythonExport {
    private PythonExport() {}

    /**
     * Exports a run as it is.
     *
     * @throws EvolventException when Python, the SDK or the library is missing, or the export failed
     */
    static void export(Path directory, ExportFormat format, Path run, String place) {
        List<String> command = List.of("python3", "-m", "evolvent._export", format.toString(), run.toString(), place);
        try {
            Process python = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            python.getOutputStream().close();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (python.waitFor() != 0) {
                throw new EvolventException(
                        "The export to %s failed: %s\nMaybe python3 is one without the package evolvent, or without %s?"
                                .formatted(
                                        format, said, format == ExportFormat.WANDB ? "wandb" : "pandas and pyarrow"));
            }
        } catch (IOException e) {
            throw new EvolventException(
                    "The export to %s needs python3 with the package evolvent, but it cannot be started: %s"
                            .formatted(format, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvolventException("Interrupted while python3 exported", e);
        }
    }
}
