package org.evolvent.testkit.internal.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;

/** The log of a study that never trained: random scores, samples, failures and resumptions, and what follows from them. */
public final class RandomLog {
    /** The studies in a canonical text. */
    public static final String DEFINITION = "random";

    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("rate", new Reals(1e-5, 1e-1, Scale.LOG), false),
            new Parameter("layers", new Ints(1, 4, Scale.LINEAR), true),
            new Parameter("batch", new Choice(List.of(Value.of(32), Value.of(64), Value.of(128)), true), false),
            new Parameter("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false), false),
            new Parameter("nesterov", Choice.flag(), false)));

    private final RandomStream random;
    private final List<Event> events = new ArrayList<>();
    private StudyState state;
    private Instant now = Instant.parse("2026-03-01T10:00:00.123456789Z");

    private RandomLog(Study study, RandomStream random) {
        this.random = random;
        this.state = StudyState.initial(study);
    }

    /** Returns a study of eight members and twelve intervals each. */
    public static Study study(Strategy strategy) {
        return Study.named(DEFINITION, SPACE, new Objective("loss", Objective.Goal.MINIMIZE), Budget.ofSteps(120), 10)
                .population(8)
                .strategy(strategy)
                .ancestors(2)
                .seed(23)
                .build();
    }

    /** Returns a log of a study to its end. */
    public static List<Event> of(Study study, RandomStream random) {
        RandomLog log = new RandomLog(study, random);
        log.add(new Event.StudyCreated(DEFINITION, log.now));
        log.add(StudyState.firstPopulation(study));
        while (log.state.end().isEmpty()) {
            if (random.chance(0.01)) {
                log.add(new Event.StudyResumed(log.later(1000)));
            }
            MemberId id = new MemberId(random.index(study.population()));
            Member.Status status = log.state.population().get(id).status();
            if (status == Member.Status.TRAINING) {
                log.end(log.state.attempt(id));
            } else if (status == Member.Status.READY && study.decidesLate()) {
                log.decided(Decisions.decideLate(log.state, id));
            }
        }
        return List.copyOf(log.events);
    }

    private void add(Event event) {
        state = state.after(event);
        events.add(event);
    }

    private Instant later(int mostSeconds) {
        now = now.plusNanos((long) (random.uniform() * mostSeconds * 1e9));
        return now;
    }

    private void end(Attempt attempt) {
        Execution execution = new Execution(0, now, later(5), Duration.ofNanos(random.nextLong() >>> 34));
        if (random.chance(0.05)) {
            CheckpointId part = new CheckpointId("%064x".formatted(random.nextLong() >>> 1));
            Attempt partly = attempt.having(StrictMath.max(1, attempt.steps() / 3));
            add(new Event.IntervalSuspended(partly, Map.of("loss", Double.NaN), List.of(0.5), part, 100, execution));
        } else if (random.chance(0.1)) {
            Event.Fault fault = random.chance(0.7) ? Event.Fault.TRAINER : Event.Fault.PLACE;
            add(new Event.AttemptFailed(attempt, fault, "it broke", execution));
        } else {
            add(finished(state.whole(attempt), execution));
        }
        decided(Decisions.decide(state, attempt.member()));
    }

    private void decided(List<Event.Decided> decisions) {
        decisions.forEach(this::add);
        Decisions.end(state).ifPresent(reason -> add(new Event.StudyEnded(reason, later(5))));
    }

    private Event finished(Attempt attempt, Execution execution) {
        double loss = random.chance(0.05) ? Double.NaN : 1 / (1 + attempt.stepTo() * random.uniform());
        Map<String, Double> metrics = new LinkedHashMap<>();
        boolean absent = random.chance(0.05);
        if (!absent) {
            metrics.put("loss", loss);
        }
        metrics.put("gradient", random.chance(0.1) ? Double.POSITIVE_INFINITY : random.gaussian());
        List<Double> samples = new ArrayList<>();
        for (int i = random.index(4); i > 0; i--) {
            samples.add(random.chance(0.1) ? Double.NaN : random.gaussian());
        }
        Score score = state.study().scoreOf(metrics);
        CheckpointId checkpoint = new CheckpointId("%064x".formatted(random.nextLong() >>> 1));
        return new Event.IntervalFinished(attempt, score, metrics, samples, checkpoint, 100, execution);
    }
}
