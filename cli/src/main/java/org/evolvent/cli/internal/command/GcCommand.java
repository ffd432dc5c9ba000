package org.evolvent.cli.internal.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.text.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes what a kill left behind. A run collects its own garbage; this is for runs that will not be resumed. */
@Command(name = "gc", description = "Delete checkpoints and stray files that a run does not need")
final class GcCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    GcCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Path path = RunDirectories.existing(context, directory);
        collect(path);
        Path baseline = path.resolve("baseline");
        if (Files.exists(baseline.resolve("study.yaml"))) {
            collect(baseline);
        }
        return ExitCode.DONE;
    }

    private void collect(Path path) {
        requireWhole(path);
        try (RunDirectory run = RunDirectory.open(path)) {
            Summary summary = Summary.of(StudyFile.look(run), run);
            Set<CheckpointId> reachable = summary.state().population().reachable();
            // A loss of power must not bring back a log that needs what goes.
            run.events().sync();
            int deleted = run.checkpoints().sweep(reachable) + run.cleanBest();
            run.warnings().forEach(context.console().err()::println);
            Set<CheckpointId> kept = run.checkpoints().list();
            context.console()
                    .out()
                    .println("%s: %s deleted, %s kept"
                            .formatted(
                                    path,
                                    Format.count(deleted, "stray thing"),
                                    Format.count(kept.size(), "checkpoint")));
        }
    }

    /** What the unreadable part of a log needs must not be deleted for what the readable part says. */
    private static void requireWhole(Path path) {
        try (RunDirectory run = RunDirectory.read(path)) {
            if (!run.warnings().isEmpty()) {
                throw new EvolventException(
                        "%s\nNothing was deleted.\nMaybe restore it from a backup; evolvent resume %s goes on from what can be read, and keeps a copy of the rest."
                                .formatted(String.join("\n", run.warnings()), path));
            }
        }
    }
}
