package org.evolvent.core.internal.audit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.jspecify.annotations.Nullable;

/**
 * Folds a log and checks each event against what follows from the study and the events before it: who may report what, what the score of
 * these metrics is, who decides next and what. The first disagreement is kept, and nothing after it is looked at.
 *
 * <p>What the world adds (metrics, samples, checkpoints, messages, times and places) follows from nothing; it is checked as far as
 * decisions rest on it. Costs about what deciding costs. Not thread-safe.
 */
public final class Auditor implements Consumer<Event> {
    /**
     * What was checked.
     *
     * @param events the events that agree
     * @param intervals the intervals that ended well
     * @param failures the failed attempts
     * @param derived the decisions that were derived again, an exploit and its explore counted apart
     * @param consistent the decisions of a strategy that cannot be derived here: checked for their domains and for who decides about whom
     */
    public record Checked(long events, long intervals, long failures, long derived, long consistent) {}

    private final Optional<String> definition;
    private final boolean derives;
    private final Deque<Due> due = new ArrayDeque<>();

    /** Whom to ask when nobody is due any more, each in the state that has seen the decisions before. */
    private final Deque<MemberId> subjects = new ArrayDeque<>();

    private final Plausibility plausibility = new Plausibility();
    private final StudyFold fold;
    private Optional<Event.End> end = Optional.empty();
    private long events;
    private long whole;
    private long intervals;
    private long failures;
    private long derived;
    private long consistent;
    private @Nullable Finding finding;

    /** Who may explore after an exploit that was not derived. */
    private @Nullable MemberId mayExplore;

    /** In a synchronous round, nobody with a lower index trains any more. */
    private int passed;

    private Auditor(StudyState state, long events, Optional<String> definition, boolean derives) {
        this.fold = new StudyFold(state);
        this.events = events;
        this.whole = events;
        this.definition = definition;
        this.derives = derives;
    }

    /**
     * Returns one for a whole log that derives all decisions again.
     *
     * @param study what the log is of
     * @param definition the canonical text of the study, with which the log must begin
     */
    public static Auditor deriving(Study study, String definition) {
        return new Auditor(StudyState.initial(study), 0, Optional.of(definition), true);
    }

    /**
     * Returns one for a whole log of a strategy that cannot be asked here (a program, say): its decisions are checked for their domains,
     * and for who decides about whom; everything else as by {@link #deriving}. The study's strategy is told what happens and asked nothing.
     *
     * @param study what the log is of
     * @param definition the canonical text of the study, with which the log must begin
     */
    public static Auditor trusting(Study study, String definition) {
        return new Auditor(StudyState.initial(study), 0, Optional.of(definition), false);
    }

    /**
     * Returns one for the rest of a log.
     *
     * @param state the state after the first events, between two transactions
     * @param events the number of these events
     * @param derives whether decisions are derived again
     */
    public static Auditor from(StudyState state, long events, boolean derives) {
        return new Auditor(state, events, Optional.empty(), derives);
    }

    /** Returns the first disagreement so far. */
    public Optional<Finding> finding() {
        return Optional.ofNullable(finding);
    }

    /** Returns the state after the events that agree. */
    public StudyState state() {
        return fold.state();
    }

    /** Returns what was checked so far. */
    public Checked checked() {
        return new Checked(events, intervals, failures, derived, consistent);
    }

    /** Takes in the next event of the log; after a disagreement it is ignored. */
    @Override
    public void accept(Event event) {
        if (finding != null) {
            return;
        }
        Optional<Difference> difference;
        try {
            difference = difference(event);
            if (difference.isEmpty()) {
                fold.add(event);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            difference = Optional.of(unexpected(event, String.valueOf(e.getMessage())));
        }
        if (difference.isPresent()) {
            found(difference.get());
            return;
        }
        events++;
        follow(event);
        if (events > 1 && due.isEmpty() && end.isEmpty() && mayExplore == null) {
            whole = events;
        }
    }

    /** Returns how many of the events that agree a log may end after: what belongs into one transaction is all there or not at all. */
    public long whole() {
        return whole;
    }

    /** Notes that the log ends here: what belongs into one transaction must not be cut. */
    public void end() {
        if (finding != null) {
            return;
        }
        if (events == 1) {
            found(new Difference("the log ends", "nothing more", "the first population", false));
        } else if (!due.isEmpty()) {
            found(new Difference("the log ends", "nothing more", due.element().expected(), false));
        } else if (end.isPresent()) {
            found(new Difference("the log ends", "nothing more", "the end of the study: " + end.get(), false));
        }
    }

    private Study study() {
        return fold.now().study();
    }

    private void found(Difference difference) {
        finding = new Finding(
                events + 1, difference.what(), difference.logged(), difference.derived(), difference.wordsOnly());
    }

    private Optional<Difference> difference(Event event) {
        if (events == 0) {
            return created(event);
        }
        if (events == 1 && definition.isPresent()) {
            return population(event);
        }
        if (isExploration(event)) {
            return consistent((Event.Decided) event);
        }
        if (due.isEmpty() && end.isEmpty() && study().decidesLate() && event instanceof Event.Decided decided) {
            makeDueLate(decided.member());
        }
        if (!due.isEmpty()) {
            return decided(event, due.element());
        }
        if (end.isPresent()) {
            return event instanceof Event.StudyEnded ended && ended.reason() == end.get()
                    ? Optional.empty()
                    : Optional.of(unexpected(event, "the end of the study: " + end.get()));
        }
        if (event instanceof Event.IntervalFinished finished) {
            return finished(finished);
        }
        if (event instanceof Event.AttemptFailed failed) {
            return failed(failed);
        }
        if (event instanceof Event.IntervalSuspended suspended) {
            return suspended(suspended);
        }
        if (event instanceof Event.StudyAmended amended) {
            return plausibility.amended(amended, fold.now());
        }
        if (event instanceof Event.StudyEnded ended) {
            return ended.reason() == Event.End.WALL_CLOCK
                            && study().budget().wallClock().isPresent()
                    ? Optional.empty()
                    : Optional.of(unexpected(event, "the study goes on"));
        }
        if (event instanceof Event.CheckpointsLost lost) {
            return plausibility.lost(lost, fold.now().population());
        }
        return event instanceof Event.StudyResumed
                ? Optional.empty()
                : Optional.of(unexpected(event, "the result of an attempt, a loss, or a resumption"));
    }

    private Optional<Difference> created(Event event) {
        String asked = definition.orElse("");
        if (!(event instanceof Event.StudyCreated created)) {
            return Optional.of(unexpected(event, "the creation of the study"));
        }
        return created.definition().equals(asked)
                ? Optional.empty()
                : Optional.of(new Difference("the study", created.definition(), asked, false));
    }

    private Optional<Difference> population(Event event) {
        return event instanceof Event.PopulationCreated created
                ? Beginnings.unlike(created, study(), derives)
                : Optional.of(unexpected(event, "the first population"));
    }

    private Optional<Difference> finished(Event.IntervalFinished event) {
        Attempt logged = event.attempt();
        Attempt derived = fold.now().interval(logged.member());
        // How far a trainer went is a fact.
        Optional<Difference> difference = attempt(
                logged, logged.steps() >= derived.leastSteps() ? derived.having(logged.steps()) : derived, true);
        if (difference.isEmpty()) {
            difference = Difference.between(event.score(), study().scoreOf(event.metrics()), "of " + event.attempt());
        }
        return difference.or(() -> size(event.checkpointBytes(), logged));
    }

    private static Optional<Difference> size(long bytes, Attempt of) {
        return bytes < 0
                ? Optional.of(new Difference(
                        "the size of the checkpoint of " + of, Long.toString(bytes), "at least 0", false))
                : Optional.empty();
    }

    /** Whose turn it is in a round does not matter: nothing is decided. */
    private Optional<Difference> suspended(Event.IntervalSuspended event) {
        Attempt logged = event.attempt();
        Attempt derived = fold.now().attempt(logged.member());
        return Difference.between(logged, logged.steps() >= 1 ? derived.having(logged.steps()) : derived)
                .or(() -> size(event.checkpointBytes(), logged));
    }

    private Optional<Difference> failed(Event.AttemptFailed event) {
        MemberId member = event.attempt().member();
        int faults = fold.now().population().get(member).faults();
        boolean isResult = event.fault().usesUp(faults, study().attempts());
        Optional<Difference> difference = attempt(event.attempt(), fold.now().attempt(member), isResult);
        return difference.isEmpty() && event.fault() == Event.Fault.TRAINER_AGAIN && faults == 0
                ? Optional.of(new Difference(
                        "the fault of " + event.attempt(), "the trainer's again", "none of the interval before", false))
                : difference;
    }

    /** Whose turn it is in a round matters for results only. */
    private Optional<Difference> attempt(Attempt logged, Attempt derived, boolean isResult) {
        Optional<Difference> difference = Difference.between(logged, derived);
        if (difference.isPresent()) {
            return Bounds.broken(study().space(), logged.hyperparameters(), "of " + logged)
                    .or(() -> Optional.of(difference.get()));
        }
        if (isResult && study().mode() == Mode.SYNCHRONOUS) {
            int first = firstInTraining(logged.member().index());
            if (first < logged.member().index()) {
                return Optional.of(new Difference(
                        "whose turn it is in the round", logged.toString(), "member %s".formatted(first), false));
            }
        }
        return Optional.empty();
    }

    /** Looks at each member once in a round, and at those at rest. */
    private int firstInTraining(int before) {
        if (fold.now().ready() == 0) {
            passed = 0;
        }
        while (passed < before
                && fold.now().population().get(new MemberId(passed)).status() != Status.TRAINING) {
            passed++;
        }
        return passed;
    }

    private Optional<Difference> decided(Event event, Due next) {
        if (!(event instanceof Event.Decided decided)) {
            return Optional.of(unexpected(event, next.expected()));
        }
        if (next.decision().isEmpty()) {
            return decided.member().equals(next.member())
                    ? consistent(decided)
                    : Optional.of(new Difference("who decides", Difference.subject(decided), next.expected(), false));
        }
        Member member = fold.now().population().get(next.member());
        int interval = member.status() == Status.READY ? member.interval() : member.interval() - 1;
        Event.Decided should =
                new Event.Decided(next.member(), interval, next.decision().get());
        Optional<Difference> difference = Difference.between(decided, should);
        return difference.isEmpty()
                ? plausibility.outside(study().space(), decided)
                : plausibility.outside(study().space(), decided).or(() -> Optional.of(difference.get()));
    }

    private Optional<Difference> consistent(Event.Decided decided) {
        return plausibility
                .outside(study().space(), decided)
                .or(() -> plausibility.inconsistent(
                        decided, fold.now().population().get(decided.member())));
    }

    private boolean isExploration(Event event) {
        return event instanceof Event.Decided decided
                && decided.decision() instanceof Decision.Explore
                && decided.member().equals(mayExplore);
    }

    private void follow(Event event) {
        if (event instanceof Event.Decided decided) {
            boolean wasDerived =
                    !isExploration(event) && due.remove().decision().isPresent();
            derived += wasDerived ? 1 : 0;
            consistent += wasDerived ? 0 : 1;
            mayExplore = !wasDerived && decided.decision() instanceof Decision.Exploit ? decided.member() : null;
        } else {
            mayExplore = null;
            intervals += event instanceof Event.IntervalFinished ? 1 : 0;
            failures += event instanceof Event.AttemptFailed ? 1 : 0;
            subjects.addAll(Decisions.subjects(fold.now(), event));
        }
        while (due.isEmpty() && !subjects.isEmpty()) {
            makeDue(subjects.remove());
        }
        // What an amendment leads to is decided when the study is resumed.
        end = due.isEmpty() && fold.now().end().isEmpty() && !(event instanceof Event.StudyAmended)
                ? Decisions.end(fold.now())
                : Optional.empty();
    }

    private void makeDue(MemberId subject) {
        if (derives) {
            for (Event.Decided decided : Decisions.decide(fold.now(), subject)) {
                due.add(new Due(decided.member(), Optional.of(decided.decision())));
            }
            return;
        }
        for (MemberId member : Decisions.due(fold.now(), subject)) {
            due.add(new Due(
                    member, Decisions.forced(study(), fold.now().population().get(member))));
        }
        if (!due.isEmpty()) {
            plausibility.begin(fold.state().population());
        }
    }

    /** Who is ready decides when a slot is about to take it, which only the log knows. */
    private void makeDueLate(MemberId subject) {
        Member member = fold.now().population().get(subject);
        if (member.status() != Status.READY) {
            return;
        }
        if (derives) {
            for (Event.Decided decided : Decisions.decideLate(fold.now(), subject)) {
                due.add(new Due(subject, Optional.of(decided.decision())));
            }
        } else {
            due.add(new Due(subject, Decisions.forced(study(), member)));
            plausibility.begin(fold.state().population());
        }
    }

    private static Difference unexpected(Event event, String derived) {
        return new Difference("it must not be here", Difference.described(event), derived, false);
    }
}
