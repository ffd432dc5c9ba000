package org.evolvent.cli.internal.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.evolvent.views.internal.export.Exporter;
import org.evolvent.views.internal.export.Exports;

/** What a run can be exported to. */
enum ExportFormat {
    CSV,
    JSONL,
    PARQUET,
    TENSORBOARD,
    MLFLOW,
    WANDB;

    private static final String MLFLOW_SERVER = "http://127.0.0.1:5000";

    /**
     * Returns the format of a name.
     *
     * @param option that the name was given for
     * @throws UsageException when there is none
     */
    static ExportFormat parse(String option, String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageException("%s is %s but must be one of %s"
                        .formatted(
                                option,
                                name,
                                Arrays.stream(values())
                                        .map(ExportFormat::toString)
                                        .collect(Collectors.joining(", ")))));
    }

    /** Returns whether a program in Python does it, which can do so only when nothing follows. */
    boolean isPythons() {
        return this == PARQUET || this == WANDB;
    }

    /** Returns where an export goes: a directory, {@code exports/FORMAT} of the run unless told otherwise, or the address of a server. */
    String place(Context context, Path run, Optional<String> out) {
        if (this != MLFLOW) {
            return out.map(path -> context.resolve(Path.of(path)))
                    .orElse(run.resolve("exports").resolve(toString()))
                    .toString();
        }
        String address = out.orElse(MLFLOW_SERVER);
        if (!address.matches("https?://[^\\s/]+.*") || address.indexOf(' ') >= 0) {
            throw new UsageException("--out is %s but must be the address of MLflow's tracking server, such as %s"
                    .formatted(address, MLFLOW_SERVER));
        }
        return address;
    }

    /** Opens a run, to be exported by this program itself. */
    Exporter open(Path run, String place) {
        return new Exporter(run, study -> switch (this) {
            case CSV -> Exports.csv(Path.of(place));
            case JSONL -> Exports.jsonLines(Path.of(place));
            case TENSORBOARD -> Exports.tensorBoard(Path.of(place), study);
            case MLFLOW ->
                Exports.mlflow(
                        URI.create(place),
                        study,
                        String.valueOf(run.toAbsolutePath().getFileName()));
            case PARQUET, WANDB -> throw new IllegalStateException("%s is exported by Python".formatted(this));
        });
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
