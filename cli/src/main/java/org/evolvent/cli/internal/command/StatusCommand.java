package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.core.study.Tally;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.NoScore;
import org.evolvent.study.internal.run.NowFile;
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
    /** Among how many of the last events failures are news. */
    private static final long LATELY = 1000;

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
            Optional<String> driver = RunDirectory.driver(run.path());
            if (json) {
                Map<String, Object> line = summary.json(slots);
                driver.filter(process -> summary.state().end().isEmpty())
                        .ifPresent(process -> line.put("status", "running"));
                driver.ifPresent(process -> line.put("driver", process));
                lastFailure(run)
                        .ifPresent(failed -> line.put(
                                "last_failure",
                                Map.of(
                                        "member",
                                        failed.attempt().member().index(),
                                        "interval",
                                        failed.attempt().interval(),
                                        "message",
                                        failed.message())));
                context.console().out().println(JsonMapper.shared().writeValueAsString(line));
            } else {
                PrintStream out = context.console().out();
                print(out, summary, slots, driver);
                lastFailure(run)
                        .ifPresent(failed -> out.println("The last attempt that failed, of member %s in interval %s: %s"
                                .formatted(
                                        failed.attempt().member(),
                                        failed.attempt().interval(),
                                        failed.message().lines().findFirst().orElse(""))));
                if (driver.isPresent() && summary.state().end().isEmpty()) {
                    NowFile.read(run.logs()).ifPresent(now -> now.lines().forEach(line -> out.println("  " + line)));
                }
                if (driver.isEmpty()
                        && summary.state().end().isEmpty()
                        && Files.exists(run.logs().resolve("evolvent.log"))) {
                    out.println("Why it stopped, if it was not asked to, and its warnings: "
                            + directory.resolve("logs/evolvent.log"));
                }
                baseline(out, run.path().resolve("baseline"));
            }
            return ExitCode.DONE;
        }
    }

    private static Optional<Event.AttemptFailed> lastFailure(RunDirectory run) {
        List<Event.AttemptFailed> failures = run.events().failures(LATELY);
        return failures.isEmpty() ? Optional.empty() : Optional.of(failures.get(failures.size() - 1));
    }

    private static void baseline(PrintStream out, Path path) {
        if (!Files.exists(path.resolve("study.yaml"))) {
            return;
        }
        try (RunDirectory run = RunDirectory.read(path)) {
            Summary summary = Summary.of(StudyFile.look(run), run);
            out.println("Random search with the same budget, in %s: %s, %s"
                    .formatted(
                            path,
                            summary.state().end().isPresent()
                                    ? "done"
                                    : RunDirectory.driver(path).isPresent() ? "running" : "interrupted",
                            summary.best()
                                    .map(point -> "%s %s"
                                            .formatted(
                                                    summary.state()
                                                            .study()
                                                            .objective()
                                                            .metric(),
                                                    Format.score(point.score())))
                                    .orElse("no score yet")));
        }
    }

    private void print(PrintStream out, Summary summary, int slots, Optional<String> driver) {
        StudyState state = summary.state();
        Tally tally = state.tally();
        long spent = 0;
        for (Member member : state.population()) {
            spent += member.isPresent() ? member.trained() : 0;
        }
        long all = state.study().budget().steps() * summary.members();
        out.println("%s: %s".formatted(state.study().name(), status(summary, driver)));
        out.println("%s of at most %s steps by %s, %s, %s, %s%s in %s; the slots trained %s %% of the time"
                .formatted(
                        spent,
                        all,
                        Format.count(summary.members(), "member"),
                        Format.count(tally.intervals(), "interval"),
                        Format.count(tally.exploits(), "exploit"),
                        Format.count(tally.failedAttempts(), "failed attempt"),
                        tally.lostAttempts() > 0 ? ", " + Format.count(tally.lostAttempts(), "lost attempt") : "",
                        Format.duration(summary.wallClock()),
                        Math.round(100 * summary.efficiency(slots))));
        summary.lost()
                .ifPresent(
                        lost -> out.println("%s (evolvent show %s --member N tells how)".formatted(lost, directory)));
        out.println(summary.best().map(point -> best(state, point)).orElse("No member has a score yet"));
        NoScore.reason(state).ifPresent(out::println);
    }

    private String status(Summary summary, Optional<String> driver) {
        return switch (summary.status()) {
            case "interrupted" ->
                driver.map("running, by process %s"::formatted)
                        .orElse("interrupted (evolvent resume %s goes on)".formatted(directory));
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
                        Format.line(shown(state.study().space(), point.hyperparameters())));
    }

    /** Returns what trainers see of some values; all of those that are older than a parameter of the space. */
    private static Hyperparameters shown(SearchSpace space, Hyperparameters values) {
        boolean isOlder = space.parameters().stream()
                .anyMatch(parameter -> !values.values().containsKey(parameter.name()));
        return isOlder ? values : space.active(values);
    }
}
