package org.evolvent.runtime.driver;

import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.internal.audit.Finding;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;

/**
 * Brings a study back from its log, or begins a new one. After the death of the process the log is complete; after a loss of power it is
 * a prefix. In both cases all checkpoints that it needs are there, unless somebody took them away or the disk forgot them: who needs those
 * is the driver's to say. What a {@linkplain SnapshotStore snapshot} says of the log is not read again.
 */
final class Recovery {
    /** How many characters before and after a difference help to find it. */
    private static final int EXCERPT = 80;

    private final Study study;
    private final String definition;
    private final Function<CheckpointStore, Event.PopulationCreated> beginning;
    private final EventStore events;
    private final CheckpointStore checkpoints;
    private final SnapshotStore snapshots;
    private final InstantSource clock;
    private Snapshot recovered;
    private long kept;

    Recovery(
            Study study,
            String definition,
            Function<CheckpointStore, Event.PopulationCreated> beginning,
            EventStore events,
            CheckpointStore checkpoints,
            SnapshotStore snapshots,
            InstantSource clock) {
        this.study = study;
        this.definition = definition;
        this.beginning = beginning;
        this.events = events;
        this.checkpoints = checkpoints;
        this.snapshots = snapshots;
        this.clock = clock;
        this.recovered = Snapshot.initial(study);
    }

    /** Returns the state recovered so far. */
    StudyState state() {
        return recovered.state();
    }

    /** Returns what the log comes to beside that state. */
    Facts facts() {
        return recovered.facts();
    }

    /** Lets somebody keep snapshots from here on. */
    void handOver(SnapshotKeeper keeper) {
        keeper.begin(recovered, kept);
    }

    /**
     * Recovers.
     *
     * @param listener is given what the log held and what was added
     * @param decider decides for those whom an amendment has made due
     * @return the state to go on from
     */
    StudyState recover(Consumer<List<Event>> listener, Batch.Decider decider) {
        Snapshot latest = snapshots.latest(study, definition);
        kept = latest.events();
        Auditor auditor = latest.events() == 0
                ? Auditor.trusting(study, definition)
                : Auditor.from(latest.state(), latest.events(), false);
        recovered = Snapshot.atTheEnd(latest, events, event -> {
            if (auditor.checked().events() == 0) {
                checkDefinition(event);
            }
            auditor.accept(event);
            requireAgreement(auditor);
        });
        if (recovered.events() > 0) {
            auditor.end();
            requireAgreement(auditor);
        }
        sweep();
        if (recovered.events() == 0) {
            return begin(listener);
        }
        listener.accept(List.of());
        if (state().end().isPresent()) {
            return state();
        }
        Set<CheckpointId> before = state().population().reachable();
        append(resumption(decider), listener);
        if (!before.equals(state().population().reachable())) {
            sweep(); // Copies that an amendment has made due need their own weights no more.
        }
        return state();
    }

    private StudyState begin(Consumer<List<Event>> listener) {
        Event.PopulationCreated created = beginning.apply(checkpoints);
        append(List.of(new Event.StudyCreated(definition, clock.instant()), created), listener);
        created.founders().stream().map(Event.Founder::weights).distinct().forEach(checkpoints::release);
        return state();
    }

    private List<Event> resumption(Batch.Decider decider) {
        Batch batch = new Batch(new StudyFold(state()));
        batch.addWithDecisions(new Event.StudyResumed(clock.instant()), decider);
        Decisions.end(batch.state()).ifPresent(reason -> batch.add(new Event.StudyEnded(reason, clock.instant())));
        return batch.log();
    }

    /**
     * Throws when an event is not what may follow on those before it. Whether a decision is the one that the strategy makes is not asked
     * here: that may be a program of the user's, who has mended it meanwhile, or take its time; {@code verify} asks.
     */
    private static void requireAgreement(Auditor auditor) {
        // A reason that a later version words otherwise changes nothing.
        Optional<Finding> finding = auditor.finding().filter(found -> !found.wordsOnly());
        if (finding.isPresent()) {
            String way = auditor.whole() == 0
                    ? "Nothing of it can be gone on from: restore what was changed, or run the study in another directory."
                    : "To go on from what can be trusted: evolvent resume DIR --keep-events %s"
                            .formatted(auditor.whole());
            throw new EvolventException("%s\nMaybe somebody changed the log, or the study file. %s"
                    .formatted(finding.get().message(), way));
        }
    }

    /** Collects what was left behind. Syncs first, or a loss of power could bring back a log that needs what was deleted. */
    private void sweep() {
        Set<CheckpointId> reachable = state().population().reachable();
        events.sync();
        checkpoints.sweep(reachable);
    }

    private StudyState append(List<Event> more, Consumer<List<Event>> listener) {
        events.append(more);
        for (Event event : more) {
            recovered = recovered.after(event);
        }
        listener.accept(more);
        return state();
    }

    /** Returns what stands around the first difference of two definitions. */
    private static String excerpt(String definition, int difference) {
        int from = StrictMath.max(0, difference - EXCERPT);
        int to = StrictMath.min(definition.length(), difference + EXCERPT);
        return (from > 0 ? "... " : "") + definition.substring(from, to) + (to < definition.length() ? " ..." : "");
    }

    private void checkDefinition(Event first) {
        if (!(first instanceof Event.StudyCreated created)) {
            throw new EvolventException(
                    "The log does not begin with the creation of a study but with %s".formatted(first));
        }
        String held = created.definition();
        if (!held.equals(definition)) {
            int same = Arrays.mismatch(held.toCharArray(), definition.toCharArray());
            throw new EvolventException(
                    "The log is of another study.\nIt holds:   %s\nAsked for:  %s\nMaybe use another directory?"
                            .formatted(excerpt(held, same), excerpt(definition, same)));
        }
    }
}
