package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Slots without threads: attempts end in random order. The trainer is a formula, so that an attempt has the same result wherever and
 * whenever it runs: some scores are NaN, some absent, some intervals fail at first and some always. Weights have few different contents, so
 * that members share checkpoints, and names come back after they were collected.
 */
final class SimulatedSlots implements Executor {
    private static final int MOST_MILLIS = 2_000;
    private static final Duration SLOW = Duration.ofMinutes(10);

    private final int slots;
    private final int checkpointBytes;
    private final CheckpointStore checkpoints;
    private final SimulatedClock clock;
    private final Weather weather;
    private final RandomStream random;
    private final Runnable beforeAwait;
    private final List<Attempt> running = new ArrayList<>();
    private final List<Attempt> past = new ArrayList<>();
    private final List<Attempt> cancelled = new ArrayList<>();

    SimulatedSlots(
            int slots,
            int checkpointBytes,
            CheckpointStore checkpoints,
            SimulatedClock clock,
            Weather weather,
            RandomStream random,
            Runnable beforeAwait) {
        this.slots = slots;
        this.checkpointBytes = checkpointBytes;
        this.checkpoints = checkpoints;
        this.clock = clock;
        this.weather = weather;
        this.random = random;
        this.beforeAwait = beforeAwait;
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void start(Attempt attempt) {
        assertThat(running).as("attempts under way").hasSizeLessThan(slots);
        assertThat(running)
                .as("one live attempt for each member")
                .noneMatch(live -> live.member().equals(attempt.member()));
        assertThat(attempt.steps()).as("steps of %s", attempt).isPositive();
        running.add(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        if (running.contains(attempt)) {
            cancelled.add(attempt);
        }
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        assertThat(atMost.isNegative()).as("waits %s", atMost).isFalse();
        beforeAwait.run();
        weather.pass();
        clock.pass(Duration.ofMillis(random.below(Math.min(MOST_MILLIS, atMost.toMillis() + 1) + 1)));
        if (weather.strikes(Fault.CLOCK_JUMP)) {
            clock.pass(Duration.ofHours(random.below(48) - 24));
        }
        if (weather.strikes(Fault.SLOW_SLOT)) {
            clock.pass(SLOW);
        }
        List<ExecutorEvent> reports = new ArrayList<>();
        int ending = Math.min(running.size(), 1 + random.index(slots));
        for (int i = 0; i < ending; i++) {
            Attempt attempt = running.remove(random.index(running.size()));
            reports.add(new ExecutorEvent.Started(attempt, 0, clock.instant()));
            reports.add(new ExecutorEvent.Beat(attempt, attempt.stepTo(), Map.of()));
            reports.add(end(attempt));
            past.add(attempt);
        }
        if (!past.isEmpty() && weather.strikes(Fault.ECHO)) {
            reports.add(end(past.get(past.size() - 1 - random.index(Math.min(5, past.size())))));
        }
        return reports;
    }

    @Override
    public void wakeUp() {
        // It never sleeps.
    }

    @Override
    public void close() {
        running.clear();
    }

    private ExecutorEvent end(Attempt attempt) {
        if (cancelled.remove(attempt) && random.chance(0.5)) {
            return new ExecutorEvent.Lost(attempt, "it was cancelled", execution());
        }
        if (weather.strikes(Fault.LOSS)) {
            return new ExecutorEvent.Lost(attempt, "the worker is gone", execution());
        }
        long kind = Math.floorMod(Randomness.mix(attempt.member().index() * 1_000L + attempt.interval()), 47);
        if (kind == 0 || (kind < 5 && attempt.number() == 0)) {
            return new ExecutorEvent.Failed(attempt, "it broke", execution());
        }
        try {
            return done(attempt);
        } catch (EvolventException e) {
            return ExecutorEvent.thrown(attempt, e, execution());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExecutorEvent done(Attempt attempt) throws IOException {
        long before = attempt.seed();
        Optional<CheckpointStore.Opened> parent = attempt.parent().map(ref -> checkpoints.open(ref.id()));
        if (parent.isPresent()) {
            try (CheckpointStore.Opened opened = parent.get()) {
                before = Long.parseLong(Files.readString(opened.directory().resolve("state")), 16);
            }
        }
        long trained = Randomness.mix(
                before ^ Randomness.mix(attempt.hyperparameters().toString().hashCode() + attempt.steps()));
        boolean diverged = Randomness.mix(trained) % 13 == 0;
        double score = diverged ? Double.NaN : attempt.stepTo() * 0.01 + (trained >>> 11) * 0x1.0p-53;
        Path staged = checkpoints.stage();
        Files.writeString(staged.resolve("state"), "%08x".formatted(trained & 0x3f));
        Files.write(staged.resolve("padding"), new byte[checkpointBytes]);
        CheckpointStore.Stored stored = checkpoints.commit(staged);
        boolean absent = Math.floorMod(Randomness.mix(trained + 1), 9) == 0;
        return new ExecutorEvent.Done(
                attempt, Map.of(absent ? "loss" : "score", score), List.of(), stored, execution());
    }

    private Execution execution() {
        return new Execution(random.index(slots), clock.instant(), clock.instant(), Duration.ofMillis(1));
    }
}
