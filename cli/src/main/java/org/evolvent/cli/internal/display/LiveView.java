package org.evolvent.cli.internal.display;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.study.internal.run.Doings;
import org.evolvent.study.internal.text.Format;

/**
 * A picture of the population, drawn over itself five times a second at most. The driver's thread only leaves the latest state; an own
 * thread draws it.
 */
public final class LiveView implements Display {
    private static final long PERIOD_MILLIS = 200;
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String CLEAR_LINE = "\u001b[K";
    private static final String BOLD = "\u001b[1m";
    private static final String NORMAL = "\u001b[0m";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";

    private final Console console;
    private final InstantSource clock;
    private final int slots;
    private final Instant begun;
    private final ScheduledExecutorService artist = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "evolvent-display");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> drawing;
    private volatile Duration earlier = Duration.ZERO;
    private volatile Optional<StudyState> start = Optional.empty();
    private volatile Optional<StudyState> latest = Optional.empty();
    private volatile String pause = "";
    private volatile Supplier<List<Activity>> activities = List::of;
    private int drawn;

    /** Starts to draw. */
    public LiveView(Console console, InstantSource clock, int slots) {
        this.console = console;
        this.clock = clock;
        this.slots = slots;
        this.begun = clock.instant();
        console.out().screen().print(HIDE_CURSOR);
        drawing = artist.scheduleWithFixedDelay(this::draw, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void watching(Supplier<List<Activity>> watched) {
        activities = watched;
    }

    @Override
    public void recovered(Facts known) {
        earlier = known.elapsed();
    }

    @Override
    public void committed(Supplier<StudyState> state, List<? extends Event> events) {
        latest = Optional.of(state.get());
        if (start.isEmpty()) {
            start = latest;
        }
    }

    @Override
    public void warned(String message) {
        say(message);
    }

    @Override
    public void paused(String reason) {
        pause = reason;
    }

    @Override
    public void unpaused() {
        pause = "";
    }

    /** Says something above the picture, where it stays. */
    private synchronized void say(String message) {
        console.out().print((drawn > 0 ? "\u001b[" + drawn + "A" : "") + CLEAR_BELOW);
        console.out().println(message);
        drawn = 0;
    }

    private synchronized void draw() {
        if (latest.isEmpty()) {
            return;
        }
        StudyState state = latest.get();
        List<String> lines =
                picture(state, SessionProgress.of(state, start.orElse(state), earlier, begun, clock.instant()));
        StringBuilder frame = new StringBuilder(drawn > 0 ? "\u001b[" + drawn + "A" : "");
        for (String line : lines) {
            frame.append(line).append(CLEAR_LINE).append('\n');
        }
        console.out().screen().print(frame.append(CLEAR_BELOW));
        console.out().screen().flush();
        drawn = lines.size();
    }

    private List<String> picture(StudyState state, SessionProgress progress) {
        List<String> lines = new ArrayList<>();
        lines.add(BOLD
                + cut("%s  %s  %s  %s elapsed"
                        .formatted(
                                state.study().name(),
                                Format.count(state.study().population(), "member"),
                                Format.count(slots, "slot"),
                                Format.duration(progress.running())))
                + NORMAL);
        lines.add(cut(progress.speed()));
        pause.lines().forEach(line -> lines.add(cut(line)));
        lines.add(cut("best: " + progress.best()));
        int room = Math.max(3, console.rows() - lines.size() - 3);
        List<String> table = members(state, room).lines();
        table.forEach(line -> lines.add(cut(line)));
        int hidden = state.study().population() - (table.size() - 1);
        if (hidden > 0) {
            lines.add("and " + Format.count(hidden, "member") + " more");
        }
        return lines;
    }

    private Table members(StudyState state, int most) {
        Doings doings = new Doings(activities.get(), "", clock.instant());
        List<String> headings = new ArrayList<>(List.of("member", "step", "score", "doing"));
        List<Parameter> parameters = state.study().space().parameters();
        parameters.forEach(parameter -> headings.add(parameter.name()));
        Table table = new Table(headings);
        List<Member> order = new ArrayList<>();
        for (ReadyPoint point : state.population().ranking()) {
            if (order.size() < most) {
                order.add(state.population().get(point.member()));
            }
        }
        for (Member member : state.population()) {
            if (order.size() < most && member.last().isEmpty()) {
                order.add(member);
            }
        }
        for (Member member : order) {
            List<String> row = new ArrayList<>(List.of(
                    member.id().toString(),
                    Long.toString(member.stepFrom()),
                    member.last().map(point -> Format.score(point.score())).orElse(""),
                    doing(member, doings)));
            for (Parameter parameter : parameters) {
                row.add(Format.value(state.study().space(), parameter, member.hyperparameters()));
            }
            table.row(row);
        }
        return table;
    }

    private static String doing(Member member, Doings doings) {
        if (member.status() == Member.Status.STOPPED) {
            return "done";
        }
        if (!member.isPresent()) {
            return "left";
        }
        return doings.activities().stream()
                .filter(activity -> activity.attempt().member().equals(member.id()))
                .findFirst()
                .map(doings::of)
                .orElse("waits");
    }

    private String cut(String text) {
        String line = Printer.visible(text);
        return line.length() < console.columns() ? line : line.substring(0, Math.max(1, console.columns() - 1));
    }

    @Override
    public void close() {
        drawing.cancel(false);
        artist.shutdownNow();
        draw();
        console.out().screen().print(SHOW_CURSOR);
        console.out().screen().flush();
    }
}
