package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
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

    /** One event and the states around it. */
    private record Step(StudyState before, Event event, StudyState after) {}

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
        state = recovery.recover(committed -> listener.committed(recovery.state(), committed));
        if (state.end().isPresent()) {
            return state;
        }
        Instant deadline = study.budget()
                .wallClock()
                .map(limit -> clock.instant().plus(limit).minus(recovery.elapsed()))
                .orElse(Instant.MAX);
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
                    List<Step> steps = new ArrayList<>();
                    step(state, new Event.StudyEnded(Event.End.WALL_CLOCK, now), steps);
                    commit(steps, collector);
                    break;
                }
                Instant wake = now.plus(Collector.PERIOD);
                handle(executor.await(Duration.between(now, wake.isBefore(deadline) ? wake : deadline)), collector);
            }
            cancelAll(collector);
            collector.flush(clock.instant());
        }
        return state;
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
        List<Step> steps = new ArrayList<>();
        Optional<EvolventException> hopeless = Optional.empty();
        StudyState next = state;
        for (Optional<ExecutorEvent> turn = arrivals.take(next); turn.isPresent(); turn = arrivals.take(next)) {
            ExecutorEvent report = turn.get();
            next = step(next, event(report), steps);
            for (Event.Decided decided : Decisions.decide(next, report.attempt().member())) {
                next = step(next, decided, steps);
            }
            if (hopeless.isEmpty()) {
                hopeless = hopeless(report);
            }
            if (report instanceof ExecutorEvent.Done done) {
                collector.committed(done.checkpoint());
                stored.add(done.checkpoint());
            }
            Optional<Event.End> end = Decisions.end(next);
            if (end.isPresent()) {
                step(next, new Event.StudyEnded(end.get(), clock.instant()), steps);
                break;
            }
        }
        commit(steps, collector);
        stored.forEach(checkpoint -> checkpoints.release(checkpoint.id()));
        if (hopeless.isPresent() && state.end().isEmpty()) {
            throw hopeless.get();
        }
    }

    private static StudyState step(StudyState before, Event event, List<Step> steps) {
        StudyState after = before.after(event);
        steps.add(new Step(before, event, after));
        return after;
    }

    /** Appends events to the log, moves the state on, and notes who has to train next. */
    private void commit(List<Step> steps, Collector collector) {
        if (steps.isEmpty()) {
            return;
        }
        List<Event> log = new ArrayList<>(steps.size());
        steps.forEach(step -> log.add(step.event()));
        events.append(log);
        state = steps.get(steps.size() - 1).after();
        Set<MemberId> moved = new LinkedHashSet<>();
        for (Step step : steps) {
            subject(step.event()).ifPresent(id -> {
                moved.add(id);
                collector.follow(step.before(), step.after(), id);
            });
        }
        for (MemberId id : moved) {
            Member member = state.population().get(id);
            if (member.status() == Status.TRAINING && state.end().isEmpty()) {
                waiting.add(member);
            }
        }
        listener.committed(state, log);
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
        int inARow = losses.getOrDefault(report.attempt().member(), 0);
        return report instanceof ExecutorEvent.Lost lost && inARow >= MOST_LOSSES
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
