package org.evolvent.core.internal.ipbt;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.Ranking;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * Iterated PBT (Chebykin et al. 2025, arXiv 2511.09190, and its program): another strategy decides at the end of every outer step only, and
 * when the best score has stopped rising, all start again with steps that are longer by a factor. A step that is too short makes PBT greedy,
 * one that is too long wastes the budget, and nobody knows the right one before. The budget is the study's; restarts add nothing to it.
 *
 * <p>An outer step is a number of the study's intervals, 1 at first. The best fitness of each outer step of an iteration, smoothed by a
 * Gaussian process, must rise: after {@code patience} steps in a row that are not above the one before, or when the best of the last {@code
 * slow} steps is less than a standard deviation above what was before, everybody starts again at its next ready point: with the weights of
 * one of the best {@code fraction}, its own if it is among them, and hyperparameters drawn anew from the prior.
 *
 * <p>The authors shrink these weights to 0.2 of what they are and add 0.1 of fresh ones, and give every other member fresh ones altogether.
 * Weights are the trainer's business: a parameter that is a fixed choice, {@code renew}, has its first value as a rule, and one of the
 * others, drawn uniformly, for the one interval that begins an iteration: {@code weights: {choice: [keep, shrink, fresh], fixed: true}}.
 *
 * <p>Deviations: see {@link #DESCRIPTOR}.
 */
public final class Ipbt implements Strategy {
    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.<Strategy>of(
                    "ipbt",
                    "PBT that starts again with longer steps when it gets nowhere.",
                    "Chebykin et al. 2025",
                    Stream.concat(Terms.OPTIONS.stream(), Stream.of(Perturb.FACTORS))
                            .toList(),
                    options -> {
                        Terms terms = Terms.of(options);
                        return new Ipbt(
                                new Pbt(
                                        new Truncation(terms.fraction()),
                                        new Perturb(options.get(Perturb.FACTORS), Perturb.RESAMPLE.byDefault()),
                                        Copied.EVERYTHING),
                                terms);
                    })
            .deviating("""
                    Hyperparameters are perturbed within an iteration, where the authors propose them as BG-PBT does, and all are drawn at a \
                    restart, where half of theirs come from a model of earlier iterations: early restarts are alike, later ones learn \
                    less. They train twice the members for one step after a restart and keep the better half; a population is fixed here. \
                    They do not restart when fewer than two of the longer steps are left, which a strategy does not know here: a late \
                    restart costs what it would have gained, but not the best model of before. Progress is smoothed by a process of \
                    constant noise and a Gaussian kernel over the latest 100 steps, theirs by a variational one with a Matern kernel over \
                    all. Their steps may also grow by a constant. In asynchronous mode, a step is over when somebody ends the next one, \
                    and each member starts again when it is ready.""");

    /** The key of the evidence that says that a member starts again. */
    private static final String ITERATION = "iteration";

    private final Strategy strategy;
    private final Terms terms;
    private final int iteration;
    private final int length;
    private final OuterProgress progress;

    /** The latest steps in a row that were not above the one before. */
    private final int failures;

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
     * @param terms when it starts again, and how
     */
    Ipbt(Strategy strategy, Terms terms) {
        this(strategy, terms, 0, 1, OuterProgress.NONE, 0, PerMember.empty(), PerMember.empty());
    }

    private Ipbt(
            Strategy strategy,
            Terms terms,
            int iteration,
            int length,
            OuterProgress progress,
            int failures,
            PerMember<Position> places,
            PerMember<Integer> intervals) {
        this.strategy = strategy;
        this.terms = terms;
        this.iteration = iteration;
        this.length = length;
        this.progress = progress;
        this.failures = failures;
        this.places = places;
        this.intervals = intervals;
    }

    @Override
    public Strategy ofFirstRules() {
        return new Ipbt(strategy.ofFirstRules(), terms.ofFirstRules());
    }

    @Override
    public List<Hyperparameters> first(SearchSpace space, List<RandomStream> streams) {
        return strategy.first(space, streams).stream()
                .map(drawn -> terms.usual(space, drawn))
                .toList();
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
            return new Ipbt(seen, terms, iteration, length, progress, failures, places, counted);
        }
        int step = (point.interval() - place.since()) / length;
        OuterProgress next = progress.with(step, point.fitness());
        if (step <= progress.step()) {
            return new Ipbt(seen, terms, iteration, length, next, failures, places, counted);
        }
        int failed = terms.areFirst() || next.hasRisen() ? 0 : failures + 1;
        // Asked once a step: a restart takes effect while the first members of the next one are ready.
        return terms.call(next, failed)
                ? new Ipbt(seen, terms, iteration + 1, longer(), OuterProgress.NONE, 0, places, counted)
                : new Ipbt(seen, terms, iteration, length, next, failed, places, counted);
    }

    private int longer() {
        // No study has as many intervals.
        return (int) StrictMath.min(1 << 30, (long) length * terms.growth());
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
                strategy.observe(member, decision), terms, iteration, length, progress, failures, moved, intervals);
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
                        .with("failures", failures)
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
                terms,
                memory.integer("iteration"),
                memory.integer("length"),
                new OuterProgress(memory.reals("finished"), memory.integer("step"), memory.real("best")),
                memory.integer("failures"),
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
        if (self.score().isValid() && place.iteration() < iteration) {
            return restart(situation, random);
        }
        int done = (self.interval() - place.since()) % length + 1;
        if (self.score().isValid() && done < length) {
            return usual(
                    situation,
                    List.of(new Decision.Continue(
                            "It has trained %s of the %s intervals of its step".formatted(done, length),
                            Evidence.NONE.with("done", done).with("length", length))));
        }
        return usual(situation, strategy.decide(situation, random));
    }

    /** Returns decisions by which the trainer goes on as usual, whatever it was told at a restart. */
    private List<Decision> usual(Situation situation, List<Decision> decisions) {
        Hyperparameters own = situation.ready().hyperparameters();
        return decisions.stream()
                .map(decision -> {
                    if (decision instanceof Decision.Exploit copy) {
                        return new Decision.Exploit(
                                copy.donor(),
                                copy.donorInterval(),
                                copy.weights(),
                                copy.before(),
                                terms.usual(situation.space(), copy.after()),
                                copy.reason(),
                                copy.evidence());
                    }
                    if (decision instanceof Decision.Explore explore) {
                        return new Decision.Explore(
                                decisions.size() == 1
                                        ? explore.before()
                                        : terms.usual(situation.space(), explore.before()),
                                terms.usual(situation.space(), explore.after()),
                                explore.reason(),
                                explore.evidence());
                    }
                    Hyperparameters usual = terms.usual(situation.space(), own);
                    return decision instanceof Decision.Stop || usual.equals(own)
                            ? decision
                            : new Decision.Explore(own, usual, decision.reason(), decision.evidence());
                })
                .toList();
    }

    private List<Decision> restart(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        Hyperparameters own = self.hyperparameters();
        Optional<ReadyPoint> donor = terms.areFirst() ? Optional.empty() : survivor(situation, random);
        Hyperparameters inherited = donor.map(ReadyPoint::hyperparameters).orElse(own);
        Handover handover =
                new Handover(situation.space(), situation.population(), self, donor.orElse(self), inherited);
        Hyperparameters drawn = Within.explore(Ipbt::anew, handover, random).hyperparameters();
        String reason = (terms.areFirst()
                        ? "The best score has not risen for %s steps".formatted(terms.patience())
                        : "The best score has stopped rising")
                + ": everybody starts again, with steps of %s intervals".formatted(length);
        Evidence evidence = Evidence.NONE.with(ITERATION, iteration).with("length", length);
        Decision explore =
                new Decision.Explore(inherited, terms.renewed(situation.space(), drawn, random), reason, evidence);
        return donor.map(from -> List.<Decision>of(
                        new Decision.Exploit(
                                from.member(),
                                from.interval(),
                                from.checkpoint(),
                                own,
                                inherited,
                                reason + ", from the best weights",
                                evidence.with("donor_fitness", from.fitness())),
                        explore))
                .orElseGet(() -> List.of(explore));
    }

    /** Returns one of the best, drawn uniformly, whose weights a member goes on with; empty when it is one of them. */
    private Optional<ReadyPoint> survivor(Situation situation, RandomStream random) {
        Ranking ranking = situation.population().ranking();
        int share =
                (int) StrictMath.round(terms.fraction() * situation.population().size());
        int best = StrictMath.min(ranking.valid(), StrictMath.max(1, share));
        boolean isAmongThem = ranking.rankOf(situation.point()) < best;
        return isAmongThem || best == 0
                ? Optional.empty()
                : Optional.of(ranking.at(random.index(best)))
                        .filter(from -> from.fitness() > situation.point().fitness());
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
