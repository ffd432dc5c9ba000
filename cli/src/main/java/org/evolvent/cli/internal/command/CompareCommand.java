package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.evolvent.compare.internal.Arena;
import org.evolvent.compare.internal.CompareException;
import org.evolvent.compare.internal.ComparedStudy;
import org.evolvent.compare.internal.Comparison;
import org.evolvent.compare.internal.Contender;
import org.evolvent.compare.internal.Contest;
import org.evolvent.compare.internal.ResultFiles;
import org.evolvent.compare.internal.ResultTable;
import org.evolvent.compare.internal.RunReader;
import org.evolvent.compare.internal.StudyArena;
import org.evolvent.compare.internal.TaskArena;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.text.Format;
import org.evolvent.tasks.internal.simulation.SpeedSpread;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Compares strategies over seeds at equal compute. */
@Command(name = "compare", description = "Compare strategies over many seeds at equal compute")
final class CompareCommand implements Callable<Integer> {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);

    private final Context context;

    @Parameters(
            paramLabel = "STUDY|DIR",
            description = "A study file, several that differ in their strategy, or directories of runs")
    private List<Path> sources = new ArrayList<>();

    @Option(names = "--task", paramLabel = "NAME", description = "A synthetic task instead of a study file")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--strategies",
            paramLabel = "LIST",
            split = ",",
            description = "Names, such as pbt,fire,random_search; by default the study's own and random_search")
    private List<String> strategies = new ArrayList<>();

    @Option(
            names = "--strategy",
            paramLabel = "NAME=YAML",
            description = "One more, with options: --strategy 'greedy={exploit: {truncation: {fraction: 0.5}}}'")
    private List<String> described = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "N", description = "The studies of each strategy; 10 by default")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--first-seed", paramLabel = "S", description = "The first seed; 0 by default, the others follow")
    private Optional<Long> firstSeed = Optional.empty();

    @Option(
            names = "--fresh",
            paramLabel = "N",
            description = "The studies of the leader on fresh seeds; as many as --seeds by default, 0 for none")
    private Optional<Integer> fresh = Optional.empty();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "What to report of the best model, such as its test accuracy; the objective by default")
    private Optional<String> metric = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where runs and results go; by default evolvent-runs/compare-NAME-1, -2, ... The same again goes on")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--slots",
            paramLabel = "N",
            description =
                    "How many members train at the same time, all studies together; one for each processor by default")
    private Optional<Integer> slots = Optional.empty();

    @Option(
            names = "--study-slots",
            paramLabel = "N",
            description = "The slots of each study; 1 by default, for a task one for each member")
    private Optional<Integer> studySlots = Optional.empty();

    @Option(
            names = "--speed-spread",
            paramLabel = "SPREAD",
            description =
                    "How the speeds of a task's members differ: 10%% for each up to a tenth slower or faster, 4:1 for half of them four times as slow; not at all by default")
    private Optional<String> speedSpread = Optional.empty();

    @Option(names = "--set", paramLabel = "key=value", description = "Replace a value of the study files or the task")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--json", description = "One line of JSON on stdout; progress goes to stderr")
    private boolean json;

    CompareCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try {
            checkNumbers();
            long directories = sources.stream()
                    .filter(path -> Files.isDirectory(context.resolve(path)))
                    .count();
            if (task.isPresent() == !sources.isEmpty()) {
                throw new UsageException(
                        "Either --task or study files or directories must be there.\nMaybe evolvent compare study.yaml, or evolvent compare --task deceptive?");
            }
            if (directories == 0) {
                return contest();
            }
            if (directories < sources.size()) {
                throw new UsageException(
                        "%s are files and directories, but must be either study files to run or directories of runs"
                                .formatted(sources));
            }
            return read();
        } catch (CompareException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private void checkNumbers() {
        seeds.ifPresent(count -> require("--seeds", count, 1));
        fresh.ifPresent(count -> require("--fresh", count, 0));
        slots.ifPresent(count -> require("--slots", count, 1));
        studySlots.ifPresent(count -> require("--study-slots", count, 1));
    }

    private static void require(String option, int value, int least) {
        if (value < least) {
            throw new UsageException("%s is %s but must be at least %s".formatted(option, value, least));
        }
    }

    private int read() {
        if (!strategies.isEmpty()
                || !described.isEmpty()
                || !settings.isEmpty()
                || seeds.isPresent()
                || speedSpread.isPresent()) {
            throw new UsageException(
                    "--strategies, --strategy, --seeds, --speed-spread and --set are for studies that are to run, but %s ran already"
                            .formatted(sources));
        }
        List<Path> places = sources.stream().map(context::resolve).toList();
        Comparison comparison = RunReader.read(places, metric);
        Path only = places.get(0);
        boolean again = places.size() == 1 && !Files.exists(only.resolve("study.yaml")) && directory.isEmpty();
        return show(comparison, again ? only : place(comparison.terms().name()));
    }

    private int contest() {
        int perStudy = studySlots.orElse(1);
        int all = slots.orElse(Runtime.getRuntime().availableProcessors());
        try (Entry entry = task.isPresent() ? onTask() : onStudies(perStudy)) {
            Arena arena = entry.arena();
            int count = seeds.orElse(10);
            int parallel = task.isPresent() ? all : Math.max(1, all / perStudy);
            Contest contest =
                    new Contest(arena, entry.contenders(), firstSeed.orElse(0L), count, fresh.orElse(count), parallel);
            progress()
                    .println("%s strategies, %s seeds each, results in %s"
                            .formatted(entry.contenders().size(), count, entry.place()));
            try (Interruption interruption =
                            new Interruption(arena::stop, () -> sayHowToGoOn(entry.place()), context.interruptible());
                    LogFile log = new LogFile(logs(entry.place()), false)) {
                int studies = entry.contenders().size() * count + contest.fresh();
                return finish(contest, counted(studies, arena.terms().metric()), entry.place());
            }
        }
    }

    /** Runs and shows; whatever there is to say is said here, before the interruption is closed and may end the JVM. */
    private int finish(Contest contest, Consumer<ComparedStudy> watcher, Path place) {
        try {
            return show(contest.run(watcher), place);
        } catch (Arena.InterruptedStudy e) {
            sayHowToGoOn(place);
            return ExitCode.INTERRUPTED;
        }
    }

    private void sayHowToGoOn(Path place) {
        context.console().err().println("Interrupted. To go on: the same command with --dir " + place);
    }

    /** Who meets where. */
    private record Entry(Arena arena, List<Contender> contenders, Path place) implements AutoCloseable {
        @Override
        public void close() {
            arena.close();
        }
    }

    private Entry onTask() {
        List<Setting> all = new ArrayList<>(settings());
        studySlots.ifPresent(
                count -> all.add(new Setting("--study-slots", "execution.slots", Integer.toString(count))));
        TaskArena arena = new TaskArena(
                task.orElseThrow(), all, speedSpread.map(CompareCommand::speeds).orElse(SpeedSpread.NONE), metric);
        List<Contender> contenders = Contender.all(
                strategies, described, arena.file().spec().strategy().options());
        contenders.forEach(contender -> contender.requireStartable(arena.terms()));
        return new Entry(arena, contenders, place(arena.terms().name()));
    }

    private static SpeedSpread speeds(String text) {
        try {
            return SpeedSpread.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--speed-spread is " + e.getMessage());
        }
    }

    private Entry onStudies(int perStudy) {
        if (speedSpread.isPresent()) {
            throw new UsageException(
                    "--speed-spread is for --task, whose time is simulated, but %s are to run in real time"
                            .formatted(sources));
        }
        List<StudyFile> files = sources.stream()
                .map(source -> StudyFile.read(context.directory(), source, settings()))
                .toList();
        Map<Contender, StudyFile> studies = new LinkedHashMap<>();
        if (files.size() == 1) {
            List<Contender> contenders = Contender.all(
                    strategies, described, files.get(0).spec().strategy().options());
            studies.putAll(StudyArena.studies(files.get(0), contenders));
        } else {
            if (!strategies.isEmpty() || !described.isEmpty()) {
                throw new UsageException(
                        "--strategies and --strategy go with one study file, but there are %s, which are the strategies"
                                .formatted(files.size()));
            }
            for (int i = 0; i < files.size(); i++) {
                String name = sources.get(i).getFileName().toString().replaceFirst("\\.ya?ml$", "");
                Contender contender =
                        new Contender(name, files.get(i).spec().strategy().options());
                studies.put(contender, files.get(i));
            }
        }
        List<Contender> contenders = List.copyOf(studies.keySet());
        Contender.requireDifferentNames(contenders);
        Path place = place(files.get(0).study().name());
        Arena arena = new StudyArena(studies, metric, place, perStudy, context.clock());
        return new Entry(arena, contenders, place);
    }

    private List<Setting> settings() {
        return settings.stream().map(Setting::parse).toList();
    }

    private Path place(String name) {
        if (directory.isPresent()) {
            Path place = context.resolve(directory.get());
            if (Files.exists(place.resolve("study.yaml"))) {
                throw new UsageException(
                        "--dir is %s, which is a run itself.\nMaybe choose a new directory.".formatted(place));
            }
            return place;
        }
        return RunDirectories.unused(context, "compare-" + name);
    }

    private static Path logs(Path place) {
        try {
            return Files.createDirectories(place.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PrintStream progress() {
        return json ? context.console().err() : context.console().out();
    }

    /** Returns what says how far it is, once a second at most. */
    private Consumer<ComparedStudy> counted(int studies, String what) {
        return new Consumer<>() {
            private int done;
            private Instant last = context.clock().instant();

            @Override
            public void accept(ComparedStudy outcome) {
                done++;
                Instant now = context.clock().instant();
                if (!now.isBefore(last.plus(BETWEEN_LINES))) {
                    last = now;
                    progress()
                            .println("%s of %s studies; %s, seed %s: %s %s"
                                    .formatted(
                                            done,
                                            studies,
                                            outcome.strategy(),
                                            outcome.seed(),
                                            what,
                                            Format.number(outcome.trace().score())));
                }
            }
        };
    }

    private int show(Comparison comparison, Path place) {
        Path picture = ResultFiles.write(comparison, place);
        if (json) {
            Map<String, Object> line = ResultFiles.json(comparison);
            line.put("directory", place.toString());
            context.console().out().println(JsonMapper.shared().writeValueAsString(line));
            ResultTable.warning(comparison).ifPresent(context.console().err()::println);
        } else {
            PrintStream out = context.console().out();
            out.println();
            ResultTable.lines(comparison).forEach(out::println);
            out.println("The picture: %s, and results.csv and curves.csv beside it".formatted(picture));
        }
        return comparison.hasScores() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
