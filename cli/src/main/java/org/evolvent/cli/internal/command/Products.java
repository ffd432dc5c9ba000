package org.evolvent.cli.internal.command;

import java.util.Optional;
import picocli.CommandLine.Option;

/** What a study gives out beside its run, as the options of run and resume ask for it. */
final class Products {
    @Option(
            names = "--export",
            paramLabel = "FORMAT",
            description =
                    "Export the run to DIR/exports/FORMAT, or MLflow on this machine, while it runs: csv, jsonl, parquet, tensorboard, mlflow or wandb")
    private Optional<String> export = Optional.empty();

    @Option(names = "--no-report", description = "Do not write DIR/report.html at the end")
    private boolean noReport;

    @Option(
            names = "--ui",
            description =
                    "Serve the page of the run while it runs, on this machine; from its address it can be paused and stopped, too")
    private boolean ui;

    /**
     * Returns what to export to; empty for nothing.
     *
     * @throws UsageException when there is no such format
     */
    Optional<ExportFormat> export() {
        return export.map(name -> ExportFormat.parse("--export", name));
    }

    boolean hasReport() {
        return !noReport;
    }

    boolean hasPage() {
        return ui;
    }
}
