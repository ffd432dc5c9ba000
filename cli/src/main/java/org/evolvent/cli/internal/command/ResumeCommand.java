package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Trainers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run that was interrupted, at the interval where it was. */
@Command(name = "resume", description = "Go on with a run that was interrupted or killed")
final class ResumeCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(names = "--slots", paramLabel = "N", description = "How many members train at the same time")
    private Optional<String> slots = Optional.empty();

    @Option(names = "--json", description = "End with one line of JSON on stdout; progress goes to stderr")
    private boolean json;

    @Option(
            names = "--keep-events",
            paramLabel = "N",
            description =
                    "Of a damaged log, keep the first N events, from 2 to as many as can be trusted, and go on from there; the damaged one stays beside it")
    private Optional<Long> keepEvents = Optional.empty();

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path path = RunDirectories.existing(context, directory);
        keepEvents.ifPresent(asked -> keep(path, asked));
        try (RunDirectory run = RunDirectory.open(path)) {
            StudyFile file = StudyFile.of(run, settings());
            try (Trainers trainers = Trainers.find(file)) {
                return new StudySession(context, file, trainers, json).run(run);
            }
        }
    }

    private void keep(Path path, long asked) {
        long events = KeptEvents.of(path, asked);
        if (events < asked) {
            progress()
                    .println(
                            "Of the %s events that were asked for, those behind the first %s are not whole transactions that follow on them."
                                    .formatted(asked, events));
        }
        progress().println(RunDirectory.salvage(path, events));
    }

    private PrintStream progress() {
        return json ? context.console().err() : context.console().out();
    }

    private List<Setting> settings() {
        return slots.map(count -> new Setting("--slots " + count, "execution.slots", count)).stream()
                .toList();
    }
}
