package org.evolvent.cli.internal.command;

import java.nio.file.Path;
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
        try {
            String unused = PythonModule.run(directory, "evolvent._export", format.toString(), run.toString(), place);
        } catch (PythonModule.FailedException e) {
            throw new EvolventException(
                    "The export to %s failed: %s\nMaybe python3 is one without the package evolvent, or without %s?"
                            .formatted(
                                    format,
                                    e.getMessage(),
                                    format == ExportFormat.WANDB ? "wandb" : "pandas and pyarrow"),
                    e);
        }
    }
}
