package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.text.Format;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the population, or the story of one member with the reason of every decision, or the best model and what made it. */
@Command(name = "show", description = "Show the members, what one of them did and why, or the best model")
final class ShowCommand implements Callable<Integer> {
    /** What to show; the population when nothing is chosen. */
    static final class What {
        @Option(
                names = "--member",
                paramLabel = "N",
                description = "The intervals and decisions of member N, with reasons and evidence")
        private Optional<Integer> member = Optional.empty();

        @Option(names = "--best", description = "The best model and the schedule that made it, in full")
        private boolean best;
    }

    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @ArgGroup
    private What what = new What();

    ShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PrintStream out = context.console().out();
        try (RunDirectory run = RunDirectories.read(context, directory)) {
            StudyFile file = StudyFile.look(run);
            if (what.member.isPresent()) {
                member(out, run, file);
            } else if (what.best) {
                best(out, run, Summary.of(file, run));
            } else {
                members(Summary.of(file, run).state()).lines().forEach(out::println);
            }
            return ExitCode.DONE;
        }
    }

    private static Table members(StudyState state) {
        List<Parameter> parameters = state.study().space().parameters();
        List<String> headings =
                new ArrayList<>(List.of("member", "rank", "interval", "step", "score", "status", "weights of"));
        parameters.forEach(parameter -> headings.add(parameter.name()));
        Table table = new Table(headings);
        for (Member member : state.population()) {
            Optional<ReadyPoint> last = member.last();
            List<String> row = new ArrayList<>(List.of(
                    member.id().toString(),
                    last.map(point -> Integer.toString(
                                    state.population().ranking().rankOf(point) + 1))
                            .orElse(""),
                    Integer.toString(member.interval()),
                    Long.toString(member.stepFrom()),
                    last.map(point -> Format.score(point.score())).orElse(""),
                    member.status().name().toLowerCase(java.util.Locale.ROOT),
                    member.parent()
                            .map(ref -> ref.member() + "/" + Format.interval(ref.interval()))
                            .orElse("")));
            parameters.forEach(
                    parameter -> row.add(Format.value(state.study().space(), parameter, member.hyperparameters())));
            table.row(row);
        }
        return table;
    }

    private void best(PrintStream out, RunDirectory run, Summary summary) {
        StudyState state = summary.state();
        Optional<ReadyPoint> best = state.population().best();
        if (best.isEmpty()) {
            out.println("No member has a score yet");
            return;
        }
        ReadyPoint point = best.get();
        out.println("%s %s, by member %s in interval %s, at step %s"
                .formatted(
                        state.study().objective().metric(),
                        ((Score.Valid) point.score()).value(),
                        point.member(),
                        point.interval(),
                        point.step()));
        summary.bestMetrics().forEach((name, value) -> out.println("  " + name + " " + value));
        point.checkpoint().ifPresent(ref -> out.println("checkpoint " + ref.id()));
        out.println("schedule");
        Schedules.table(Schedules.of(run, point), Integer.MAX_VALUE).forEach(line -> out.println("  " + line));
    }

    private void member(PrintStream out, RunDirectory run, StudyFile file) {
        int index = what.member.orElseThrow();
        int members = file.members(run.events());
        if (index < 0 || index >= members) {
            throw new UsageException("--member is %s but must be from 0 to %s".formatted(index, members - 1));
        }
        out.println("Member " + index);
        MemberHistory story =
                new MemberHistory(new MemberId(index), file.study().space(), out);
        run.events().readMember(new MemberId(index), story::tell);
        out.println("What it printed: evolvent logs %s --member %s".formatted(directory, index));
    }
}
