package org.evolvent.core.explore.bandit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.jspecify.annotations.Nullable;

/**
 * Population based bandits: explores where a time-varying Gaussian process expects the score to rise fastest (PB2, Parker-Holder et al.
 * 2020, arXiv 2002.02518). Unordered choices are inherited or drawn anew (PB2-Rand), or chosen by a bandit of their own (PB2-Mix,
 * Parker-Holder et al. 2021, arXiv 2106.15883). Combined with truncation of a quarter by the authors.
 *
 * <p>The upper confidence bound is mean + sqrt(0.2 ln(0.4 n)) sd, n the number of results; proposals that nobody has measured yet count as
 * seen in the sd. Deviations: see {@link RewardModel} and {@link CategoryBandit}; the bound is maximised by random candidates and compass
 * search instead of L-BFGS; the window is the latest 1000 results as in later code of the authors, without the likelihood search of the
 * first.
 */
public final class Pb2 implements Explore {
    /** How unordered choices are made. */
    public enum Categories {
        /** Drawn anew with probability one half, else inherited: PB2-Rand. */
        RANDOM,
        /** By TV.EXP3.M: PB2-Mix. */
        BANDIT
    }

    /** The default number of results that the model looks back on. */
    public static final int DEFAULT_WINDOW = 1000;

    private static final int CANDIDATES = 200;
    private static final int REFINED = 3;

    private final Categories categories;
    private final RewardHistory history;

    /**
     * Creates one that has seen nothing yet.
     *
     * @param categories how unordered choices are made
     * @param window the number of results to look back on, at least 4; 1000 take less than a second
     */
    public Pb2(Categories categories, int window) {
        this(categories, RewardHistory.empty(window));
        if (window < 4) {
            throw new IllegalArgumentException("The window is %s results but must be at least 4".formatted(window));
        }
    }

    private Pb2(Categories categories, RewardHistory history) {
        this.categories = categories;
        this.history = history;
    }

    /** Without knowledge of who copied whom there is no score to start from; what is inherited is kept. */
    @Override
    public Exploration explore(SearchSpace space, Hyperparameters inherited, Hyperparameters own, RandomStream random) {
        return new Exploration(inherited, "There is no result to learn from", Evidence.NONE);
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        if (history.rows().size() < 2) {
            return new Exploration(
                    handover.inherited(),
                    "The model has %s results but needs 2; what was inherited is kept"
                            .formatted(history.rows().size()),
                    Evidence.NONE.with("results", history.rows().size()));
        }
        Hyperparameters start = withCategories(handover, random);
        RewardModel model = new RewardModel(handover.space(), history.rows(), history.pending());
        ReadyPoint donor = handover.donor();
        Scored best = best(model, donor, start, random);
        return new Exploration(
                best.hyperparameters(),
                "The model of %s results expects the fastest gain there"
                        .formatted(history.rows().size()),
                Evidence.NONE
                        .with("results", history.rows().size())
                        .with("pending", history.pending().size())
                        .with("bound", best.bound())
                        .with("bound_inherited", model.bound(donor.step(), donor.fitness(), handover.inherited())));
    }

    private Hyperparameters withCategories(Handover handover, RandomStream random) {
        Hyperparameters chosen = handover.inherited();
        for (Parameter parameter : handover.space().parameters()) {
            if (!parameter.fixed()
                    && parameter.domain().canMove()
                    && parameter.domain() instanceof Choice choice
                    && !choice.ordered()) {
                Value inherited = chosen.get(parameter.name());
                Value drawn = categories == Categories.BANDIT
                        ? CategoryBandit.drawn(parameter.name(), choice, history.rows(), random)
                        : random.chance(0.5) ? choice.sample(random) : inherited;
                chosen = chosen.with(parameter.name(), drawn);
            }
        }
        return chosen;
    }

    private record Scored(Hyperparameters hyperparameters, double bound) {}

    /** Random candidates and what was inherited; the best few climb. */
    private static Scored best(RewardModel model, ReadyPoint donor, Hyperparameters start, RandomStream random) {
        List<Scored> scored = new ArrayList<>();
        scored.add(scored(model, donor, start));
        for (int i = 0; i < CANDIDATES && !model.ordered().isEmpty(); i++) {
            Hyperparameters candidate = start;
            for (Parameter parameter : model.ordered()) {
                candidate = candidate.with(parameter.name(), parameter.domain().at(random.uniform()));
            }
            scored.add(scored(model, donor, candidate));
        }
        scored.sort(Comparator.comparingDouble(Scored::bound).reversed());
        Scored best = scored.get(0);
        for (Scored from : scored.subList(0, StrictMath.min(REFINED, scored.size()))) {
            Scored climbed = climbed(model, donor, from);
            best = climbed.bound() > best.bound() ? climbed : best;
        }
        return best;
    }

    private static Scored climbed(RewardModel model, ReadyPoint donor, Scored from) {
        Scored at = from;
        for (double step = 0.1; step > 0.005; ) {
            Scored before = at;
            for (Parameter parameter : model.ordered()) {
                double position =
                        parameter.domain().position(at.hyperparameters().get(parameter.name()));
                for (double to : new double[] {position - step, position + step}) {
                    Value value = parameter.domain().at(StrictMath.max(0, StrictMath.min(1, to)));
                    Scored moved = scored(model, donor, before.hyperparameters().with(parameter.name(), value));
                    at = moved.bound() > at.bound() ? moved : at;
                }
            }
            step = at.equals(before) ? step / 2 : step;
        }
        return at;
    }

    private static Scored scored(RewardModel model, ReadyPoint donor, Hyperparameters hyperparameters) {
        return new Scored(hyperparameters, model.bound(donor.step(), donor.fitness(), hyperparameters));
    }

    @Override
    public Explore observe(ReadyPoint point) {
        return new Pb2(categories, history.after(point));
    }

    @Override
    public Explore observe(MemberId member, Decision decision) {
        return new Pb2(categories, history.after(member, decision));
    }

    /** Equal when they are set alike; what they have seen so far does not make them another operator. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pb2 that && categories == that.categories && history.window() == that.history.window();
    }

    @Override
    public int hashCode() {
        return Map.entry(categories.name(), history.window()).hashCode();
    }
}
