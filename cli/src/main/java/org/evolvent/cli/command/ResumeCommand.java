package org.evolvent.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.cli.run.Trainers;
import org.evolvent.cli.study.Setting;
import org.evolvent.cli.study.StudyFile;
import org.evolvent.store.run.RunDirectory;
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

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path path = Directories.existing(context, directory);
        try (RunDirectory run = RunDirectory.open(path)) {
            StudyFile file = Directories.study(run, settings());
            try (Trainers trainers = Trainers.find(file.trainer())) {
                return new Session(context, file, trainers, json).run(run);
            }
        }
    }

    private List<Setting> settings() {
        return slots.map(count -> new Setting("--slots " + count, "execution.slots", count)).stream()
                .toList();
    }
}
