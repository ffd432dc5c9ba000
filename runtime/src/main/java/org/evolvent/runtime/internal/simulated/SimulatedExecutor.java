package org.evolvent.runtime.internal.simulated;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/**
 * Trains in simulated time. Every attempt takes as long as {@link SimulatedCosts} says; {@link #await} jumps to the moment at which the
 * next one ends and trains it there and then. It is also the clock of the study. Attempts that end at the same moment are reported
 * together, in the order in which they were started. Where places are lent, an attempt waits for a slot that has one, and is lost with it.
 */
public final class SimulatedExecutor implements Executor, InstantSource {
    private record Running(
            Attempt attempt,
            long steps,
            int slot,
            long startedNanos,
            long trainingNanos,
            long endsNanos,
            long order,
            boolean fails)
            implements Comparable<Running> {
        @Override
        public int compareTo(Running other) {
            int byEnd = Long.compare(endsNanos, other.endsNanos);
            return byEnd != 0 ? byEnd : Long.compare(order, other.order);
        }
    }

    private final SimulatedTrainer trainer;
    private final SimulatedCheckpointStore checkpoints;
    private final SimulatedCosts costs;
    private final Randomness failures;
    private final PriorityQueue<Running> running = new PriorityQueue<>();
    private final Slots slots;
    private final Places places;
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private final List<ExecutorEvent> ended = new ArrayList<>();
    private long nowNanos;
    private long busyNanos;
    private long trainingNanos;
    private long restores;
    private long started;

    /**
     * Creates an executor at the epoch.
     *
     * @param trainer what an interval does
     * @param checkpoints where weights are kept; the study's store
     * @param costs how long everything takes
     * @param seed of the failures
     */
    public SimulatedExecutor(
            SimulatedTrainer trainer, SimulatedCheckpointStore checkpoints, SimulatedCosts costs, long seed) {
        this.trainer = trainer;
        this.checkpoints = checkpoints;
        this.costs = costs;
        this.failures = new Randomness(Randomness.mix(seed));
        this.slots = new Slots(costs.speeds().size(), costs.hot());
        this.places = new Places(costs, new RandomStream(Randomness.mix(seed + 1)));
        for (int slot = 0; slot < slots(); slot++) {
            if (!places.isGranted(slot)) {
                slots.withdraw(slot);
            }
        }
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    /** Returns the share of the slots' time so far that was spent on attempts, from 0 to 1. */
    public double utilisation() {
        return nowNanos == 0 ? 0 : (double) busyNanos / nowNanos / slots();
    }

    /** Returns the share of the slots' time so far that was spent training, without restoring and saving, from 0 to 1. */
    public double efficiency() {
        return nowNanos == 0 ? 0 : (double) trainingNanos / nowNanos / slots();
    }

    /** Returns how many attempts had to load their weights. */
    public long restores() {
        return restores;
    }

    /** Returns the share of the slots' time so far that they waited for a place, from 0 to 1. */
    public double queued() {
        return nowNanos == 0 ? 0 : (double) places.waitedNanos(nowNanos) / nowNanos / slots();
    }

    /** Returns how often a slot has lost its place. */
    public long lostPlaces() {
        return places.losses();
    }

    @Override
    public int slots() {
        return costs.speeds().size();
    }

    @Override
    public int free(int underWay) {
        return slots.free() - waiting.size();
    }

    @Override
    public void start(Attempt attempt) {
        if (slots.free() == 0) {
            waiting.add(attempt);
            return;
        }
        Slots.Taken taken = slots.take(attempt);
        int slot = taken.slot();
        double memberSpeed = costs.memberSpeeds()
                .get(attempt.member().index() % costs.memberSpeeds().size());
        double stepNanos =
                (double) costs.step().toNanos() / (memberSpeed * costs.speeds().get(slot));
        long steps = attempt.time()
                .map(time -> stepsWithin(time, stepNanos, attempt.steps()))
                .orElse(attempt.steps());
        double training = steps * stepNanos;
        boolean fails = fails(attempt);
        long trained = StrictMath.round(fails ? training / 2 : training);
        long before = taken.isHot() ? 0 : costs.restore().toNanos();
        long after = fails ? 0 : costs.save().toNanos();
        restores += taken.isHot() ? 0 : 1;
        running.add(new Running(
                attempt, steps, slot, nowNanos, trained, nowNanos + before + trained + after, started++, fails));
    }

    private static long stepsWithin(Duration time, double stepNanos, long most) {
        return (long) StrictMath.max(1, StrictMath.min(most, StrictMath.floor(time.toNanos() / stepNanos)));
    }

    private boolean fails(Attempt attempt) {
        if (costs.failureRate() == 0) {
            return false;
        }
        long key = failures.key(Randomness.Purpose.TRAINER, attempt.member().index(), attempt.interval());
        return new RandomStream(Randomness.mix(key ^ attempt.number())).chance(costs.failureRate());
    }

    @Override
    public void cancel(Attempt attempt) {
        if (waiting.remove(attempt)) {
            Execution none = new Execution(0, instant(), instant(), Duration.ZERO);
            ended.add(new ExecutorEvent.Lost(attempt, "it was cancelled", none));
            return;
        }
        for (Running candidate : running) {
            if (candidate.attempt().equals(attempt)) {
                running.remove(candidate);
                release(candidate.slot());
                ended.add(new ExecutorEvent.Lost(attempt, "it was cancelled", execution(candidate)));
                return;
            }
        }
    }

    @Override
    public void finish(Attempt attempt) {
        Optional<Running> found = running.stream()
                .filter(candidate -> candidate.attempt().equals(attempt))
                .findFirst();
        long steps = found.map(this::stepsSoFar).orElse(0L);
        if (steps == 0) {
            cancel(attempt);
            return;
        }
        Running cut = found.orElseThrow();
        running.remove(cut);
        SimulatedTrainer.Outcome outcome = trainer.train(attempt.having(steps), weights(attempt));
        var stored = checkpoints.put(attempt, outcome.weights(), costs.checkpointBytes());
        release(cut.slot());
        ended.add(new ExecutorEvent.Suspended(
                attempt, steps, outcome.metrics(), outcome.samples(), stored, execution(cut)));
    }

    /** Returns the steps that are trained by now, fewer than all. */
    private long stepsSoFar(Running of) {
        long after = of.fails() ? 0 : costs.save().toNanos();
        long beganNanos = of.endsNanos() - after - of.trainingNanos();
        double share = (double) (nowNanos - beganNanos) / StrictMath.max(1, of.trainingNanos());
        return of.fails()
                ? 0
                : StrictMath.max(0, StrictMath.min(of.steps() - 1, (long) StrictMath.floor(share * of.steps())));
    }

    private Optional<Object> weights(Attempt attempt) {
        return attempt.parent()
                .map(parent -> checkpoints
                        .weights(parent.id())
                        .orElseThrow(() -> new IllegalStateException("The weights of %s are gone".formatted(attempt))));
    }

    @Override
    public List<ExecutorEvent> await(Duration atMost) {
        List<ExecutorEvent> events = new ArrayList<>(ended);
        ended.clear();
        if (!events.isEmpty()) {
            return events;
        }
        long until = nowNanos + StrictMath.max(0, atMost.toNanos());
        Running first = running.peek();
        long next = StrictMath.min(
                first == null ? Long.MAX_VALUE : first.endsNanos(),
                places.next().orElse(Long.MAX_VALUE));
        if (next > until) {
            nowNanos = until;
            return events;
        }
        nowNanos = next;
        while (first != null && first.endsNanos() == nowNanos) {
            events.add(end(running.remove()));
            first = running.peek();
        }
        places.until(nowNanos).forEach(change -> turn(change, events));
        return events;
    }

    private void turn(Places.Change change, List<ExecutorEvent> events) {
        if (change.isGranted()) {
            release(change.slot());
            return;
        }
        slots.withdraw(change.slot());
        running.stream()
                .filter(candidate -> candidate.slot() == change.slot())
                .findFirst()
                .ifPresent(lost -> {
                    running.remove(lost);
                    busyNanos += nowNanos - lost.startedNanos();
                    events.add(new ExecutorEvent.Lost(
                            lost.attempt(), "its place was taken away", Optional.empty(), true, execution(lost)));
                });
    }

    /** Frees a slot that holds nothing, for who waits. */
    private void release(int slot) {
        slots.free(slot);
        startWaiting();
    }

    private void startWaiting() {
        if (!waiting.isEmpty()) {
            start(waiting.remove());
        }
    }

    private ExecutorEvent end(Running ended) {
        Attempt attempt = ended.attempt();
        busyNanos += ended.endsNanos() - ended.startedNanos();
        trainingNanos += ended.trainingNanos();
        Execution execution = execution(ended);
        if (ended.fails()) {
            release(ended.slot());
            return new ExecutorEvent.Failed(attempt, "a simulated failure of " + attempt, execution);
        }
        SimulatedTrainer.Outcome outcome = trainer.train(attempt.having(ended.steps()), weights(attempt));
        var stored = checkpoints.put(attempt, outcome.weights(), costs.checkpointBytes());
        slots.free(
                ended.slot(),
                new CheckpointRef(
                        attempt.member(), attempt.interval(), attempt.stepFrom() + ended.steps(), stored.id()));
        startWaiting();
        return new ExecutorEvent.Done(attempt, ended.steps(), outcome.metrics(), outcome.samples(), stored, execution);
    }

    private Execution execution(Running of) {
        return new Execution(
                of.slot(),
                Instant.EPOCH.plusNanos(of.startedNanos()),
                Instant.EPOCH.plusNanos(StrictMath.min(nowNanos, of.endsNanos())),
                Duration.ofNanos(StrictMath.min(of.trainingNanos(), nowNanos - of.startedNanos())));
    }

    @Override
    public void wakeUp() {
        // Nobody waits: time passes only inside await.
    }

    @Override
    public void close() {
        running.clear();
    }
}
