package org.evolvent.cli.internal.display;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor.Activity;
import org.evolvent.study.internal.run.Doings;

/**
 * Progress for files and pipes: a line every few seconds, and one for each new best, but not more than one a second. Ten seconds
 * after the start, and then every minute, it says what everybody is doing.
 */
public final class PlainLines implements Display {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration BETWEEN_BESTS = Duration.ofSeconds(1);

    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofMinutes(1);

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "evolvent-display");
        thread.setDaemon(true);
        return thread;
    });
    private Supplier<List<Activity>> activities = List::of;
    private String pause = "";
    private Optional<StudyState> state = Optional.empty();
    private Optional<Instant> told = Optional.empty();
    private Duration earlier = Duration.ZERO;
    private Optional<StudyState> start = Optional.empty();
    private Optional<ReadyPoint> shownBest = Optional.empty();
    private Instant last;
    private Instant lastBest = Instant.MIN;

    /** Creates a display that writes to a stream. */
    public PlainLines(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begun = clock.instant();
        this.last = begun;
        ScheduledFuture<?> unused = watch.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public synchronized void watching(Supplier<List<Activity>> watched) {
        activities = watched;
    }

    /** Says what everybody is doing if it is time. */
    synchronized void look() {
        Instant now = clock.instant();
        Duration quiet = Duration.between(told.orElse(begun), now);
        if (quiet.compareTo(told.isEmpty() ? FIRST_LOOK : BETWEEN_LOOKS) < 0) {
            return;
        }
        told = Optional.of(now);
        state.ifPresent(latest -> out.println(SessionProgress.of(latest, start.orElse(latest), earlier, begun, now)
                .speed()));
        new Doings(activities.get(), pause, now).lines().forEach(line -> out.println("  " + line));
    }

    @Override
    public synchronized void recovered(Facts known) {
        earlier = known.elapsed();
    }

    @Override
    public synchronized void committed(Supplier<StudyState> latest, List<? extends Event> events) {
        StudyState state = latest.get();
        this.state = Optional.of(state);
        StudyState first = start.orElse(state);
        start = Optional.of(first);
        Instant now = clock.instant();
        SessionProgress progress = SessionProgress.of(state, first, earlier, begun, now);
        Optional<ReadyPoint> best = state.population().best();
        if (best.isPresent() && !best.equals(shownBest) && !now.isBefore(plus(lastBest, BETWEEN_BESTS))) {
            shownBest = best;
            lastBest = now;
            out.println("new best: " + progress.best());
        }
        if (!now.isBefore(last.plus(PERIOD))) {
            last = now;
            out.println(progress.speed());
        }
    }

    @Override
    public synchronized void warned(String message) {
        out.println(message);
    }

    @Override
    public synchronized void paused(String reason) {
        pause = reason;
        out.println(reason);
    }

    @Override
    public synchronized void unpaused() {
        pause = "";
        out.println("The study goes on.");
    }

    private static Instant plus(Instant instant, Duration duration) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(duration);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        out.flush();
    }
}
