package org.evolvent.core.internal.ipbt;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Within;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Need;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * Iterated PBT (Chebykin et al. 2025, arXiv 2511.09190), as far as it is documented: another strategy decides at the end of every outer
 * step only, and when the best score has stopped rising, all start again with steps that are longer by a factor. A step that is too short
 * makes PBT greedy, one that is too long wastes the budget, and nobody knows the right one before. The budget is the study's; restarts add
 * nothing to it.
 *
 * <p>An outer step is a number of the study's intervals, 1 at first. The best fitness of each outer step, as standard scores smoothed by a
 * Gaussian process, must not have risen for {@code patience} steps. Then every member draws its hyperparameters anew from the prior at its
 * next ready point and keeps its weights.
 *
 * <p>Deviations, and what is not documented: see {@link #DESCRIPTOR}.
 */
public final class Ipbt implements Strategy {
    private static final Option<Integer> PATIENCE =
            new Option<>("patience", OptionType.integer(1), 5, "the steps without improvement before a restart");
    private static final Option<Integer> GROWTH =
            new Option<>("growth", OptionType.integer(2), 2, "by how much a restart makes the steps longer");

    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.<Strategy>of(
                    "ipbt",
                    "PBT that starts again with longer steps when it gets nowhere.",
                    "Chebykin et al. 2025, as far as documented",
                    List.of(PATIENCE, GROWTH, Truncation.FRACTION, Perturb.FACTORS),
                    options -> new Ipbt(
                            new Pbt(
                                    new Truncation(options.get(Truncation.FRACTION)),
                                    new Perturb(options.get(Perturb.FACTORS), Perturb.RESAMPLE.byDefault()),
                                    Copied.EVERYTHING),
                            options.get(PATIENCE),
                            options.get(GROWTH)))
            .deviating("""
                    The authors shrink weights and perturb them at a restart, which is the trainer's business and is left out here; they \
                    choose the new hyperparameters by a Bayesian optimiser over restarts whose details we do not have, where we draw; \
                    their second criterion, of slow improvement, and their constants are not known to us, so that the defaults are our \
                    own; their smoothing process has a noise that varies, and ours does not. In asynchronous mode, a step is over when \
                    somebody ends the next one.""");

    /** The key of the evidence that says that a member starts again. */
    private static final String ITERATION = "iteration";

    private final Strategy strategy;
    private final int patience;
    private final int growth;
    private final int iteration;
    private final int length;
    private final OuterProgress progress;
    private final PerMember<Position> places;
    private final PerMember<Integer> intervals;

    /**
     * Where a member stands.
     *
     * @param iteration the one that it takes part in
     * @param since its first interval in it
     */
    private record Position(int iteration, int since) {
        private static final Position FIRST = new Position(0, 0);
    }

    /**
     * Creates one that has seen nothing yet.
     *
     * @param strategy decides at the end of each outer step
     * @param patience the outer steps without improvement before a restart, at least 1; 5 by default
     * @param growth by how much each restart makes the outer steps longer, at least 2; 2 by default
     */
    public Ipbt(Strategy strategy, int patience, int growth) {
        this(strategy, patience, growth, 0, 1, OuterProgress.NONE, PerMember.empty(), PerMember.empty());
        PATIENCE.require(patience);
        GROWTH.require(growth);
    }

    private Ipbt(
            Strategy strategy,
            int patience,
            int growth,
            int iteration,
            int length,
            OuterProgress progress,
            PerMember<Position> places,
            PerMember<Integer> intervals) {
        this.strategy = strategy;
        this.patience = patience;
        this.growth = growth;
        this.iteration = iteration;
        this.length = length;
        this.progress = progress;
        this.places = places;
        this.intervals = intervals;
    }

    private Position placeOf(MemberId member) {
        return places.get(member).orElse(Position.FIRST);
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        Strategy seen = strategy.observe(point);
        PerMember<Integer> counted = intervals.with(point.member(), point.interval());
        Position place = placeOf(point.member());
        if (place.iteration() < iteration) {
            return new Ipbt(seen, patience, growth, iteration, length, progress, places, counted);
        }
        int step = (point.interval() - place.since()) / length;
        boolean ends = step > progress.step();
        OuterProgress next = progress.with(step, point.fitness());
        // Asked once a step: a restart takes effect while the first members of the next one are ready.
        return ends && next.hasStagnated(patience)
                ? new Ipbt(seen, patience, growth, iteration + 1, longer(), OuterProgress.NONE, places, counted)
                : new Ipbt(seen, patience, growth, iteration, length, next, places, counted);
    }

    private int longer() {
        // No study has as many intervals.
        return (int) StrictMath.min(1 << 30, (long) length * growth);
    }

    @Override
    public Strategy observe(MemberId member, Decision decision) {
        boolean restarts = decision instanceof Decision.Explore explore
                && explore.evidence().facts().containsKey(ITERATION);
        PerMember<Position> moved = restarts
                ? places.with(
                        member, new Position(iteration, intervals.get(member).orElse(-1) + 1))
                : places;
        return new Ipbt(
                strategy.observe(member, decision), patience, growth, iteration, length, progress, moved, intervals);
    }

    @Override
    public Optional<Memory> memory() {
        return strategy.memory()
                .map(inner -> Memory.NONE
                        .with("strategy", inner)
                        .with("iteration", iteration)
                        .with("length", length)
                        .with("finished", progress.finished())
                        .with("step", progress.step())
                        .with("best", progress.best())
                        .with(
                                "places",
                                places,
                                place -> Memory.NONE
                                        .with("iteration", place.iteration())
                                        .with("since", place.since()))
                        .with("intervals", intervals, last -> Memory.NONE.with("last", last)));
    }

    @Override
    public Strategy remembering(Memory memory) {
        return new Ipbt(
                strategy.remembering(memory.memory("strategy")),
                patience,
                growth,
                memory.integer("iteration"),
                memory.integer("length"),
                new OuterProgress(memory.reals("finished"), memory.integer("step"), memory.real("best")),
                memory.perMember("places", row -> new Position(row.integer("iteration"), row.integer("since"))),
                memory.perMember("intervals", row -> row.integer("last")));
    }

    @Override
    public List<Need> needs() {
        return strategy.needs();
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        Position place = placeOf(self.member());
        if (!self.score().isValid()) {
            return strategy.decide(situation, random);
        }
        if (place.iteration() < iteration) {
            return List.of(restart(situation, random));
        }
        int done = (self.interval() - place.since()) % length + 1;
        if (done < length) {
            return List.of(new Decision.Continue(
                    "It has trained %s of the %s intervals of its step".formatted(done, length),
                    Evidence.NONE.with("done", done).with("length", length)));
        }
        return strategy.decide(situation, random);
    }

    private Decision restart(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        Handover handover = Handover.alone(situation.space(), situation.population(), self);
        Hyperparameters drawn = Within.explore(Ipbt::anew, handover, random).hyperparameters();
        return new Decision.Explore(
                self.hyperparameters(),
                drawn,
                "The best score has not risen for %s steps: everybody starts again, with steps of %s intervals"
                        .formatted(patience, length),
                Evidence.NONE.with(ITERATION, iteration).with("length", length));
    }

    private static Exploration anew(Handover handover, RandomStream random) {
        Hyperparameters drawn = handover.inherited();
        for (Parameter parameter : handover.space().parameters()) {
            if (parameter.isMovable()) {
                drawn = drawn.with(parameter.name(), parameter.domain().sample(random));
            }
        }
        return new Exploration(drawn, "It is drawn anew", Evidence.NONE);
    }
}
