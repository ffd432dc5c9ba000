package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.cli.internal.display.CheckLine;
import org.evolvent.store.internal.file.FileCheckpointStore;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.HeardTrainers;
import org.evolvent.study.internal.run.TrainerCheck;
import org.evolvent.study.internal.run.TrainerCheck.Grade;
import org.evolvent.study.internal.run.TrainerSettings;
import org.evolvent.study.internal.run.Trainers;
import org.evolvent.study.internal.text.Format;
import org.evolvent.trainer.internal.Evaluations;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries a trainer on a few tiny intervals before a study is started. */
@Command(name = "check", description = "Try the trainer of a study: does it save, restore, apply and repeat?")
final class CheckCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "STUDY", description = "The study file (YAML)")
    private Path study = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            description =
                    "The length of an interval; by default as many steps as take seconds, up to 10 or to an interval of the study")
    private Optional<Long> steps = Optional.empty();

    @Option(names = "--set", paramLabel = "key=value", description = "Replace a value of the study file")
    private List<String> settings = new ArrayList<>();

    CheckCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        StudyFile file = StudyFile.read(
                context.directory(),
                study,
                settings.stream().map(Setting::parse).toList());
        steps.filter(count -> count < 1).ifPresent(count -> {
            throw new UsageException("--steps is %s but must be at least 1".formatted(count));
        });
        PrintStream out = context.console().out();
        List<TrainerCheck.Notice> wrong = new ArrayList<>();
        try (TemporaryDirectory place = new TemporaryDirectory();
                // What is found is told; what is logged of it besides would say it twice.
                LogFile log = new LogFile(place.path(), true);
                Trainers trainers = Trainers.find(file);
                FileCheckpointStore checkpoints =
                        FileCheckpointStore.open(place.path().resolve("checkpoints"))) {
            TrainerSettings site =
                    new TrainerSettings(checkpoints, 1, 1, Evaluations::none, place.path(), context.clock());
            out.println("%s is a sound study file; now the trainer%s"
                    .formatted(
                            study,
                            steps.map(count -> ", %s at a time".formatted(Format.count(count, "step")))
                                    .orElse("")));
            CheckLine progress = new CheckLine(context.console(), context.clock());
            HeardTrainers heard = new HeardTrainers(trainers, context.clock(), silence -> {
                progress.clear();
                out.println("         the trainer " + silence);
            });
            new TrainerCheck(heard, site, file.study(), file.spec().checkpoints(), steps, new TrainerCheck.Listener() {
                        @Override
                        public void found(TrainerCheck.Notice finding) {
                            progress.clear();
                            out.println("%-8s %s"
                                    .formatted(
                                            label(finding.grade()),
                                            finding.text().replace("\n", "\n         ")));
                            if (finding.grade() == Grade.WRONG) {
                                wrong.add(finding);
                            }
                        }

                        @Override
                        public void tries(int interval, int planned) {
                            progress.tries(interval, planned);
                        }
                    })
                    .run();
            progress.clear();
        }
        return wrong.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String label(Grade grade) {
        return switch (grade) {
            case OK -> "ok";
            case NOTE -> "note";
            case INEXACT -> "inexact";
            case WARNING -> "warning";
            case WRONG -> "WRONG";
        };
    }
}
