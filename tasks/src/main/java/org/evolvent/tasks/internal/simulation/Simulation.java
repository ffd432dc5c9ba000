package org.evolvent.tasks.internal.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.internal.simulated.ForgetfulEventStore;
import org.evolvent.runtime.internal.simulated.SimulatedCheckpointStore;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedExecutor;
import org.evolvent.tasks.internal.SyntheticTask;

/**
 * One study of a strategy on a synthetic task, by the real driver in simulated time.
 *
 * @param task the task
 * @param strategy the strategy
 * @param mode when decisions are made
 * @param rules by which rules is selected
 * @param costs the slots and what everything costs
 */
public record Simulation(SyntheticTask task, Strategy strategy, Mode mode, Rules rules, SimulatedCosts costs) {
    /**
     * What came out.
     *
     * @param score the true score of the member that ranks best in the end
     * @param best the true score of the best result that there ever was
     * @param steps the training steps that were spent
     * @param last the last results of all members, from best to worst
     * @param copies the exploits that took weights over
     * @param wrongCopies those whose donor was truly worse than the member that it replaced; 0 where the task reports no truth
     * @param seconds the simulated wall-clock time
     * @param utilisation the share of the slots' time spent on attempts
     * @param mostBytes the most bytes of checkpoints that were held
     */
    public record Result(
            double score,
            double best,
            long steps,
            List<ReadyPoint> last,
            long copies,
            long wrongCopies,
            double seconds,
            double utilisation,
            long mostBytes) {}

    /** Creates one by the latest rules. */
    public Simulation(SyntheticTask task, Strategy strategy, Mode mode, SimulatedCosts costs) {
        this(task, strategy, mode, Rules.LATEST, costs);
    }

    /** Returns this under other rules. */
    public Simulation by(Rules others) {
        return new Simulation(task, strategy, mode, others, costs);
    }

    /** Returns a synchronous study with a slot for each member, in which only training takes time. */
    public static Simulation synchronous(SyntheticTask task, Strategy strategy) {
        return new Simulation(task, strategy, Mode.SYNCHRONOUS, SimulatedCosts.ofSlots(task.population()));
    }

    /** Runs it. */
    public Result run(long seed) {
        return run(seed, new StudyListener() {});
    }

    /** Runs it and shows every decision. */
    public Result run(long seed, Consumer<Event.Decided> watcher) {
        return run(seed, new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                for (Event event : events) {
                    if (event instanceof Event.Decided decided) {
                        watcher.accept(decided);
                    }
                }
            }
        });
    }

    /** Runs it and tells a listener. */
    public Result run(long seed, StudyListener listener) {
        var first = task.initial().apply(seed);
        Study study = Study.named(
                        task.name(), task.space(), task.objective(), Budget.ofSteps(task.steps()), task.intervalSteps())
                .population(task.population())
                .initial(first.subList(0, StrictMath.min(first.size(), task.population())))
                .strategy(strategy)
                .mode(mode)
                .rules(rules)
                .seed(seed)
                .build();
        SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
        Copies copies = new Copies(listener);
        try (SimulatedExecutor executor = new SimulatedExecutor(task.trainer(), checkpoints, costs, seed)) {
            StudyState end = StudyDriver.of(study, new ForgetfulEventStore(), checkpoints, executor)
                    .clock(executor)
                    .listener(copies)
                    .run();
            long steps = 0;
            for (Member member : end.population()) {
                steps += member.trained();
            }
            List<ReadyPoint> last = new ArrayList<>();
            end.population().ranking().forEach(last::add);
            return new Result(
                    truth(last.get(0)),
                    truth(end.population().best().orElse(last.get(0))),
                    steps,
                    last,
                    copies.all,
                    copies.wrong,
                    executor.instant().toEpochMilli() / 1000.0,
                    executor.utilisation(),
                    checkpoints.mostBytes());
        }
    }

    /** Returns a point's score without noise. */
    static double truth(ReadyPoint point) {
        return point.metrics().getOrDefault(SyntheticTask.TRUTH, point.fitness());
    }

    /** Counts copies against what was known before them. */
    private static final class Copies implements StudyListener {
        private final StudyListener listener;
        private final Map<MemberId, Double> truths = new HashMap<>();
        private long all;
        private long wrong;

        private Copies(StudyListener listener) {
            this.listener = listener;
        }

        @Override
        public void committed(Supplier<StudyState> state, List<? extends Event> events) {
            listener.committed(state, events);
            for (Event event : events) {
                if (event instanceof Event.Decided decided) {
                    if (decided.decision() instanceof Decision.Exploit exploit
                            && exploit.weights().isPresent()) {
                        count(decided.member(), exploit.donor());
                    }
                } else if (event instanceof Event.IntervalFinished finished) {
                    Double truth = finished.metrics().get(SyntheticTask.TRUTH);
                    if (truth != null) {
                        truths.put(finished.attempt().member(), truth);
                    }
                }
            }
        }

        private void count(MemberId loser, MemberId donor) {
            all++;
            if (truths.getOrDefault(donor, 0.0) < truths.getOrDefault(loser, 0.0)) {
                wrong++;
            }
        }
    }
}
