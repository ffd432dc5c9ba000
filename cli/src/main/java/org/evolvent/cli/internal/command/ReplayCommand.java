package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.file.FileCheckpointStore;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.store.internal.run.ScheduleJson;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Replay;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.run.TrainerSettings;
import org.evolvent.study.internal.run.Trainers;
import org.evolvent.study.internal.text.Format;
import org.evolvent.trainer.internal.Evaluations;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Trains fresh models along a schedule of a run, keeps them and compares. */
@Command(name = "replay", description = "Train fresh models along a schedule of a run, and keep them")
final class ReplayCommand implements Callable<Integer> {
    /** Whose schedule; the best model's when nothing is chosen. */
    static final class Whose {
        @Option(names = "--member", paramLabel = "N", description = "The schedule of the model that member N holds")
        private Optional<Integer> member = Optional.empty();

        @Option(names = "--best", description = "The schedule of the best model; the default")
        private boolean best;
    }

    /** What made a model, and what that scored. */
    private record Original(String name, List<Segment> segments, Optional<Double> score) {}

    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @ArgGroup
    private Whose whose = new Whose();

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Another seed than the study's, to see whether the schedule is good or was lucky")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description =
                    "So many seeds, with the mean of their scores: from --seed on, else those after the study's own")
    private Optional<Integer> seeds = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the models go; by default evolvent-runs/replay-NAME-1, -2, ...")
    private Optional<Path> place = Optional.empty();

    @Option(names = "--json", description = "One line of JSON on stdout; progress goes to stderr")
    private boolean json;

    ReplayCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (seeds.orElse(1) < 1) {
            throw new UsageException("--seeds is %s but must be at least 1".formatted(seeds.orElseThrow()));
        }
        try (RunDirectory run = RunDirectories.read(context, directory)) {
            StudyFile file = StudyFile.of(run);
            Original original = original(run, file);
            try (Trainers trainers = Trainers.find(file)) {
                return train(
                        file.study(), original, trainers, place(file.study().name()));
            }
        }
    }

    private Original original(RunDirectory run, StudyFile file) {
        Summary summary = Summary.of(file, run);
        if (whose.best || whose.member.isEmpty()) {
            return original(
                    run,
                    "the best model",
                    summary.best()
                            .orElseThrow(() -> new EvolventException(
                                    "There is no best model: no member of %s has a score.".formatted(directory))));
        }
        int index = whose.member.get();
        int members = file.members(run.events());
        if (index < 0 || index >= members) {
            throw new UsageException("--member is %s but must be from 0 to %s".formatted(index, members - 1));
        }
        ReadyPoint held = summary.state()
                .population()
                .get(new MemberId(index))
                .last()
                .filter(point -> point.checkpoint().isPresent())
                .orElseThrow(() -> new EvolventException(
                        "Member %s holds no model yet.\nMaybe its first interval has not ended: evolvent show %s --member %s tells more."
                                .formatted(index, directory, index)));
        return original(run, "the model of member " + index, held);
    }

    private Original original(RunDirectory run, String name, ReadyPoint held) {
        List<Segment> schedule = Schedules.of(run, held);
        // Who has trained nothing yet holds what it began with.
        Optional<CheckpointRef> beginning = schedule.isEmpty() ? held.checkpoint() : run.beginning(schedule);
        requireFresh(beginning.map(weights -> weights.id().digest()));
        return new Original(name, schedule, value(held.score()));
    }

    /** What a model was before its study is in no schedule. */
    private void requireFresh(Optional<String> beginning) {
        beginning.ifPresent(weights -> {
            throw new EvolventException(
                    "A replay trains fresh models, but this one began with weights that were trained elsewhere: checkpoint %s.\nMaybe begin a study with them again? evolvent show %s --member N --full tells where they are from."
                            .formatted(weights, directory));
        });
    }

    private static Optional<Double> value(Score score) {
        return score instanceof Score.Valid valid ? Optional.of(valid.value()) : Optional.empty();
    }

    private Path place(String name) {
        Path chosen = place.map(context::resolve).orElseGet(() -> RunDirectories.unused(context, "replay-" + name));
        if (Files.exists(chosen)) {
            throw new UsageException("--dir is %s but there is such a file or directory already".formatted(chosen));
        }
        try {
            return Files.createDirectories(chosen);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int train(Study study, Original original, Trainers trainers, Path target) {
        List<Replayed> done = new ArrayList<>();
        Path store = target.resolve(".checkpoints");
        try (FileCheckpointStore checkpoints = FileCheckpointStore.open(store)) {
            TrainerSettings site = new TrainerSettings(
                    checkpoints,
                    1,
                    1,
                    Evaluations::none,
                    Files.createDirectories(target.resolve("logs")),
                    context.clock());
            for (long each : seeds(study).toArray()) {
                done.add(train(study, original, trainers, site, each, target, checkpoints));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            RunDirectories.delete(store);
        }
        Replays replays = new Replays(original.name(), original.score(), done, target);
        write(target.resolve("replay.json"), JsonMapper.shared().writeValueAsString(replays.json()) + "\n");
        if (json) {
            context.console().out().println(JsonMapper.shared().writeValueAsString(replays.json()));
        } else {
            replays.lines(study.objective()).forEach(progress()::println);
        }
        return replays.scores().isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
    }

    private LongStream seeds(Study study) {
        if (seeds.isEmpty()) {
            return LongStream.of(seed.orElse(study.seed()));
        }
        long first = seed.orElse(study.seed() + 1);
        return LongStream.range(0, seeds.get()).map(i -> first + i);
    }

    private Replayed train(
            Study study,
            Original original,
            Trainers trainers,
            TrainerSettings site,
            long from,
            Path target,
            FileCheckpointStore checkpoints) {
        String metric = study.objective().metric();
        Replay.Outcome outcome = Replay.train(
                trainers,
                site,
                original.segments(),
                study.withSeed(from),
                (segment, reached) -> progress()
                        .println("seed %s, step %s: %s %s"
                                .formatted(
                                        from,
                                        segment.toStep(),
                                        metric,
                                        Format.score(study.objective().scoreOf(reached)))));
        Score score = study.objective().scoreOf(outcome.metrics());
        keep(study, original, from, score, outcome, target.resolve("seed-" + from), checkpoints);
        checkpoints.release(outcome.checkpoint());
        checkpoints.discard(List.of(outcome.checkpoint()));
        return new Replayed(from, score, outcome.metrics());
    }

    /** Keeps a model as {@code best/} of a run does. */
    private static void keep(
            Study study,
            Original original,
            long from,
            Score score,
            Replay.Outcome outcome,
            Path target,
            FileCheckpointStore checkpoints) {
        try {
            Files.createDirectory(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        checkpoints.export(outcome.checkpoint(), target.resolve("checkpoint"));
        value(score)
                .ifPresent(reached -> write(
                        target.resolve("schedule.json"),
                        ScheduleJson.of(
                                study.name(),
                                from,
                                reached,
                                outcome.checkpoint(),
                                original.segments(),
                                Optional.empty())));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PrintStream progress() {
        return json ? context.console().err() : context.console().out();
    }
}
