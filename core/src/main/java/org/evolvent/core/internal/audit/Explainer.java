package org.evolvent.core.internal.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log up to one decision and explains it. Whether the log as a whole is true is the {@link Auditor}'s to say. Not thread-safe.
 */
public final class Explainer implements Consumer<Event> {
    private final MemberId member;
    private final int interval;
    private final boolean derives;
    private final List<Decision> logged = new ArrayList<>();
    private final List<Explanation.Loss> losses = new ArrayList<>();
    private final StudyFold fold;
    private long events;
    private long event;
    private @Nullable StudyState moment;
    private Optional<List<Decision>> derived = Optional.empty();
    private OptionalInt latest = OptionalInt.empty();

    /**
     * Creates one.
     *
     * @param study what the log is of
     * @param member who decided, one of the study's members
     * @param interval after which interval, from 0
     * @param derives whether the strategy can be asked here
     */
    public Explainer(Study study, MemberId member, int interval, boolean derives) {
        this.member = member;
        this.interval = interval;
        this.derives = derives;
        this.fold = new StudyFold(StudyState.initial(study));
    }

    /**
     * Takes in the next event of the log.
     *
     * @throws IllegalStateException when it cannot follow the others
     */
    @Override
    public void accept(Event next) {
        events++;
        if (next instanceof Event.Decided decided && decided.member().equals(member)) {
            latest = OptionalInt.of(decided.interval());
            if (decided.interval() == interval) {
                event = logged.isEmpty() ? events : event;
                logged.add(decided.decision());
                if (fold.now().study().mode() == Mode.ASYNCHRONOUS) {
                    capture();
                }
            }
        }
        if (moment == null) {
            note(next);
            fold.add(next);
            if (fold.now().study().mode() == Mode.SYNCHRONOUS
                    && !Decisions.subjects(fold.now(), next).isEmpty()) {
                capture();
            }
        }
    }

    /** Keeps what was lost since the member decided before, as long as the moment has not come. */
    private void note(Event next) {
        if (next instanceof Event.Decided decided && decided.member().equals(member)) {
            losses.clear();
        } else if (next instanceof Event.CheckpointsLost lost
                && fold.now().population().get(member).needs(Set.copyOf(lost.checkpoints()))) {
            losses.add(
                    new Explanation.Loss(events, lost.reason(), lost.stranded().contains(member)));
        }
    }

    /** Keeps the state if it is the one in which the decision is made. */
    private void capture() {
        boolean isDue = moment == null
                && (fold.now().study().decidesLate()
                        ? fold.now().population().get(member).status() == Status.READY
                        : Decisions.due(fold.now(), member).contains(member))
                && fold.now().population().get(member).interval() == interval;
        if (isDue) {
            moment = fold.state();
            derived = derives
                    ? Optional.of((fold.now().study().decidesLate()
                                    ? Decisions.decideLate(fold.now(), member)
                                    : Decisions.decide(fold.now(), member))
                            .stream()
                                    .filter(decided -> decided.member().equals(member))
                                    .map(Event.Decided::decision)
                                    .toList())
                    : Optional.empty();
        }
    }

    /** Returns the explanation; empty when the log holds no such decision. */
    public Optional<Explanation> explanation() {
        StudyState then = moment;
        if (then == null || logged.isEmpty()) {
            return Optional.empty();
        }
        ReadyPoint point = then.population().get(member).last().orElseThrow();
        Population compared = Decisions.compared(then, member);
        List<ReadyPoint> ranking = new ArrayList<>();
        compared.ranking().forEach(ranking::add);
        return Optional.of(new Explanation(
                event,
                point,
                compared.compared(),
                List.copyOf(ranking),
                new Randomness(then.study().seed()).key(Purpose.DECISION, member.index(), interval),
                List.copyOf(logged),
                derived,
                Explanation.changes(then.study().space(), point.hyperparameters(), logged),
                List.copyOf(losses)));
    }

    /** Returns the member's latest interval that it has decided after; empty when there is none. */
    public OptionalInt latest() {
        return latest;
    }
}
