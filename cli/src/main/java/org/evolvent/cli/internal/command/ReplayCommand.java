package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Study;
import org.evolvent.store.internal.file.FileCheckpointStore;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.ScheduleFile;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Replay;
import org.evolvent.study.internal.run.TrainerSettings;
import org.evolvent.study.internal.run.Trainers;
import org.evolvent.study.internal.text.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Trains one fresh model along the best schedule and compares. */
@Command(name = "replay", description = "Train one fresh model along the best schedule of a run")
final class ReplayCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Another seed than the study's, to see whether the schedule is good or was lucky")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--json", description = "One line of JSON on stdout; progress goes to stderr")
    private boolean json;

    ReplayCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (RunDirectory run = RunDirectories.read(context, directory)) {
            StudyFile file = StudyFile.of(run);
            ScheduleFile schedule = ScheduleFile.read(
                    run.path().resolve("best").resolve("schedule.json"),
                    file.study().space());
            Path place = RunDirectories.temporary();
            try (Trainers trainers = Trainers.find(file);
                    FileCheckpointStore checkpoints = FileCheckpointStore.open(place.resolve("checkpoints"))) {
                TrainerSettings site = new TrainerSettings(checkpoints, 1, 1, place, context.clock());
                return train(file.study(), schedule, trainers, site);
            } finally {
                RunDirectories.delete(place);
            }
        }
    }

    private int train(Study study, ScheduleFile schedule, Trainers trainers, TrainerSettings site) {
        PrintStream progress =
                json ? context.console().err() : context.console().out();
        String metric = study.objective().metric();
        long from = seed.orElse(study.seed());
        Map<String, Double> metrics = Replay.train(
                trainers,
                site,
                schedule.segments(),
                from,
                (segment, reached) -> progress.println("step %s: %s %s"
                        .formatted(
                                segment.toStep(),
                                metric,
                                Format.score(study.objective().scoreOf(reached)))));
        Score score = study.objective().scoreOf(metrics);
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("metrics", metrics);
            line.put("original_score", schedule.score());
            line.put("seed", from);
            if (score instanceof Score.Valid valid) {
                line.put("score", valid.value());
            }
            context.console().out().println(JsonMapper.shared().writeValueAsString(line));
        } else {
            metrics.forEach((name, value) -> progress.println("  " + name + " " + Format.number(value)));
            progress.println("Replayed with seed %s: %s %s; the original had %s"
                    .formatted(from, metric, Format.score(score), Format.number(schedule.score())));
        }
        return score.isValid() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
