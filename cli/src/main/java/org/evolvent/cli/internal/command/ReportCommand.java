package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.cli.internal.display.ReadingLine;
import org.evolvent.ui.internal.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the page of a run as one file, to mail or to keep. */
@Command(
        name = "report",
        description = "Write the page of a run as one file of HTML, which needs no server and no network")
final class ReportCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(names = "--out", paramLabel = "FILE", description = "The file; by default DIR/report.html")
    private Optional<Path> out = Optional.empty();

    ReportCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path run = RunDirectories.existing(context, directory);
        Path file = context.directory().resolve(out.orElse(directory.resolve("report.html")));
        try (ReadingLine reading = context.reading()) {
            Report.write(run, directory.toString(), file, reading);
        }
        context.console().out().println(file);
        return ExitCode.DONE;
    }
}
