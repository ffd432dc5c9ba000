package org.evolvent.core.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * The pure function at the centre: what follows from an event. It depends on the state (and so on the log so far and the study) and on
 * nothing else, so that anyone can derive every decision in a log again.
 */
public final class Decisions {
    private static final int LEAST_FAILURES = 16;
    private static final int MOST_FAILURES = 100;

    private Decisions() {}

    /**
     * Returns whom {@link #decide} has to be asked about after an event, one after the other, each in the state that has also seen what was
     * decided about those before.
     *
     * @param state the state after the event
     */
    public static List<MemberId> subjects(StudyState state, Event event) {
        if (event instanceof Event.IntervalFinished finished) {
            return List.of(finished.attempt().member());
        }
        if (event instanceof Event.AttemptFailed failed) {
            return List.of(failed.attempt().member());
        }
        if (event instanceof Event.CheckpointsLost lost) {
            return together(state, lost.stranded());
        }
        if (event instanceof Event.StudyResumed && state.ready() > 0) {
            // Nobody who is ready was due when the study stopped. An amendment may have changed that.
            List<MemberId> ready = new ArrayList<>();
            for (Member member : state.population()) {
                if (member.status() == Status.READY) {
                    ready.add(member.id());
                }
            }
            return together(state, ready);
        }
        return List.of();
    }

    /** One is enough where everybody decides together. */
    private static List<MemberId> together(StudyState state, List<MemberId> members) {
        return state.study().mode() == Mode.SYNCHRONOUS
                ? members.stream().limit(1).toList()
                : members;
    }

    /**
     * Decides for everybody whom an event made due.
     *
     * @param state the state after the event
     * @param subject the member that the event was about
     * @return what follows, in the order in which it is to be logged; empty when nobody is due
     */
    public static List<Event.Decided> decide(StudyState state, MemberId subject) {
        List<Event.Decided> decided = new ArrayList<>();
        List<MemberId> due = due(state, subject);
        Strategy strategy = state.strategy();
        for (MemberId id : due) {
            Member member = state.population().get(id);
            for (Decision decision : decisionsFor(state, strategy, member)) {
                decided.add(new Event.Decided(id, member.interval(), decision));
                if (due.size() > 1) {
                    // Everybody sees the same population, and the strategy what it has decided so far in this round.
                    strategy = strategy.observe(id, decision);
                }
            }
        }
        return decided;
    }

    /**
     * Decides for a ready member that a slot is about to take, in a study that {@linkplain Study#decidesLate decides late}.
     *
     * @param state the state at that moment
     * @param id who is ready
     * @return its decisions, in the order in which they are to be logged
     */
    public static List<Event.Decided> decideLate(StudyState state, MemberId id) {
        Member member = state.population().get(id);
        List<Event.Decided> decided = new ArrayList<>();
        for (Decision decision : decisionsFor(state, state.strategy(), member)) {
            decided.add(new Event.Decided(id, member.interval(), decision));
        }
        return decided;
    }

    /**
     * Returns the members that have to decide after an event, in the order in which they do.
     *
     * @param state the state after the event
     * @param subject the member that the event was about
     */
    public static List<MemberId> due(StudyState state, MemberId subject) {
        if (state.end().isPresent()) {
            return List.of();
        }
        if (state.study().mode() == Mode.ASYNCHRONOUS) {
            Member member = state.population().get(subject);
            boolean isDue =
                    member.status() == Status.READY && (!state.study().decidesLate() || isSpent(state.study(), member));
            return isDue ? List.of(subject) : List.of();
        }
        List<MemberId> due = new ArrayList<>();
        if (state.training() == 0) {
            for (Member member : state.population()) {
                if (member.status() == Status.READY) {
                    due.add(member.id());
                }
            }
        }
        return due;
    }

    /**
     * Returns why the study is over after these decisions, as far as the log tells; empty while it is not. A synchronous study ends only
     * between two rounds, unless it fails from the start. The wall clock is the driver's to watch.
     */
    public static Optional<Event.End> end(StudyState state) {
        if (state.end().isEmpty() && hasFailedFromTheStart(state)) {
            return Optional.of(Event.End.FAILURE);
        }
        if (state.end().isPresent() || (state.ready() > 0 && !state.study().decidesLate())) {
            return state.end();
        }
        Optional<Double> target = state.study().budget().target();
        Optional<ReadyPoint> best = state.population().best();
        if (target.isPresent()
                && best.isPresent()
                && best.get().fitness() >= state.study().objective().fitness(new Score.Valid(target.get()))) {
            return Optional.of(Event.End.TARGET);
        }
        return state.training() + state.ready() == 0 ? Optional.of(Event.End.BUDGET) : Optional.empty();
    }

    /**
     * Returns how many intervals may fail while nobody has ever had a score, before the study ends: two for each member, at least 16, since
     * few members may have drawn badly, and at most 100, which no members draw by chance where one set of hyperparameters in twenty would do.
     */
    public static int failuresFromTheStart(Study study) {
        return StrictMath.max(LEAST_FAILURES, StrictMath.min(MOST_FAILURES, 2 * study.population()));
    }

    private static boolean hasFailedFromTheStart(StudyState state) {
        return state.study().rules() != Rules.V1
                && state.tally().scores() == 0
                && state.population().best().isEmpty()
                && state.tally().failedIntervals() >= failuresFromTheStart(state.study());
    }

    /**
     * Returns what a ready member does whatever its strategy would say: it stops when its budget is spent, and goes on during the burn-in
     * and when it has reported no score; empty when the strategy decides.
     */
    public static Optional<Decision> forced(Study study, Member member) {
        ReadyPoint point = member.last().orElseThrow();
        if (isSpent(study, member)) {
            return Optional.of(new Decision.Stop(
                    "Its budget of %s steps is spent".formatted(study.budget().steps()),
                    Evidence.NONE
                            .with("trained", member.trained())
                            .with("budget", study.budget().steps())));
        }
        if (point.absences() > 0 && !(point.score() instanceof Score.Invalid)) {
            return Optional.of(new Decision.Continue(
                    "It reported no '%s' in %s of at most %s intervals in a row: it goes on and keeps its score"
                            .formatted(study.objective().metric(), point.absences(), study.absences()),
                    Evidence.NONE.with("absences", point.absences()).with("fitness", point.fitness())));
        }
        if (point.score().isValid() && point.step() < study.burnInSteps()) {
            return Optional.of(new Decision.Continue(
                    "Its weights have %s steps behind them; the burn-in lasts %s"
                            .formatted(point.step(), study.burnInSteps()),
                    Evidence.NONE.with("step", point.step()).with("burn_in", study.burnInSteps())));
        }
        return Optional.empty();
    }

    static boolean isSpent(Study study, Member member) {
        return study.spent(member) >= study.budget().steps();
    }

    private static List<Decision> decisionsFor(StudyState state, Strategy strategy, Member member) {
        Study study = state.study();
        Optional<Decision> forced = forced(study, member);
        if (forced.isPresent()) {
            return List.of(forced.get());
        }
        RandomStream random = new Randomness(study.seed())
                .stream(Purpose.DECISION, member.id().index(), member.interval());
        Situation situation = situation(state, member);
        List<Decision> decisions = strategy.decide(situation, random);
        return study.rules() != Rules.V1
                        && decisions.get(0) instanceof Decision.Exploit exploit
                        && exploit.weights().isPresent()
                ? bounded(study, situation.point(), exploit, decisions)
                : decisions;
    }

    private static Situation situation(StudyState state, Member member) {
        Study study = state.study();
        return new Situation(study.space(), study.objective(), state.population(), member, study.rules());
    }

    /**
     * Returns the population as it is compared when a ready member decides.
     *
     * @param state the state at that moment
     * @param id who is ready
     */
    public static Population compared(StudyState state, MemberId id) {
        Member member = state.population().get(id);
        return forced(state.study(), member).isPresent()
                ? state.population()
                : state.strategy().compared(situation(state, member));
    }

    /** Whoever would copy weights that must not be trained any more is not needed; nor are weights copied that nobody may judge yet. */
    private static List<Decision> bounded(
            Study study, ReadyPoint self, Decision.Exploit exploit, List<Decision> decisions) {
        long step = exploit.weights().orElseThrow().step();
        Evidence evidence =
                exploit.evidence().with("donor", exploit.donor().index()).with("donor_step", step);
        if (step >= study.budget().steps()) {
            return List.of(new Decision.Stop(
                    "It would copy member %s, whose weights have spent the budget of %s steps: %s"
                            .formatted(exploit.donor(), step, exploit.reason()),
                    evidence));
        }
        if (self.score().isValid() && step < study.burnInSteps()) {
            return List.of(new Decision.Continue(
                    "It would copy member %s, whose weights have %s steps behind them; the burn-in lasts %s: %s"
                            .formatted(exploit.donor(), step, study.burnInSteps(), exploit.reason()),
                    evidence.with("burn_in", study.burnInSteps())));
        }
        return decisions;
    }
}
