package org.evolvent.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.bandit.Pb2;
import org.evolvent.core.internal.bandit.Pb2.Categories;
import org.evolvent.core.internal.bandit.TrustRegion;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/**
 * How long a model-based explore operator takes for a proposal: to fit its Gaussian process to a full window and to search the bound's
 * maximum, for 6 parameters, one of them a category. Prints one line each; the time is the thread's, so that it means the same on a busy
 * machine.
 */
public final class ModelCost {
    private static final int MEMBERS = 8;
    private static final int PROPOSALS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            real("a"),
            real("b"),
            real("c"),
            real("d"),
            real("e"),
            new Parameter("kind", new Choice(List.of(Value.of("x"), Value.of("y"), Value.of("z")), false), false)));

    private ModelCost() {}

    /**
     * Runs.
     *
     * @param arguments the number of observations; 1,000 by default
     */
    public static void main(String[] arguments) {
        int observations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        Map<String, Explore> operators = Map.of(
                "PB2-Mix", new Pb2(Categories.BANDIT, observations), "trust region", new TrustRegion(observations));
        operators.forEach((name, operator) -> measure(name, operator, observations));
    }

    private static Parameter real(String name) {
        return new Parameter(name, new Reals(0, 1, Scale.LINEAR), false);
    }

    private static void measure(String name, Explore operator, int observations) {
        RandomStream random = new RandomStream(1);
        double[] scores = new double[MEMBERS];
        Explore learned = operator;
        ReadyPoint last = point(0, 0, 0, SPACE.sample(random));
        for (int i = 0; i < observations + MEMBERS; i++) {
            int member = i % MEMBERS;
            Hyperparameters hyperparameters = SPACE.sample(random);
            scores[member] +=
                    StrictMath.exp(-3 * StrictMath.abs(hyperparameters.real("a") - 0.4)) + 0.1 * random.gaussian();
            last = point(member, i / MEMBERS, scores[member], hyperparameters);
            learned = learned.observe(last);
        }
        Handover handover = new Handover(SPACE, Population.of(List.of()), last, last, last.hyperparameters());
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < PROPOSALS; i++) {
            learned.explore(handover, random);
        }
        long spent = THREADS.getCurrentThreadCpuTime() - before;
        System.out.printf(
                Locale.ROOT, "%s, %d observations: %.0f ms a proposal%n", name, observations, spent / 1e6 / PROPOSALS);
    }

    private static ReadyPoint point(int member, int interval, double score, Hyperparameters hyperparameters) {
        MemberId id = new MemberId(member);
        long step = 10L * (interval + 1);
        return new ReadyPoint(
                id,
                interval,
                step,
                new Score.Valid(score),
                score,
                List.of(),
                hyperparameters,
                Optional.of(new CheckpointRef(
                        id, interval, step, new CheckpointId("%08x%08x".formatted(member, interval)))));
    }
}
