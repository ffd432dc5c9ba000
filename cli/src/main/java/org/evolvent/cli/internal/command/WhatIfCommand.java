package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.evolvent.cli.internal.audit.Looked;
import org.evolvent.cli.internal.audit.WhatIfText;
import org.evolvent.core.internal.audit.WhatIf;
import org.evolvent.core.internal.audit.WhatIf.Result;
import org.evolvent.core.study.Study;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.internal.file.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Replays the recorded scores of a run under another strategy. */
@Command(name = "what-if", description = "Tell which decisions another strategy would have made on the recorded scores")
final class WhatIfCommand implements Callable<Integer> {
    /** What decides which trainings there are; with another one the log says nothing about the other study. */
    private static final List<Map.Entry<String, Function<Study, Object>>> FIXED = List.of(
            Map.entry("space", Study::space),
            Map.entry("population", Study::population),
            Map.entry("budget.steps", study -> study.budget().steps()),
            Map.entry("interval.steps", Study::intervalSteps),
            Map.entry("execution.mode", Study::mode),
            Map.entry("attempts", Study::attempts),
            Map.entry("initial", Study::initial));

    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            required = true,
            description = "Replaces a value of the study file; of strategy, objective, burn-in, target or seed")
    private List<String> settings = List.of();

    @Option(names = "--json", description = "One line of JSON")
    private boolean json;

    WhatIfCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (RunDirectory run = RunDirectories.read(context, directory)) {
            Looked looked = Looked.at(run);
            // Of a study that was amended, what it began as is asked about.
            StudyFile recorded = StudyFile.lookAtBeginning(run);
            StudyFile other =
                    recorded.with(settings.stream().map(Setting::parse).toList(), "what-if");
            check(recorded.study(), other);
            WhatIf whatIf = new WhatIf(recorded.begun(), other.study());
            looked.follow(whatIf);
            Result result = whatIf.result();
            PrintStream out = context.console().out();
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(WhatIfText.json(result)));
            } else {
                WhatIfText.of(result).forEach(out::println);
            }
            return ExitCode.DONE;
        }
    }

    private static void check(Study recorded, StudyFile other) {
        Stream<String> changed = FIXED.stream()
                .filter(part ->
                        !part.getValue().apply(recorded).equals(part.getValue().apply(other.study())))
                .map(Map.Entry::getKey);
        changed.findFirst().ifPresent(key -> {
            throw new UsageException(
                    "--set changes %s, and with that what members train: the recorded scores say nothing about it.\nMaybe strategy, objective, burn_in, budget.target or seed?"
                            .formatted(key));
        });
        if (!other.unloaded().isEmpty()) {
            throw new UsageException(
                    "The strategy would be %s, which is the study's own and is not run here.\nMaybe --set strategy={...} with one that comes with Evolvent?"
                            .formatted(String.join(", ", other.unloaded())));
        }
    }
}
