package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.compare.internal.TaskStudy;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.Tally;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.StrategyPrograms;
import org.evolvent.study.internal.text.Format;
import org.evolvent.study.internal.text.Sizes;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.tasks.internal.simulation.Forecast;
import org.evolvent.tasks.internal.simulation.SurrogateTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Predicts what a study takes, for several numbers of slots and both modes side by side. Nothing is trained or written. */
@Command(name = "simulate", description = "Predict in simulated time what a study takes")
final class SimulateCommand implements Callable<Integer> {
    /** What is simulated at some ten thousand intervals a second is over before the user is. */
    private static final long MOST_INTERVALS = 100_000_000;

    /** Within what fits into nanoseconds of 64 bits. */
    private static final double MOST_SECONDS = 100 * 365.25 * 86_400;

    /** One line of the answer. */
    private record Row(int slots, Mode mode, Forecast forecast) {}

    private final Context context;

    @Parameters(
            paramLabel = "STUDY",
            arity = "0..1",
            description = "The study file (YAML); without one, the protocol of the task")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description =
                    "The synthetic task that gives search space and scores; by default scores are invented for the space of the study")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--slots",
            paramLabel = "N",
            split = ",",
            description =
                    "How many members train at the same time, such as 8 or 2,4,8; by default as the study would run")
    private List<Integer> slots = List.of();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            split = ",",
            description = "asynchronous, synchronous or both; by default both, the study's first")
    private List<String> modes = List.of();

    @Mixin
    private AssumedCosts costs = new AssumedCosts();

    @Option(names = "--seed", paramLabel = "S", description = "The source of all randomness")
    private Optional<String> seed = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Replace a value of the study, such as --set population=8")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--json", description = "One line of JSON")
    private boolean json;

    SimulateCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<SyntheticTask> chosen = task.map(SimulateCommand::task);
        StudyFile read = read(chosen);
        Study study = chosen.map(known -> TaskStudy.onTask(read.study(), known)).orElse(read.study());
        SimulatedTrainer trainer = chosen.map(
                        known -> known.stretchedTo(study.budget().steps()))
                .orElseGet(() -> new SurrogateTrainer(study));
        List<Row> rows = read.programs().isEmpty()
                ? rows(read, study, trainer, chosen.isPresent())
                : askingPrograms(read, () -> rows(read, study, trainer, chosen.isPresent()));
        if (json) {
            context.console().out().println(JsonMapper.shared().writeValueAsString(json(study, rows)));
        } else {
            print(study, rows);
        }
        return ExitCode.DONE;
    }

    private static List<Row> askingPrograms(StudyFile read, Supplier<List<Row>> simulation) {
        try (TemporaryDirectory logs = new TemporaryDirectory();
                StrategyPrograms programs = StrategyPrograms.open(read, logs.path())) {
            return simulation.get();
        }
    }

    private List<Row> rows(StudyFile read, Study study, SimulatedTrainer trainer, boolean onTask) {
        List<Row> rows = new ArrayList<>();
        for (int count : slots.isEmpty() ? List.of(RunSession.slots(read)) : slots) {
            if (count < 1) {
                throw new UsageException("--slots is %s but must be at least 1".formatted(count));
            }
            SimulatedCosts assumed = costs.on(count, usuallyHot(read, onTask && file.isEmpty()));
            requireFeasible(study, assumed);
            for (Mode mode : modes(study)) {
                rows.add(new Row(count, mode, Forecast.of(as(study, mode), trainer, assumed)));
            }
        }
        return rows;
    }

    private static SyntheticTask task(String name) {
        try {
            return Tasks.named(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--task: " + e.getMessage());
        }
    }

    private StudyFile read(Optional<SyntheticTask> chosen) {
        List<Setting> all = new ArrayList<>();
        settings.forEach(text -> all.add(Setting.parse(text)));
        seed.ifPresent(bits -> all.add(new Setting("--seed " + bits, "seed", bits)));
        if (file.isPresent()) {
            return StudyFile.read(context.directory(), file.get(), all);
        }
        return TaskStudy.of(
                chosen.orElseThrow(() -> new UsageException(
                        "There is nothing to simulate: name a study file, or a task by --task, one of "
                                + String.join(", ", Tasks.names()))),
                all);
    }

    private static int usuallyHot(StudyFile read, boolean isTask) {
        if (!isTask && read.trainer() instanceof TrainerSpec.Command) {
            return 0;
        }
        int members = read.study().population();
        int kept = read.resources().hot().orElse(members);
        return kept < members ? kept : Integer.MAX_VALUE;
    }

    private List<Mode> modes(Study study) {
        Set<Mode> wanted = new LinkedHashSet<>();
        for (String mode : modes) {
            switch (mode) {
                case "asynchronous" -> wanted.add(Mode.ASYNCHRONOUS);
                case "synchronous" -> wanted.add(Mode.SYNCHRONOUS);
                default ->
                    throw new UsageException(
                            "--mode is '%s' but must be asynchronous, synchronous or both, with a comma between"
                                    .formatted(mode));
            }
        }
        if (wanted.isEmpty()) {
            wanted.add(study.mode());
            wanted.addAll(List.of(Mode.values()));
        }
        return List.copyOf(wanted);
    }

    /** Scores are invented, and so reaching a target would mean nothing. */
    private static Study as(Study study, Mode mode) {
        Budget budget = new Budget(study.budget().steps(), study.budget().wallClock(), Optional.empty());
        return new Study(
                study.name(),
                study.space(),
                study.objective(),
                study.population(),
                budget,
                study.intervalSteps(),
                study.burnInSteps(),
                study.strategy(),
                mode,
                study.rules(),
                study.attempts(),
                study.absences(),
                study.ancestors(),
                study.initial(),
                study.seed(),
                study.intervalTime());
    }

    private static void requireFeasible(Study study, SimulatedCosts assumed) {
        double steps = (double) study.budget().steps() * study.population();
        double intervals = steps / study.intervalSteps();
        double slowest =
                assumed.speeds().stream().mapToDouble(speed -> speed).min().orElse(1)
                        * assumed.memberSpeeds().stream()
                                .mapToDouble(speed -> speed)
                                .min()
                                .orElse(1);
        double each = (assumed.save().toNanos() + assumed.restore().toNanos()) / 1e9;
        double seconds =
                (steps * assumed.step().toNanos() / 1e9 / slowest + intervals * each) / (1 - assumed.failureRate());
        if (intervals > MOST_INTERVALS || seconds > MOST_SECONDS) {
            throw new UsageException(
                    "The study has %s intervals that take %s slot-years, but at most %s intervals and 100 years are simulated.\nMaybe longer intervals, fewer steps, or a shorter --step-seconds?"
                            .formatted(
                                    Format.number(intervals),
                                    Format.number(seconds / (365.25 * 86_400)),
                                    Format.number(MOST_INTERVALS)));
        }
    }

    private void print(Study study, List<Row> rows) {
        PrintStream out = context.console().out();
        out.println("%s: %s, %s steps each in intervals of %s; %s"
                .formatted(
                        study.name(),
                        Format.count(study.population(), "member"),
                        study.budget().steps(),
                        study.intervalSteps(),
                        task.map(name -> "scores of the task '%s'".formatted(name))
                                .orElse("its scores are invented")));
        out.println("Assumed: %s".formatted(costs.inWords()));
        if (study.budget().target().isPresent()) {
            out.println("The target score is left out: it means nothing for scores that are not the study's.");
        }
        List<String> heads = new ArrayList<>(List.of(
                "slots",
                "mode",
                "wall-clock",
                "slot-hours",
                "busy",
                "training",
                "intervals",
                "exploits",
                "restores",
                "failed",
                "most disk"));
        if (costs.areLent()) {
            heads.addAll(List.of("queued", "lost places"));
        }
        Table table = new Table(heads);
        for (Row row : rows) {
            Forecast forecast = row.forecast();
            List<String> cells = new ArrayList<>(List.of(
                    Integer.toString(row.slots()),
                    lower(row.mode()),
                    Format.duration(forecast.wallClock()),
                    Format.number(slotHours(row)),
                    percent(forecast.utilisation()),
                    percent(forecast.efficiency()),
                    Long.toString(forecast.tally().intervals()),
                    Long.toString(forecast.tally().exploits()),
                    Long.toString(forecast.restores()),
                    Long.toString(forecast.tally().failedAttempts()),
                    Sizes.format(forecast.mostBytes())));
            if (costs.areLent()) {
                cells.addAll(List.of(percent(forecast.queued()), Long.toString(forecast.lostPlaces())));
            }
            table.row(cells);
        }
        table.lines().forEach(out::println);
    }

    private Map<String, Object> json(Study study, List<Row> rows) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("study", study.name());
        task.ifPresent(name -> line.put("task", name));
        line.put("members", study.population());
        line.put("forecasts", rows.stream().map(SimulateCommand::json).toList());
        return line;
    }

    private static Map<String, Object> json(Row row) {
        Forecast forecast = row.forecast();
        Tally tally = forecast.tally();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("slots", row.slots());
        fields.put("mode", lower(row.mode()));
        fields.put("wall_seconds", forecast.wallClock().toMillis() / 1e3);
        fields.put("slot_hours", slotHours(row));
        fields.put("utilisation", forecast.utilisation());
        fields.put("efficiency", forecast.efficiency());
        fields.put("queued", forecast.queued());
        fields.put("lost_places", forecast.lostPlaces());
        fields.put("intervals", tally.intervals());
        fields.put("exploits", tally.exploits());
        fields.put("explores", tally.explores());
        fields.put("restores", forecast.restores());
        fields.put("failures", tally.failedAttempts());
        fields.put("failed_intervals", tally.failedIntervals());
        fields.put("most_disk_bytes", forecast.mostBytes());
        return fields;
    }

    private static double slotHours(Row row) {
        Duration wallClock = row.forecast().wallClock();
        return row.slots() * (wallClock.toMillis() / 3.6e6);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String lower(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
