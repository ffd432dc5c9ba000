package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;

/**
 * Runs a study: the one thread through which everything happens, in an order that never changes.
 *
 * <ol>
 *   <li>The executor reports the end of an attempt; its checkpoint is durable already.
 *   <li>The core says what follows; the event and its decisions are committed in one transaction.
 *   <li>Only then are the next attempts started.
 *   <li>While they train, what nothing reaches any more is deleted, and small checkpoints are hardened.
 * </ol>
 *
 * <p>Whatever is lost in between is done again: an attempt that is in the log without an end is run anew with the same hyperparameters,
 * parent and seed under a higher number, and what older attempts report later is ignored. So a study that is killed at any moment and run
 * again comes to the same decisions.
 *
 * <p>Use: construct, {@link #run} on one thread; {@link #stop} may be called from any.
 */
public final class StudyDriver {
    /** How often in a row a place may lose the same interval before the study stops and asks for help. */
    private static final int MOST_LOSSES = 5;

    /** Events that are committed together. */
    private static final class Batch {
        private final List<Event> log = new ArrayList<>();

        /** The members that changed, as they were. */
        private final Map<MemberId, Member> before = new LinkedHashMap<>();

        private final Optional<ReadyPoint> bestBefore;
        private StudyState state;

        private Batch(StudyState state) {
            this.state = state;
            this.bestBefore = state.population().best();
        }

        private void add(Event event) {
            log.add(event);
            subject(event)
                    .ifPresent(id -> before.putIfAbsent(id, state.population().get(id)));
            state = state.after(event);
        }
    }

    private final Study study;
    private final String definition;
    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final Executor executor;
    private final InstantSource clock;
    private final StudyListener listener;

    private final Map<MemberId, Attempt> underWay = new HashMap<>();
    private final Map<MemberId, Integer> losses = new HashMap<>();
    private final WaitingMembers waiting = new WaitingMembers();
    private final RoundOrder arrivals;
    private StudyState state;
    private volatile boolean stopping;

    /**
     * Creates a driver; nothing happens before {@link #run}.
     *
     * @param study what to run
     * @param definition the study in a canonical text; the log of a study with another text is refused
     * @param events the log: empty, or of this study
     * @param checkpoints the weights that belong to the log
     * @param executor where attempts run
     * @param clock for timestamps and the wall-clock budget
     * @param listener is told what happens
     */
    public StudyDriver(
            Study study,
            String definition,
            EventStore events,
            CheckpointStore checkpoints,
            Executor executor,
            InstantSource clock,
            StudyListener listener) {
        this.study = study;
        this.definition = definition;
        this.events = events;
        this.checkpoints = checkpoints;
        this.executor = executor;
        this.clock = clock;
        this.listener = listener;
        this.arrivals = new RoundOrder(study.mode());
        this.state = StudyState.initial(study);
    }

    /** Asks {@link #run} to return soon; what is under way is cancelled, and the study can be resumed. */
    public void stop() {
        stopping = true;
        executor.wakeUp();
    }

    /**
     * Runs the study from where its log ends until it is over or {@link #stop} is called.
     *
     * @return the last state; its {@code end} is empty when the study was stopped
     * @throws EvolventException when the log is of another study or the world fails for good
     */
    public StudyState run() {
        Recovery recovery = new Recovery(study, definition, events, checkpoints, clock);
        state = recovery.recover(committed -> listener.committed(recovery::state, committed));
        if (state.end().isPresent()) {
            return state;
        }
        Instant deadline = study.budget()
                .wallClock()
                .map(limit -> clock.instant().plus(limit).minus(recovery.elapsed()))
                .orElse(Instant.MAX);
        state = state.opened(); // Nobody looks back at what it was.
        try (Collector collector = new Collector(events, checkpoints, clock.instant())) {
            collector.begin(state);
            for (Member member : state.population()) {
                if (member.status() == Status.TRAINING) {
                    waiting.add(member);
                }
            }
            while (state.end().isEmpty() && !stopping) {
                startWaiting();
                Instant now = clock.instant();
                collector.settle(now);
                if (!now.isBefore(deadline)) {
                    Batch batch = new Batch(state);
                    batch.add(new Event.StudyEnded(Event.End.WALL_CLOCK, now));
                    commit(batch, collector);
                    break;
                }
                Instant wake = now.plus(Collector.PERIOD);
                handle(executor.await(Duration.between(now, wake.isBefore(deadline) ? wake : deadline)), collector);
            }
            cancelAll(collector);
            collector.flush(clock.instant());
        }
        return state.closed();
    }

    private void startWaiting() {
        while (underWay.size() < executor.capacity() && !waiting.isEmpty()) {
            Attempt attempt = state.attempt(waiting.take());
            underWay.put(attempt.member(), attempt);
            executor.start(attempt);
        }
    }

    private void handle(List<ExecutorEvent> reports, Collector collector) {
        for (ExecutorEvent report : reports) {
            listener.reported(report);
            if (report instanceof ExecutorEvent.Started || report instanceof ExecutorEvent.Beat) {
                continue;
            }
            if (underWay.remove(report.attempt().member(), report.attempt()) && state.isCurrent(report.attempt())) {
                arrivals.add(report);
            } else {
                forget(report, collector);
            }
        }
        List<CheckpointStore.Stored> stored = new ArrayList<>();
        Batch batch = new Batch(state);
        Optional<EvolventException> hopeless = Optional.empty();
        for (Optional<ExecutorEvent> turn = arrivals.take(batch.state);
                turn.isPresent();
                turn = arrivals.take(batch.state)) {
            ExecutorEvent report = turn.get();
            batch.add(event(report));
            Decisions.decide(batch.state, report.attempt().member()).forEach(batch::add);
            if (hopeless.isEmpty()) {
                hopeless = hopeless(report);
            }
            if (report instanceof ExecutorEvent.Done done) {
                collector.committed(done.checkpoint());
                stored.add(done.checkpoint());
            }
            Optional<Event.End> end = Decisions.end(batch.state);
            if (end.isPresent()) {
                batch.add(new Event.StudyEnded(end.get(), clock.instant()));
                break;
            }
        }
        if (!batch.log.isEmpty()) {
            commit(batch, collector);
        }
        stored.forEach(checkpoint -> checkpoints.release(checkpoint.id()));
        if (hopeless.isPresent() && state.end().isEmpty()) {
            throw hopeless.get();
        }
    }

    /** Appends events to the log, moves the state on, and notes who has to train next. */
    private void commit(Batch batch, Collector collector) {
        events.append(batch.log);
        state = batch.state;
        collector.follow(batch.before.values(), batch.bestBefore, state.population());
        for (MemberId id : batch.before.keySet()) {
            Member member = state.population().get(id);
            if (member.status() == Status.TRAINING && state.end().isEmpty()) {
                waiting.add(member);
            }
        }
        listener.committed(state::closed, batch.log);
    }

    private Event event(ExecutorEvent report) {
        Attempt attempt = report.attempt();
        if (report instanceof ExecutorEvent.Done done) {
            losses.remove(attempt.member());
            return new Event.IntervalFinished(
                    attempt,
                    study.objective().scoreOf(done.metrics()),
                    done.metrics(),
                    done.samples(),
                    done.checkpoint().id(),
                    done.checkpoint().bytes(),
                    done.execution());
        }
        if (report instanceof ExecutorEvent.Failed failed) {
            losses.remove(attempt.member());
            return new Event.AttemptFailed(attempt, Event.Fault.TRAINER, failed.message(), failed.execution());
        }
        ExecutorEvent.Lost lost = (ExecutorEvent.Lost) report;
        losses.merge(attempt.member(), 1, Integer::sum);
        return new Event.AttemptFailed(attempt, Event.Fault.PLACE, lost.message(), lost.execution());
    }

    /** Returns why the study has to stop and ask for help after a loss, if it has to; what finished meanwhile is committed first. */
    private Optional<EvolventException> hopeless(ExecutorEvent report) {
        if (!(report instanceof ExecutorEvent.Lost lost)) {
            return Optional.empty();
        }
        int inARow = losses.getOrDefault(lost.attempt().member(), 0);
        return inARow >= MOST_LOSSES
                ? Optional.of(new EvolventException(
                        "%s was lost %s times in a row, the last time with: %s\nMaybe mend it and resume: nothing that was committed is lost."
                                .formatted(lost.attempt(), inARow, lost.message())))
                : Optional.empty();
    }

    private static Optional<MemberId> subject(Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            return Optional.of(finished.attempt().member());
        }
        if (event instanceof Event.AttemptFailed failed) {
            return Optional.of(failed.attempt().member());
        }
        if (event instanceof Event.Decided decided) {
            return Optional.of(decided.member());
        }
        return Optional.empty();
    }

    private void cancelAll(Collector collector) {
        underWay.values().forEach(executor::cancel);
        Instant patience = clock.instant().plusSeconds(10);
        while (!underWay.isEmpty() && clock.instant().isBefore(patience)) {
            for (ExecutorEvent report : executor.await(Duration.ofMillis(100))) {
                if (!(report instanceof ExecutorEvent.Started || report instanceof ExecutorEvent.Beat)) {
                    underWay.remove(report.attempt().member(), report.attempt());
                    forget(report, collector);
                }
            }
        }
        for (Optional<ExecutorEvent> held = arrivals.drain(); held.isPresent(); held = arrivals.drain()) {
            forget(held.get(), collector);
        }
    }

    /** Drops a result that nobody waits for any more. */
    private void forget(ExecutorEvent report, Collector collector) {
        if (report instanceof ExecutorEvent.Done done) {
            checkpoints.release(done.checkpoint().id());
            // Not discarded here: a checkpoint of the same content may be needed by the part of the log that is
            // hardened.
            collector.unwanted(done.checkpoint());
        }
    }
}
