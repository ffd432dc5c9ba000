package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.evolvent.cli.internal.audit.ExplanationJson;
import org.evolvent.cli.internal.audit.ExplanationText;
import org.evolvent.cli.internal.audit.Looked;
import org.evolvent.core.internal.audit.Explainer;
import org.evolvent.core.internal.audit.Explanation;
import org.evolvent.core.population.MemberId;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Tells why a member did what it did after an interval. */
@Command(name = "explain", description = "Tell why a member copied, explored, went on or stopped after an interval")
final class ExplainCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(index = "0", paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Parameters(index = "1", paramLabel = "MEMBER", description = "The member, from 0")
    private int member;

    @Parameters(index = "2", paramLabel = "INTERVAL", description = "The member's interval, from 0")
    private int interval;

    @Option(names = "--json", description = "One line of JSON")
    private boolean json;

    ExplainCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (RunDirectory run = RunDirectories.read(context, directory)) {
            Looked looked = Looked.at(run);
            StudyFile file = looked.file();
            int members = file.members(run.events());
            if (member < 0 || member >= members) {
                throw new UsageException("MEMBER is %s but must be from 0 to %s".formatted(member, members - 1));
            }
            Explainer explainer = new Explainer(
                    file.begun(),
                    new MemberId(member),
                    interval,
                    file.unloaded().isEmpty());
            looked.follow(explainer);
            Explanation explanation = explainer.explanation().orElseThrow(() -> new UsageException(missing(explainer)));
            PrintStream out = context.console().out();
            if (json) {
                out.println(JsonMapper.shared().writeValueAsString(ExplanationJson.of(explanation)));
            } else {
                ExplanationText.of(file.study(), explanation).forEach(out::println);
            }
            return explanation.agrees() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private String missing(Explainer explainer) {
        return explainer.latest().isPresent()
                ? "INTERVAL is %s but member %s has decided after the intervals 0 to %s so far"
                        .formatted(interval, member, explainer.latest().getAsInt())
                : "INTERVAL is %s but member %s has not decided anything yet".formatted(interval, member);
    }
}
