package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;

/**
 * Runs a study: the one thread through which everything happens, in an order that never changes.
 *
 * <ol>
 *   <li>The executor reports the end of an attempt; its checkpoint is durable already.
 *   <li>The core says what follows; the event and its decisions are committed in one transaction.
 *   <li>Only then are the next attempts started.
 *   <li>While they train, what nothing reaches any more is deleted, and the log is synced.
 * </ol>
 *
 * <p>Whatever is lost in between is done again: an attempt that is in the log without an end is run anew with the same hyperparameters,
 * parent and seed under a higher number, and what older attempts report later is ignored. So a study that is killed at any moment and run
 * again comes to the same decisions.
 *
 * <p>Use: connect by {@link #of}, {@link #run} on one thread; {@link #stop} and {@link #hold} may be called from any.
 */
public final class StudyDriver {
    /** How long a stop waits for attempts that were cancelled. */
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(3);

    /** A checkpoint that somebody found to be missing or damaged. */
    private record Loss(CheckpointId checkpoint, String reason) {}

    private final Study study;
    private final String definition;
    private final Function<CheckpointStore, Event.PopulationCreated> beginning;
    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final SnapshotStore snapshots;
    private final SnapshotKeeper keeper;
    private final Executor executor;
    private final InstantSource clock;
    private final StudyListener listener;
    private final java.util.concurrent.Executor background;

    private final Queue<Loss> lost = new ConcurrentLinkedQueue<>();
    private final List<ExecutorEvent> postponed = new ArrayList<>();
    private final Setbacks setbacks;
    private final Reports made = new Reports();
    private final Dispatcher dispatcher;
    private final RoundOrder arrivals;
    private StudyFold fold;
    private volatile boolean stopping;
    private volatile Optional<Duration> finishing = Optional.empty();
    private final Hold hold = new Hold();

    /**
     * Begins to connect a driver.
     *
     * @param study what to run
     * @param log empty, or of this study
     * @param checkpoints the weights that belong to the log
     * @param executor where attempts run
     */
    public static Wiring of(Study study, EventStore log, CheckpointStore checkpoints, Executor executor) {
        return new Wiring(study, log, checkpoints, executor);
    }

    StudyDriver(Wiring wiring) {
        this.background = wiring.background;
        this.study = wiring.study;
        this.definition = wiring.definition;
        this.beginning = wiring.beginning;
        this.events = wiring.log;
        this.checkpoints = wiring.checkpoints;
        this.snapshots = wiring.snapshots;
        this.keeper = new SnapshotKeeper(snapshots, background);
        this.executor = wiring.executor;
        this.clock = wiring.clock;
        this.listener = wiring.listener;
        this.setbacks = new Setbacks(clock, listener);
        this.dispatcher = new Dispatcher(executor);
        this.arrivals = new RoundOrder(study.inForce().mode());
        this.fold = new StudyFold(StudyState.initial(study));
    }

    /** Asks {@link #run} to return soon; what is under way is cancelled, and the study can be resumed. */
    public void stop() {
        stopping = true;
        executor.wakeUp();
    }

    /**
     * Asks {@link #run} to return when what is under way has saved what is trained so far, from where the study can be resumed.
     *
     * @param atMost how long to wait for that, unless {@link #stop} is called; what is not through by then is cancelled
     */
    public void finish(Duration atMost) {
        finishing = Optional.of(atMost);
        executor.wakeUp();
    }

    /**
     * Lets no attempt begin from now on, or lets them begin again. Those under way go on to their ends, so nothing is done twice. Time that
     * passes meanwhile counts for a budget of time.
     */
    public void hold(boolean whether) {
        hold.want(whether);
        executor.wakeUp();
    }

    /**
     * Tells the driver that a checkpoint was found to be missing or damaged, so that it gives it up and the study goes on without. May be
     * called from any thread; names that nobody needs are ignored.
     *
     * @param reason what was found, for people
     */
    public void lost(CheckpointId checkpoint, String reason) {
        lost.add(new Loss(checkpoint, reason));
        executor.wakeUp();
    }

    /**
     * Runs the study from where its log ends until it is over or {@link #stop} is called.
     *
     * @return the last state; its {@code end} is empty when the study was stopped
     * @throws EvolventException when the log is of another study or the world fails for good
     */
    public StudyState run() {
        listener.watching(executor::activities);
        Recovery recovery = new Recovery(study, definition, beginning, events, checkpoints, snapshots, clock);
        StudyState recovered =
                recovery.recover(committed -> listener.committed(recovery::state, committed), this::decide);
        if (recovered.end().isPresent()) {
            return recovered;
        }
        listener.recovered(recovery.facts());
        Instant deadline = recovered
                .study()
                .budget()
                .wallClock()
                .map(limit -> clock.instant().plus(limit).minus(recovery.facts().elapsed()))
                .orElse(Instant.MAX);
        fold = new StudyFold(recovered); // Nobody looks back at what it was.
        recovery.handOver(keeper);
        try (keeper;
                Collector collector = new Collector(events, checkpoints, background, clock.instant())) {
            collector.begin(recovered);
            giveUpMissing(collector);
            Instant begun = clock.instant();
            fold.now().population().forEach(member -> {
                Reports.trained(member, fold.now(), begun).ifPresent(done -> arrivals.add(done, true));
                awaitSlot(member);
            });
            goOn(List.of(), collector);
            while (fold.now().end().isEmpty() && !stopping && finishing.isEmpty()) {
                Instant now = clock.instant();
                collector.settle(now);
                keeper.settle(fold::state);
                if (!now.isBefore(deadline)) {
                    Batch batch = new Batch(fold);
                    batch.add(new Event.StudyEnded(Event.End.WALL_CLOCK, now));
                    commit(batch, collector);
                    break;
                }
                Instant wake = now.plus(Collector.PERIOD);
                List<ExecutorEvent> reports = reports(Duration.between(now, wake.isBefore(deadline) ? wake : deadline));
                giveUpLost(collector);
                goOn(reports, collector);
            }
            finishing.ifPresent(atMost -> finishAll(atMost, collector));
            cancelAll(collector);
            collector.flush(clock.instant());
            keeper.flush(fold.state());
        }
        return fold.state();
    }

    /** Returns what the executor reports, that which came while the log could not be written first. */
    private List<ExecutorEvent> reports(Duration atMost) {
        if (postponed.isEmpty()) {
            return executor.await(atMost);
        }
        List<ExecutorEvent> reports = List.copyOf(postponed);
        postponed.clear();
        return reports;
    }

    /** Takes in what was reported, with the decisions that follow, and starts who is next. */
    private void goOn(List<ExecutorEvent> reports, Collector collector) {
        boolean isHeld = hold.isHeld(listener);
        sort(reports, collector);
        List<CheckpointStore.Stored> stored = new ArrayList<>();
        Batch batch = new Batch(fold);
        Optional<EvolventException> hopeless = Optional.empty();
        for (Optional<ExecutorEvent> turn = arrivals.take(batch.state());
                turn.isPresent();
                turn = arrivals.take(batch.state())) {
            ExecutorEvent report = turn.get();
            batch.addWithDecisions(made.event(report, batch.state(), clock.instant()), this::decide);
            if (hopeless.isEmpty()) {
                hopeless = setbacks.note(report);
            }
            report.saved().ifPresent(checkpoint -> {
                collector.committed(checkpoint);
                stored.add(checkpoint);
            });
            if (endIfOver(batch)) {
                break;
            }
        }
        batch.before().forEach(this::awaitSlot);
        List<Attempt> next = List.of();
        if (hopeless.isEmpty() && !setbacks.pauses() && !isHeld && !stopping && finishing.isEmpty()) {
            next = dispatcher.next(batch, (latest, member) -> patiently(() -> Decisions.decideLate(latest, member)));
            endIfOver(batch);
        }
        commit(batch, collector);
        stored.forEach(checkpoint -> checkpoints.release(checkpoint.id()));
        if (fold.now().end().isEmpty()) {
            if (hopeless.isPresent()) {
                throw hopeless.get();
            }
            next.forEach(executor::start);
        }
    }

    /** Tells the ends of attempts that are waited for from all else; that something was cancelled which was to finish is no news. */
    private void sort(List<ExecutorEvent> reports, Collector collector) {
        for (ExecutorEvent report : reports) {
            listener.reported(report);
            if (!report.isEnd()) {
                continue;
            }
            boolean wasCancelled = finishing.isPresent() && report instanceof ExecutorEvent.Lost;
            if (dispatcher.ended(report.attempt()) && fold.now().isCurrent(report.attempt()) && !wasCancelled) {
                arrivals.add(report, made.isResult(report, fold.now()));
            } else {
                forget(report, collector);
            }
        }
    }

    /** Notes that a member may need a slot. */
    private void awaitSlot(Member changed) {
        StudyState state = fold.now();
        if (!arrivals.holds(changed.id())) {
            dispatcher.add(state.population().get(changed.id()), state);
        }
    }

    private boolean endIfOver(Batch batch) {
        if (batch.state().end().isPresent()) {
            return true;
        }
        Optional<Event.End> end = Decisions.end(batch.state());
        end.ifPresent(reason -> batch.add(new Event.StudyEnded(reason, clock.instant())));
        return end.isPresent();
    }

    /** Appends events to the log, of which the state knows already. */
    private void commit(Batch batch, Collector collector) {
        if (batch.isEmpty()) {
            return;
        }
        patiently(() -> {
            events.append(batch.log());
            return batch;
        });
        StudyState state = fold.now();
        keeper.follow(batch.log());
        collector.follow(batch.before(), batch.bestBefore(), state.population());
        listener.committed(fold::state, batch.log());
    }

    /** A strategy may ask programs, and they the disk. */
    private List<Event.Decided> decide(StudyState latest, MemberId subject) {
        return patiently(() -> Decisions.decide(latest, subject));
    }

    /** Does something; while a medium is full, read-only or failing, tries again as long as there is patience. */
    private <T> T patiently(Supplier<T> work) {
        while (true) {
            try {
                return work.get();
            } catch (StorageException e) {
                if (setbacks.isHopeless(e)) {
                    throw e;
                }
                while (setbacks.pauses()) {
                    if (stopping || finishing.isPresent()) {
                        throw e;
                    }
                    postponed.addAll(executor.await(setbacks.pauseLeft()));
                }
            }
        }
    }

    /** Gives up checkpoints that are not there: somebody took them away, or the disk forgot them. */
    private void giveUpMissing(Collector collector) {
        Set<CheckpointId> missing = fold.now().population().reachable();
        if (!missing.isEmpty()) {
            missing.removeAll(checkpoints.list());
        }
        if (!missing.isEmpty()) {
            giveUp(missing, Set.of(Status.TRAINING, Status.READY), "Its weights are missing from the store", collector);
        }
    }

    /** Gives up checkpoints that others found to be lost. Who trains from one of them finds out when it has to be restored, if ever. */
    private void giveUpLost(Collector collector) {
        for (Loss loss = lost.poll(); loss != null; loss = lost.poll()) {
            if (fold.now().population().reachable().contains(loss.checkpoint())) {
                giveUp(Set.of(loss.checkpoint()), Set.of(Status.READY), loss.reason(), collector);
            }
        }
    }

    private void giveUp(Set<CheckpointId> ids, Set<Status> stranded, String reason, Collector collector) {
        Batch batch = new Batch(fold);
        batch.addWithDecisions(
                Reports.lost(ids, Reports.holders(ids, fold.now(), stranded), reason, clock.instant()), this::decide);
        endIfOver(batch);
        batch.before().forEach(this::awaitSlot);
        commit(batch, collector);
    }

    /** Takes in what was trained so far, as it is saved. */
    private void finishAll(Duration atMost, Collector collector) {
        dispatcher.underWay().forEach(executor::finish);
        Instant until = clock.instant().plus(atMost);
        Duration left = atMost;
        while (!dispatcher.underWay().isEmpty() && fold.now().end().isEmpty() && !stopping && !left.isNegative()) {
            goOn(reports(left), collector);
            left = Duration.between(clock.instant(), until);
        }
    }

    private void cancelAll(Collector collector) {
        dispatcher.underWay().forEach(executor::cancel);
        Instant begun = clock.instant();
        // What came while the log could not be written is given back, too.
        while ((!dispatcher.underWay().isEmpty() || !postponed.isEmpty())
                && Duration.between(begun, clock.instant()).abs().compareTo(PATIENCE_AT_THE_END) < 0) {
            for (ExecutorEvent report : reports(Duration.ofMillis(100))) {
                if (report.isEnd()) {
                    dispatcher.ended(report.attempt());
                    forget(report, collector);
                }
            }
        }
        suspendHeld(collector);
    }

    /** Keeps the results whose turn has not come for the next session. */
    private void suspendHeld(Collector collector) {
        List<ExecutorEvent> all = new ArrayList<>();
        Batch batch = new Batch(fold);
        for (Optional<ExecutorEvent> held = arrivals.drain(); held.isPresent(); held = arrivals.drain()) {
            all.add(held.get());
            if (fold.now().end().isEmpty() && held.get() instanceof ExecutorEvent.Done done && done.steps() > 0) {
                batch.add(made.event(new ExecutorEvent.Suspended(done), fold.now(), clock.instant()));
            }
        }
        commit(batch, collector);
        all.forEach(report -> forget(report, collector));
    }

    /** Drops a result that nobody waits for any more. */
    private void forget(ExecutorEvent report, Collector collector) {
        report.saved().ifPresent(checkpoint -> {
            checkpoints.release(checkpoint.id());
            // Not discarded here: a checkpoint of the same content may be needed by the log that the device has.
            collector.committed(checkpoint);
        });
    }
}
