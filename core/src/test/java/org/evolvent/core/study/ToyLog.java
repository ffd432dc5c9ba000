package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.testkit.operator.Populations;

/** A study carried out on paper: events go in, the log and the state grow. The trainer is a formula. */
public final class ToyLog {
    private static final Objective OBJECTIVE = new Objective("score", Objective.Goal.MAXIMIZE);

    public final List<Event> events = new ArrayList<>();
    public final Study begun;
    public StudyState state;

    public ToyLog(Study study) {
        begun = study;
        state = StudyState.initial(study);
        append(new Event.StudyCreated("toy", Instant.EPOCH));
        append(StudyState.firstPopulation(study));
    }

    public static Study.Builder study() {
        return Study.named("toy", Populations.SPACE, OBJECTIVE, Budget.ofSteps(100), 10)
                .population(4);
    }

    public void append(Event event) {
        state = state.after(event);
        events.add(event);
    }

    public Member member(int index) {
        return state.population().get(new MemberId(index));
    }

    public Attempt attempt(int index) {
        return state.attempt(new MemberId(index));
    }

    /** Ends a member's interval with a score (NaN for an invalid one) and appends what follows. */
    public void finish(int index, double score) {
        Attempt attempt = attempt(index);
        append(finished(state.whole(attempt), score, execution(index)));
        decide(index);
    }

    /** Ends a member's attempt after some steps of its interval. */
    public void suspend(int index, long steps) {
        Attempt attempt = attempt(index).having(steps);
        append(new Event.IntervalSuspended(
                attempt, Map.of("score", 0.5), List.of(), checkpoint(attempt, steps), 100, execution(index)));
    }

    /** Ends a member's interval without a score and appends what follows. */
    public void finishWithoutScore(int index) {
        Attempt attempt = attempt(index);
        Map<String, Double> metrics = Map.of("loss", 1.0);
        append(new Event.IntervalFinished(
                attempt,
                state.study().scoreOf(metrics),
                metrics,
                List.of(),
                checkpoint(attempt, attempt.interval()),
                100,
                execution(index)));
        decide(index);
    }

    /** Lets a member's attempt fail and appends what follows. */
    public void fail(int index, Event.Fault fault) {
        append(new Event.AttemptFailed(attempt(index), fault, "it broke", execution(index)));
        decide(index);
    }

    /** There is a slot for everybody: who waits for one decides at once. */
    void decide(int index) {
        decide(new MemberId(index));
        Decisions.end(state).ifPresent(end -> append(new Event.StudyEnded(end, Instant.EPOCH)));
    }

    private void decide(MemberId member) {
        decisions(state, member).forEach(this::append);
    }

    /** Returns what follows after an event about a member where there is a slot for everybody. */
    public static List<Event.Decided> decisions(StudyState state, MemberId member) {
        List<Event.Decided> decisions = Decisions.decide(state, member);
        boolean waits = state.study().decidesLate()
                && state.end().isEmpty()
                && state.population().get(member).status() == Status.READY;
        return decisions.isEmpty() && waits ? Decisions.decideLate(state, member) : decisions;
    }

    /** Appends the loss of checkpoints and what follows. */
    public void lose(Event.CheckpointsLost lost) {
        append(lost);
        Decisions.subjects(state, lost).forEach(this::decide);
        Decisions.end(state).ifPresent(end -> append(new Event.StudyEnded(end, Instant.EPOCH)));
    }

    /** Trains everybody to the end, member by member, with the formula for a trainer. */
    public void trainToTheEnd() {
        while (state.end().isEmpty()) {
            for (Member member : state.population()) {
                Member now = member(member.id().index());
                if (state.end().isEmpty() && now.status() == Status.TRAINING) {
                    finish(now.id().index(), formula(attempt(now.id().index())));
                }
            }
        }
    }

    static void assertSame(StudyState one, StudyState other) {
        assertThat(one.population()).containsExactlyElementsOf(other.population());
        assertThat(one.population().ranking())
                .containsExactlyElementsOf(other.population().ranking());
        assertThat(one.population().best()).isEqualTo(other.population().best());
        assertThat(one.training()).isEqualTo(other.training());
        assertThat(one.ready()).isEqualTo(other.ready());
        assertThat(one.tally()).isEqualTo(other.tally());
        assertThat(one.end()).isEqualTo(other.end());
    }

    static Event.IntervalFinished finished(Attempt attempt, double score, Execution execution) {
        Map<String, Double> metrics = Map.of("score", score);
        return new Event.IntervalFinished(
                attempt, OBJECTIVE.scoreOf(metrics), metrics, List.of(), checkpoint(attempt, score), 100, execution);
    }

    static Execution execution(int slot) {
        return new Execution(
                slot, Instant.EPOCH.plusSeconds(slot), Instant.EPOCH.plusSeconds(60), Duration.ofSeconds(7));
    }

    private static CheckpointId checkpoint(Attempt attempt, double score) {
        long parent = attempt.parent()
                .map(CheckpointRef::id)
                .map(id -> Long.parseUnsignedLong(id.digest(), 16))
                .orElse(0L);
        long bits = Randomness.mix(parent ^ Randomness.mix(attempt.member().index() ^ Double.doubleToLongBits(score)));
        return new CheckpointId("%016x".formatted(bits));
    }

    /** The deterministic trainer: a score that depends on the hyperparameters and grows with the steps; sometimes invalid. */
    public static double formula(Attempt attempt) {
        Hyperparameters h = attempt.hyperparameters();
        if (Randomness.mix(attempt.seed() + attempt.interval()) % 17 == 0) {
            return Double.NaN;
        }
        double distance = StrictMath.log10(h.real("rate")) + 3;
        return attempt.stepTo() * 0.01 - distance * distance - h.real("dropout") + 0.001 * h.integer("units");
    }
}
