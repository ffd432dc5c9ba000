package org.evolvent.runtime.driver;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.ExecutorEvent;

/** Turns what executors report into events of the log. Used by the driver's thread only. */
final class Reports {
    private final Repetitions repetitions = new Repetitions();

    /**
     * Returns the event of a report about a current attempt that ended.
     *
     * @param before the state that the event follows on
     * @param at when it is reported
     */
    Event event(ExecutorEvent report, StudyState before, Instant at) {
        Attempt attempt = report.attempt();
        if (report instanceof ExecutorEvent.Done done) {
            return new Event.IntervalFinished(
                    before.whole(attempt.having(done.steps())),
                    before.study().scoreOf(done.metrics()),
                    done.metrics(),
                    done.samples(),
                    done.checkpoint().id(),
                    done.checkpoint().bytes(),
                    done.execution());
        }
        if (report instanceof ExecutorEvent.Suspended suspended) {
            return new Event.IntervalSuspended(
                    attempt.having(suspended.steps()),
                    suspended.metrics(),
                    suspended.samples(),
                    suspended.checkpoint().id(),
                    suspended.checkpoint().bytes(),
                    suspended.execution());
        }
        if (report instanceof ExecutorEvent.Failed failed) {
            Event.Fault fault = fault(failed, before);
            repetitions.note(failed);
            return new Event.AttemptFailed(attempt, fault, failed.message(), failed.execution());
        }
        if (report instanceof ExecutorEvent.Unrestorable unrestorable) {
            Set<CheckpointId> ids = Set.of(unrestorable.checkpoint());
            List<MemberId> stranded = holders(ids, before, Set.of(Status.READY));
            stranded.add(attempt.member());
            return lost(ids, stranded, unrestorable.message(), at);
        }
        ExecutorEvent.Lost lost = (ExecutorEvent.Lost) report;
        return new Event.AttemptFailed(attempt, Event.Fault.PLACE, lost.message(), lost.execution());
    }

    private Event.Fault fault(ExecutorEvent.Failed failed, StudyState before) {
        return repetitions.isOne(failed, before) ? Event.Fault.TRAINER_AGAIN : Event.Fault.TRAINER;
    }

    /** Returns whether an attempt has ended its interval, well or not; if not, another attempt follows. */
    boolean isResult(ExecutorEvent report, StudyState before) {
        if (report instanceof ExecutorEvent.Failed failed) {
            int faults = before.population().get(failed.attempt().member()).faults();
            return fault(failed, before).usesUp(faults, before.study().attempts());
        }
        return !(report instanceof ExecutorEvent.Suspended || report instanceof ExecutorEvent.Lost);
    }

    /** Returns the end of a member's interval all of which was trained before the study was stopped; empty when there is more to do. */
    static Optional<ExecutorEvent> trained(Member member, StudyState state, Instant at) {
        return state.trained(member.id())
                .map(part -> new ExecutorEvent.Done(
                        state.attempt(member.id()),
                        0,
                        part.metrics(),
                        part.samples(),
                        new CheckpointStore.Stored(part.weights().id(), part.bytes()),
                        new Execution(0, at, at, Duration.ZERO)));
    }

    /** Returns the loss of checkpoints as an event, whose lists are sorted. */
    static Event.CheckpointsLost lost(
            Collection<CheckpointId> ids, Collection<MemberId> stranded, String reason, Instant at) {
        return new Event.CheckpointsLost(
                ids.stream().sorted(Comparator.comparing(CheckpointId::digest)).toList(),
                stranded.stream().sorted().toList(),
                reason,
                at);
    }

    /** Returns the members of some statuses whose weights are among these. */
    static List<MemberId> holders(Set<CheckpointId> ids, StudyState state, Set<Status> statuses) {
        List<MemberId> holders = new ArrayList<>();
        for (Member member : state.population()) {
            if (statuses.contains(member.status())
                    && member.weights().filter(ref -> ids.contains(ref.id())).isPresent()) {
                holders.add(member.id());
            }
        }
        return holders;
    }
}
