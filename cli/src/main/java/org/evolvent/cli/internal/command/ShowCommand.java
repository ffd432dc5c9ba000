package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.evolvent.cli.internal.display.Table;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.study.StudyState;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.text.Format;
import org.evolvent.views.internal.history.Baseline;
import org.evolvent.views.internal.history.Follower;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.text.Glyphs;
import org.evolvent.views.internal.text.Picture;
import org.evolvent.views.internal.text.Story;
import org.evolvent.views.internal.view.MemberPage;
import org.evolvent.views.internal.view.Overview;
import org.evolvent.views.internal.view.PopulationView;
import org.evolvent.views.internal.view.Slots;
import org.evolvent.views.internal.view.Source;
import org.evolvent.views.internal.view.Stay;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Shows a study at a glance, its population, the story of one member, or the best model and what made it. */
@Command(
        name = "show",
        description =
                "Show a study at a glance: scores, the best model's schedule and the family tree; or the members, what one of them did and why, or the best model")
final class ShowCommand implements Callable<Integer> {
    /** What to show; the study at a glance when nothing is chosen. */
    static final class What {
        @Option(names = "--members", description = "A table of the members as they stand, with their hyperparameters")
        private boolean members;

        @Option(
                names = "--member",
                paramLabel = "N",
                description = "What member N did and why; what lies between two decisions in one line")
        private Optional<Integer> member = Optional.empty();

        @Option(names = "--slots", description = "What ran where: the places of each slot, from when to when")
        private boolean slots;

        @Option(names = "--best", description = "The best model and the schedule that made it, in full")
        private boolean best;
    }

    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @ArgGroup
    private What what = new What();

    @Option(
            names = "--full",
            description = "With --member: every interval and every decision, with its evidence, nothing folded")
    private boolean full;

    @Option(names = "--json", description = "The same as one line of JSON")
    private boolean json;

    ShowCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (full && what.member.isEmpty()) {
            throw new UsageException("--full is of --member N");
        }
        PrintStream out = context.console().out();
        if (!json && (what.best || what.members || full)) {
            try (RunDirectory run = RunDirectories.read(context, directory)) {
                fromTheLog(out, run, StudyFile.look(run));
            }
            return ExitCode.DONE;
        }
        try (Follower follower = RunDirectories.follow(context, directory)) {
            History history = follower.history();
            if (what.member.isPresent()) {
                MemberPage page = MemberPage.of(
                        history, member(history.state().population().size()));
                say(page, () -> story(page));
            } else if (what.best) {
                say(Overview.of(source(follower), Optional.empty()).made(), List::of);
            } else if (what.slots) {
                Slots slots = Slots.of(history, source(follower).slots());
                say(slots, () -> places(slots));
            } else if (what.members) {
                say(PopulationView.of(source(follower)), List::of);
            } else {
                atAGlance(follower);
            }
            return ExitCode.DONE;
        }
    }

    private void say(Object view, Supplier<List<String>> text) {
        if (json) {
            context.console().out().println(JsonMapper.shared().writeValueAsString(view));
        } else {
            text.get().forEach(context.console().out()::println);
        }
    }

    private Glyphs glyphs() {
        return context.console().showsUnicode() ? Glyphs.UNICODE : Glyphs.ASCII;
    }

    private void atAGlance(Follower follower) {
        Source source = source(follower);
        try (Baseline baseline = Baseline.of(follower.run().path())) {
            Optional<History> random = baseline.history();
            say(
                    Overview.of(source, random),
                    () -> Picture.of(source, random, glyphs(), context.console().columns()));
        }
    }

    private Source source(Follower follower) {
        return new Source(
                follower.history(),
                directory.toString(),
                follower.driver(),
                RunSession.slots(follower.file()),
                follower.file().spec().baseline(),
                false);
    }

    private List<String> story(MemberPage page) {
        List<String> lines = new ArrayList<>(Story.of(page, glyphs()));
        lines.add("With all evidence: evolvent show %s --member %s --full".formatted(directory, page.member()));
        lines.add("What it printed: evolvent logs %s --member %s".formatted(directory, page.member()));
        return lines;
    }

    private static List<String> places(Slots slots) {
        Table table = new Table(List.of("slot", "from", "to", "attempts", "busy", "place"));
        for (Slots.Row row : slots.rows()) {
            for (Stay stay : row.stays()) {
                table.row(List.of(
                        Integer.toString(row.slot()),
                        Format.duration(seconds(stay.from())),
                        Format.duration(seconds(stay.to())),
                        Integer.toString(stay.attempts()),
                        Format.duration(seconds(stay.busy())),
                        stay.place()));
            }
        }
        return Stream.concat(Stream.of(slots.sentence()), table.lines().stream())
                .toList();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private int member(int members) {
        int index = what.member.orElseThrow();
        if (index < 0 || index >= members) {
            throw new UsageException("--member is %s but must be from 0 to %s".formatted(index, members - 1));
        }
        return index;
    }

    private void fromTheLog(PrintStream out, RunDirectory run, StudyFile file) {
        if (what.member.isPresent()) {
            member(out, run, file);
        } else if (what.best) {
            best(out, run, Summary.of(file, run));
        } else {
            members(
                            Summary.of(file, run).state(),
                            RunDirectory.driver(run.path()).isPresent())
                    .lines()
                    .forEach(out::println);
        }
    }

    private static Table members(StudyState state, boolean isDriven) {
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
                    PopulationView.status(state, member, isDriven),
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
        int index = member(file.members(run.events()));
        out.println("Member " + index);
        MemberHistory story =
                new MemberHistory(new MemberId(index), file.study().space(), out);
        run.events().readMember(new MemberId(index), story::tell);
        out.println("What it printed: evolvent logs %s --member %s".formatted(directory, index));
    }
}
