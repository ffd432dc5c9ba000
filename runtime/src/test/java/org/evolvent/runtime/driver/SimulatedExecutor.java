package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Slots without threads: attempts end in random order. The trainer is a formula, so that an attempt has the same result wherever and
 * whenever it runs; some of its scores are NaN, some intervals fail once and some always. In rough weather attempts are also lost, and
 * old ones are reported again.
 */
final class SimulatedExecutor implements Executor {
    private static final int MOST_LOSSES_IN_A_ROW = 2;

    private final int slots;
    private final boolean rough;
    private final int checkpointBytes;
    private final CheckpointStore checkpoints;
    private final SimulatedTime time;
    private final RandomStream random;
    private final Runnable beforeAwait;
    private final List<Attempt> running = new ArrayList<>();
    private final List<Attempt> past = new ArrayList<>();
    private final Map<MemberId, Integer> losses = new HashMap<>();

    SimulatedExecutor(
            int slots,
            boolean rough,
            int checkpointBytes,
            CheckpointStore checkpoints,
            SimulatedTime time,
            long seed,
            Runnable beforeAwait) {
        this.slots = slots;
        this.rough = rough;
        this.checkpointBytes = checkpointBytes;
        this.checkpoints = checkpoints;
        this.time = time;
        this.random = new RandomStream(seed);
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
                .as("one live attempt per member")
                .noneMatch(a -> a.member().equals(attempt.member()));
        assertThat(attempt.steps()).isPositive();
        attempt.parent()
                .map(CheckpointRef::id)
                .ifPresent(id -> assertThat(checkpoints.isIntact(id))
                        .as("the weights that %s starts from are there", attempt)
                        .isTrue());
        running.add(attempt);
    }

    @Override
    public void cancel(Attempt attempt) {
        assertThat(running).contains(attempt);
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        beforeAwait.run();
        time.pass(Duration.ofMillis(random.below(2_000)));
        List<ExecutorEvent> reports = new ArrayList<>();
        int ending = Math.min(running.size(), 1 + random.index(slots));
        for (int i = 0; i < ending; i++) {
            Attempt attempt = running.remove(random.index(running.size()));
            reports.add(new ExecutorEvent.Started(attempt, 0, time.instant()));
            reports.add(new ExecutorEvent.Beat(attempt, attempt.stepTo(), Map.of()));
            reports.add(end(attempt));
            past.add(attempt);
        }
        if (rough && !past.isEmpty() && random.chance(0.3)) {
            reports.add(echo(past.get(past.size() - 1 - random.index(Math.min(5, past.size())))));
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
        long interval = Randomness.mix(attempt.member().index() * 1_000L + attempt.interval());
        if (rough && random.chance(0.1) && losses.merge(attempt.member(), 1, Integer::sum) <= MOST_LOSSES_IN_A_ROW) {
            return new ExecutorEvent.Lost(attempt, "the worker is gone", execution());
        }
        losses.remove(attempt.member());
        if (interval % 23 == 0 || (interval % 7 == 0 && attempt.number() == 0)) {
            return new ExecutorEvent.Failed(attempt, "it broke", execution());
        }
        return done(attempt);
    }

    /** What is not in the contract but happens: an attempt that ended, and perhaps was issued again, is reported once more. */
    private ExecutorEvent echo(Attempt attempt) {
        boolean parentIsThere = attempt.parent()
                .map(CheckpointRef::id)
                .map(checkpoints::isIntact)
                .orElse(true);
        return parentIsThere && random.chance(0.7)
                ? done(attempt)
                : new ExecutorEvent.Failed(attempt, "it broke again", execution());
    }

    private ExecutorEvent done(Attempt attempt) {
        long trained = Randomness.mix(attempt.parent()
                        .map(CheckpointRef::id)
                        .map(checkpoints::open)
                        .map(opened -> read(opened.directory()))
                        .orElse(attempt.seed())
                ^ Randomness.mix(attempt.hyperparameters().toString().hashCode() + attempt.steps()));
        double score =
                Randomness.mix(trained) % 13 == 0 ? Double.NaN : attempt.stepTo() * 0.01 + (trained >>> 11) * 0x1.0p-53;
        return new ExecutorEvent.Done(attempt, Map.of("score", score), List.of(), save(trained), execution());
    }

    private CheckpointStore.Stored save(long trained) {
        try {
            Path directory = checkpoints.stage();
            // Few different contents, so that members also share checkpoints, and names come back after they were
            // collected.
            Files.writeString(directory.resolve("state"), "%08x".formatted(trained & 0x3f));
            Files.write(directory.resolve("padding"), new byte[checkpointBytes]);
            return checkpoints.commit(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long read(Path directory) {
        try {
            return Long.parseLong(Files.readString(directory.resolve("state")), 16);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Execution execution() {
        return new Execution(random.index(slots), time.instant(), time.instant(), Duration.ZERO);
    }
}
