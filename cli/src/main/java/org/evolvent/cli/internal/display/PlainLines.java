package org.evolvent.cli.internal.display;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.StudyState;

/** Progress for files and pipes: a line every few seconds, and one for each new best, but not more than one a second. */
public final class PlainLines implements Display {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration BETWEEN_BESTS = Duration.ofSeconds(1);

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begun;
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
    }

    @Override
    public void recovered(Facts known) {
        earlier = known.elapsed();
    }

    @Override
    public void committed(Supplier<StudyState> latest, List<? extends Event> events) {
        StudyState state = latest.get();
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
    public void warned(String message) {
        out.println(message);
    }

    @Override
    public void paused(String reason) {
        out.println(reason);
    }

    @Override
    public void unpaused() {
        out.println("The study goes on.");
    }

    private static Instant plus(Instant instant, Duration duration) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(duration);
    }

    @Override
    public void close() {
        out.flush();
    }
}
