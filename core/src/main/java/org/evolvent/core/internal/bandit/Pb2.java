package org.evolvent.core.internal.bandit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.bandit.Region.Scored;
import org.evolvent.core.internal.bandit.RewardHistory.Row;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;
import org.jspecify.annotations.Nullable;

/**
 * Population based bandits: explores where a time-varying Gaussian process expects the score to rise fastest (PB2, Parker-Holder et al.
 * 2020, arXiv 2002.02518). Unordered choices are made in the three ways of Parker-Holder et al. 2021 (arXiv 2106.15883). Combined with
 * truncation of a quarter by the authors.
 *
 * <p>An observation is the gain of an interval per step, under the hyperparameters, the step at its end and the score at its beginning; the
 * first interval after a copy begins with the score of what was copied. A proposal is made for the donor's latest step and score. Gains are standard
 * scores clipped at 2. The upper confidence bound is mean + sqrt(0.2 ln(0.4 n)) sd, n the number of results, and the mean alone below 2.5;
 * proposals that nobody has measured yet count as seen in the sd. With fewer than 2 results, what is inherited is kept.
 *
 * <p>Deviations: see {@link #DESCRIPTOR}.
 */
public final class Pb2 implements Explore {
    /** How unordered choices are made. */
    public enum Categories {
        /** Drawn anew with probability one half, else inherited, and unknown to the model: PB2-Rand. */
        RANDOM,
        /** By TV.EXP3.M, each with a model of the results that had the same categories: PB2-Mult. */
        SEPARATE,
        /** By TV.EXP3.M, with one model of all results that knows how alike categories are: PB2-Mix. */
        BANDIT
    }

    private static final Option<Categories> CATEGORIES =
            new Option<>("categories", OptionType.word(words()), Categories.BANDIT, "how unordered choices are made");
    private static final Option<Integer> WINDOW =
            new Option<>("window", OptionType.integer(4), 1000, "the results to look back on");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.<Explore>of(
                    "pb2",
                    "A model of the improvements proposes them; categories bandit is PB2-Mix, separate PB2-Mult, random PB2-Rand.",
                    "Parker-Holder et al. 2020, 2021",
                    List.of(CATEGORIES, WINDOW),
                    options -> new Pb2(options.get(CATEGORIES), options.get(WINDOW)))
            .deviating("""
                    A proposal assumes the score that the donor has, where the code of the authors takes the one before its last \
                    interval: theirs looks one interval back, which matters little as scores change slowly. The first gain after a copy is \
                    measured from what the copied checkpoint scored, whichever it is, and theirs from the donor's latest score. What was \
                    inherited is kept until there are 2 results of anybody, in their code until the donor itself has one. Integers are \
                    rounded and not cut off, which makes them no smaller than proposed. The bound is maximised by random candidates and compass search instead of L-BFGS; it adds standard \
                    deviations, as the theory has it, and not variances, as the code does. The kernel is fitted by compass search on at \
                    most %s evenly spaced results and not by gradients on all. What nobody has measured yet counts as seen to be what the \
                    model expects, where the code says 0 and fits the kernel of the variance again with that: for the same kernel, the variance, \
                    all that it is for, is the same. What members train with that have proposed nothing is not among it. The window is the latest 1000 \
                    results as in later code of the authors, without the likelihood search of the first. Of the bandit, every result \
                    is a round of its own, since asynchronous members do not come in batches; its weights are updated as the paper's \
                    formula says, w exp(..) + term, and not w (exp(..) + term) as in the code; its number of rounds is that of the \
                    results so far, and not a tenth of those planned.""".formatted(RewardModel.MOST_FITTED));

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
        WINDOW.require(window);
    }

    private static Map<String, Categories> words() {
        Map<String, Categories> words = new LinkedHashMap<>();
        words.put("bandit", Categories.BANDIT);
        words.put("separate", Categories.SEPARATE);
        words.put("random", Categories.RANDOM);
        return words;
    }

    private Pb2(Categories categories, RewardHistory history) {
        this.categories = categories;
        this.history = history;
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
        Tunable tunable = Tunable.of(handover.space());
        boolean knowsCategories = categories == Categories.BANDIT;
        RewardHistory known = categories == Categories.SEPARATE ? history.like(start, tunable.unordered()) : history;
        List<Row> rows = known.rows();
        if (rows.size() < 2) {
            return new Exploration(
                    start,
                    "The model of these categories has %s results but needs 2; what was inherited is kept"
                            .formatted(rows.size()),
                    Evidence.NONE.with("results", rows.size()));
        }
        RewardModel model = new RewardModel(
                knowsCategories ? tunable.all() : tunable.ordered(),
                TimeVaryingKernel.family(knowsCategories ? tunable.unordered().size() : 0),
                rows,
                known.pending(),
                RewardModel::clipped,
                StrictMath.sqrt(StrictMath.max(0, 0.2 * StrictMath.log(0.4 * rows.size()))));
        Scored best = new Region(start, tunable.ordered(), 1, List.of(), 0)
                .best(candidate -> model.bound(handover.donor(), candidate), random);
        return new Exploration(
                best.hyperparameters(),
                "The model of %s results expects the fastest gain there".formatted(rows.size()),
                Evidence.NONE
                        .with("results", rows.size())
                        .with("pending", known.pending().size())
                        .with("bound", best.bound())
                        .with("bound_inherited", model.bound(handover.donor(), handover.inherited())));
    }

    private Hyperparameters withCategories(Handover handover, RandomStream random) {
        Hyperparameters chosen = handover.inherited();
        for (Parameter parameter : handover.space().parameters()) {
            if (parameter.isMovable() && parameter.domain() instanceof Choice choice && !choice.ordered()) {
                Value inherited = chosen.get(parameter.name());
                Value drawn = categories != Categories.RANDOM
                        ? CategoryBandit.drawn(parameter.name(), choice, history.rows(), random)
                        : random.chance(0.5) ? choice.sample(random) : inherited;
                chosen = chosen.with(parameter.name(), drawn);
            }
        }
        return chosen;
    }

    @Override
    public Explore ofFirstRules() {
        return new Pb2(categories, history.ofFirstRules());
    }

    @Override
    public Explore observe(ReadyPoint point) {
        return new Pb2(categories, history.after(point));
    }

    @Override
    public Explore observe(MemberId member, Decision decision) {
        return new Pb2(categories, history.after(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return Optional.of(history.memory());
    }

    @Override
    public Explore remembering(Memory memory) {
        return new Pb2(categories, history.remembering(memory));
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
