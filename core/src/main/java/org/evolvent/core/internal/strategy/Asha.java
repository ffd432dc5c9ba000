package org.evolvent.core.internal.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Need;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * A baseline: asynchronous successive halving (Li et al. 2020, arXiv 1810.05934) in its stopping form. At the rungs, after grace, grace
 * eta, grace eta^2, ... intervals, a member goes on when it is among the best 1/eta of all that reached the rung so far, and stops for good
 * otherwise. Hyperparameters stay constant.
 *
 * <p>Deviations: see {@link #DESCRIPTOR}. As many members as {@link #membersOfEqualCompute} says spend what others spend,
 * and the last of them reach their end.
 *
 * @param grace the intervals before the first rung, at least 1
 * @param eta the reduction factor, at least 2
 * @param rungs the fitness of all that reached each rung; empty in the beginning
 */
public record Asha(int grace, int eta, List<List<Double>> rungs) implements Strategy {
    private static final Option<Integer> GRACE =
            new Option<>("grace", OptionType.integer(1), 1, "the intervals before the first rung");
    private static final Option<Integer> ETA = new Option<>("eta", OptionType.integer(2), 4, "the reduction factor");

    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.<Strategy>of(
                    "asha",
                    "Bad members stop early.",
                    "Li et al. 2020",
                    List.of(GRACE, ETA),
                    options -> new Asha(options.get(GRACE), options.get(ETA)))
            .deviating(
                    "Whoever stops is not followed by a new configuration, since the population of a study is fixed; for equal compute give it more members.");

    public Asha {
        rungs = List.copyOf(rungs);
        GRACE.require(grace);
        ETA.require(eta);
    }

    /** Creates one that has seen nothing yet. */
    public Asha(int grace, int eta) {
        this(grace, eta, List.of());
    }

    @Override
    public List<Need> needs() {
        return List.of(new Need(2, grace + 1L, GRACE.name(), "nobody would ever be stopped early"));
    }

    @Override
    public int membersOfEqualCompute(int population, long steps, long intervalSteps, long burnInSteps) {
        double budget = (double) population * steps;
        long fit = population;
        long tooMany = Integer.MAX_VALUE;
        while (tooMany - fit > 1) {
            long middle = (fit + tooMany) >>> 1;
            if (cost(middle, steps, intervalSteps, burnInSteps) <= budget) {
                fit = middle;
            } else {
                tooMany = middle;
            }
        }
        return (int) fit;
    }

    /** Returns the steps that so many members train together when all that reach a rung are compared there, and no two are equal. */
    private double cost(long members, long steps, long intervalSteps, long burnInSteps) {
        double cost = 0;
        long left = members;
        long from = 0;
        for (double rung = grace; from < steps; rung *= eta) {
            long to = (long) StrictMath.min(rung * intervalSteps, steps);
            cost += (double) left * (to - from);
            from = to;
            left = to < burnInSteps ? left : kept(left);
        }
        return cost;
    }

    /** Returns how many of those that reached a rung go on. */
    private long kept(long reached) {
        return StrictMath.max(1, (reached + eta - 1) / eta);
    }

    /** Returns the rung that a number of intervals reaches, from 0; -1 between two rungs. */
    private int rungOf(int intervals) {
        long at = grace;
        for (int rung = 0; at <= intervals; rung++, at *= eta) {
            if (at == intervals) {
                return rung;
            }
        }
        return -1;
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        int rung = rungOf(point.interval() + 1);
        if (rung < 0) {
            return this;
        }
        List<List<Double>> more = new ArrayList<>(rungs);
        while (more.size() <= rung) {
            more.add(List.of());
        }
        List<Double> reached = new ArrayList<>(more.get(rung));
        reached.add(point.fitness());
        more.set(rung, List.copyOf(reached));
        return new Asha(grace, eta, more);
    }

    @Override
    public Optional<Memory> memory() {
        return Optional.of(Memory.NONE.with("rungs", rungs));
    }

    @Override
    public Strategy remembering(Memory memory) {
        return new Asha(grace, eta, memory.lists("rungs"));
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        int rung = rungOf(self.interval() + 1);
        if (rung < 0 || rung >= rungs.size()) {
            return List.of(new Decision.Continue("It is between two rungs", Evidence.NONE));
        }
        List<Double> reached = rungs.get(rung);
        long better = reached.stream().filter(other -> other > self.fitness()).count();
        long kept = kept(reached.size());
        Evidence evidence =
                Evidence.NONE.with("rung", rung).with("rank", better + 1).with("reached", reached.size());
        String reason =
                "It ranks %s of %s at rung %s, of which %s go on".formatted(better + 1, reached.size(), rung, kept);
        return List.of(
                self.score().isValid() && better < kept
                        ? new Decision.Continue(reason, evidence)
                        : new Decision.Stop(reason, evidence));
    }
}
