package org.evolvent.cli.internal.display;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
 * Progress for files and pipes, with the time in UTC: a line every few seconds, and one for each new best, but not more than one a second. Ten seconds
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
        if (!now.isBefore(last.plus(PERIOD))) {
            last = now;
            state.ifPresent(latest -> say(now, progress(latest, now).speed()));
        }
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
        Instant now = clock.instant();
        Optional<ReadyPoint> best = state.population().best();
        if (start.isEmpty()) {
            start = Optional.of(state);
            shownBest = best;
            best.ifPresent(
                    known -> say(now, "best so far: " + progress(state, now).best()));
        }
        SessionProgress progress = progress(state, now);
        if (best.isPresent() && !best.equals(shownBest) && !now.isBefore(plus(lastBest, BETWEEN_BESTS))) {
            shownBest = best;
            lastBest = now;
            say(now, "new best: " + progress.best());
        }
        if (!now.isBefore(last.plus(PERIOD))) {
            last = now;
            say(now, progress.speed());
        }
    }

    @Override
    public synchronized void warned(String message) {
        say(clock.instant(), message);
    }

    @Override
    public synchronized void paused(String reason) {
        pause = reason;
        say(clock.instant(), reason);
    }

    @Override
    public synchronized void unpaused() {
        pause = "";
        say(clock.instant(), "The study goes on.");
    }

    private void say(Instant now, String line) {
        out.println(now.truncatedTo(ChronoUnit.SECONDS) + "  " + line);
    }

    private SessionProgress progress(StudyState latest, Instant now) {
        return SessionProgress.of(latest, start.orElse(latest), earlier, begun, now);
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
