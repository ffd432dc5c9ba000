package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.evolvent.core.population.MemberId;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.FromRun;
import org.evolvent.study.internal.run.Trainers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a study in a new directory. */
@Command(name = "run", description = "Run a study")
final class RunCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "STUDY", description = "The study file (YAML)")
    private Path study = Path.of("study.yaml");

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where to run; must not exist, or be empty. By default evolvent-runs/NAME-1, -2, ... in the current directory")
    private Optional<Path> directory = Optional.empty();

    @Option(names = "--slots", paramLabel = "N", description = "How many members train at the same time")
    private Optional<String> slots = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "The source of all randomness")
    private Optional<String> seed = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "Replace a value of the study file, such as --set population=8 or --set budget.steps=1000")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--from",
            paramLabel = "RUN",
            description = "Begin with the models of another run: weights, hyperparameters and scores, the best first")
    private Optional<Path> from = Optional.empty();

    @Option(names = "--best", description = "With --from: all begin with the best model of that run")
    private boolean best;

    @Option(
            names = "--or-resume",
            description =
                    "With --dir: where that directory has a run already, go on with it, so that a script that is started again does")
    private boolean orResume;

    @Option(
            names = "--take-over",
            description =
                    "With --or-resume: do not wait whether a driver on another host, which has left this run, is dead: you know that it is")
    private boolean takeOver;

    @Option(names = "--json", description = "End with one line of JSON on stdout; progress goes to stderr")
    private boolean json;

    @Mixin
    private Products products = new Products();

    RunCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<ExportFormat> format = products.export();
        if (orResume && directory.isEmpty()) {
            throw new UsageException("--or-resume goes with --dir DIR only, which says what to go on with");
        }
        StudyFile file = StudyFile.read(context.directory(), study, settings());
        Optional<FromRun> models = from.map(run -> new FromRun(context.resolve(run), best));
        if (best && models.isEmpty()) {
            throw new UsageException("--best goes with --from RUN only");
        }
        if (orResume && RunDirectories.isBegun(context.resolve(directory.get()))) {
            return new Resumption(context, true, takeOver, json, format, products)
                    .of(RunDirectories.existing(context, directory.get()), settings(), same(file));
        }
        models.ifPresent(source -> found(source, file));
        try (Trainers trainers = Trainers.find(file);
                RunDirectory created = create(place(file), file, models)) {
            return new StudySession(context, file, trainers, json, format, products).run(created);
        }
    }

    private List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        settings.forEach(text -> all.add(Setting.parse(text)));
        slots.ifPresent(count -> all.add(new Setting("--slots " + count, "execution.slots", count)));
        seed.ifPresent(bits -> all.add(new Setting("--seed " + bits, "seed", bits)));
        return all;
    }

    /** Refuses to go on with another study than the one that was to be run. */
    private Consumer<StudyFile> same(StudyFile asked) {
        return held -> {
            if (!held.study().name().equals(asked.study().name())) {
                throw new UsageException(
                        "DIR is %s, which holds a run of the study %s, but STUDY is %s.\nMaybe choose another directory with --dir, or go on with that one: evolvent resume %s"
                                .formatted(
                                        directory.orElseThrow(),
                                        held.study().name(),
                                        asked.study().name(),
                                        directory.orElseThrow()));
            }
        };
    }

    /** Refuses models with which the study cannot begin, before anything starts, and says who begins with other hyperparameters. */
    private void found(FromRun source, StudyFile file) {
        try {
            List<MemberId> moved = source.moved(file);
            if (!moved.isEmpty()) {
                (json ? context.console().err() : context.console().out())
                        .println(
                                "Outside of the space in %s: the hyperparameters of those with which members %s begin; they begin with the nearest inside"
                                        .formatted(source.run(), moved));
            }
        } catch (EvolventException e) {
            throw new UsageException("--from: " + e.getMessage());
        }
    }

    private static RunDirectory create(Path path, StudyFile file, Optional<FromRun> models) {
        try {
            return RunDirectory.create(path, file.yaml(), models.map(FromRun::text));
        } catch (EvolventException e) {
            // Nothing was started: it is the command line that names an unusable directory.
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private Path place(StudyFile file) {
        if (directory.isPresent()) {
            return context.resolve(directory.get());
        }
        return RunDirectories.unused(context, file.study().name());
    }
}
