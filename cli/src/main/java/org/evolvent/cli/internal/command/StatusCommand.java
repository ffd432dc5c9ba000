package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.NoScore;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.text.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Says in a few lines how a run stands, while it runs or afterwards. */
@Command(name = "status", description = "Say how a run stands")
final class StatusCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(names = "--json", description = "One line of JSON")
    private boolean json;

    StatusCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        try (RunDirectory run = RunDirectories.read(context, directory)) {
            StudyFile file = StudyFile.look(run);
            Summary summary = Summary.of(file, run);
            int slots = RunSession.slots(file);
            if (json) {
                context.console().out().println(JsonMapper.shared().writeValueAsString(summary.json(slots)));
            } else {
                print(context.console().out(), summary, slots);
            }
            return ExitCode.DONE;
        }
    }

    private void print(PrintStream out, Summary summary, int slots) {
        StudyState state = summary.state();
        StudyState.Tally tally = state.tally();
        long spent = 0;
        for (Member member : state.population()) {
            spent += member.trained();
        }
        long all = state.study().budget().steps() * state.study().population();
        out.println("%s: %s".formatted(state.study().name(), status(summary)));
        out.println("%s of %s steps by %s, %s, %s, %s in %s; the slots trained %s %% of the time"
                .formatted(
                        spent,
                        all,
                        Format.count(state.population().size(), "member"),
                        Format.count(tally.intervals(), "interval"),
                        Format.count(tally.exploits(), "exploit"),
                        Format.count(tally.failedAttempts(), "failed attempt"),
                        Format.duration(summary.wallClock()),
                        Math.round(100 * summary.efficiency(slots))));
        summary.lost()
                .ifPresent(
                        lost -> out.println("%s (evolvent show %s --member N tells how)".formatted(lost, directory)));
        out.println(state.population().best().map(point -> best(state, point)).orElse("No member has a score yet"));
        NoScore.reason(state).ifPresent(out::println);
    }

    private String status(Summary summary) {
        return switch (summary.status()) {
            case "interrupted" ->
                "running or interrupted (evolvent resume %s goes on if it is not running)".formatted(directory);
            case "failed" -> "over, without any score";
            default -> "done";
        };
    }

    private static String best(StudyState state, ReadyPoint point) {
        return "Best: %s %s, by member %s at step %s (%s)"
                .formatted(
                        state.study().objective().metric(),
                        Format.score(point.score()),
                        point.member(),
                        point.step(),
                        Format.line(state.study().space().active(point.hyperparameters())));
    }
}
