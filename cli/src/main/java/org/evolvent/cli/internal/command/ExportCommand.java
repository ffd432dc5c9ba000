package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.views.internal.export.Exporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Exports a run as it is by now, to tools that people have already. */
@Command(name = "export", description = "Export a run: tables, or curves for other tools")
final class ExportCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            description = "csv, jsonl, parquet, tensorboard, mlflow or wandb")
    private String format = "";

    @Option(
            names = "--out",
            paramLabel = "PATH",
            description =
                    "The directory to write to, DIR/exports/FORMAT by default; for mlflow the server's address, http://127.0.0.1:5000 by default")
    private Optional<String> out = Optional.empty();

    ExportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ExportFormat to = ExportFormat.parse("--to", format);
        Path run = RunDirectories.existing(context, directory);
        String place = to.place(context, run, out);
        if (to.isPythons()) {
            PythonExport.export(context.directory(), to, run, place);
        } else {
            try (Exporter exporter = to.open(run, place)) {
                exporter.finish();
            }
        }
        context.console().out().println("Exported to " + place);
        return ExitCode.DONE;
    }
}
