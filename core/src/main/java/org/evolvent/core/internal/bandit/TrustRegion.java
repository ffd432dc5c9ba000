package org.evolvent.core.internal.bandit;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.bandit.Region.Scored;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * BG-PBT's way to explore (Wan et al. 2022, arXiv 2207.09405, section 3.1, after Casmopolitan): a time-varying Gaussian process of mixed
 * spaces proposes inside a trust region around the donor's hyperparameters. The region grows by half after {@value #SUCCESSES} successes in
 * a row and shrinks by as much after {@value #FAILURES} failures; a round is a success when the best member in it trained with what was
 * proposed. A region that would fall below its least size starts anew, and the model forgets all that it has seen. Combined by the authors
 * with truncation of an eighth and, where only hyperparameters are searched, with backtracking to the best checkpoint.
 *
 * <p>Gains are replaced by the normal deviates of their ranks; the bound is mean + 3 sd; proposals that nobody has measured yet count as
 * seen in the sd. The region's box has a side of 0.4 of each domain at first, from 0.15 to 1; of the categories, a share of 1 at first, from
 * 0.1 to 1, may differ from the donor's, at least one.
 *
 * <p>A round is the interval of one number of all members; it is over when somebody ends the next one, which in asynchronous mode leaves
 * out whoever is later. Deviations: see {@link #DESCRIPTOR}.
 */
public final class TrustRegion implements Explore {
    private static final Option<Integer> WINDOW =
            new Option<>("window", OptionType.integer(4), 100, "the results to look back on");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.<Explore>of(
                    "trust_region",
                    "A model of the improvements proposes them near the winner's; the authors add truncation of 0.125 and backtrack.",
                    "BG-PBT, Wan et al. 2022",
                    List.of(WINDOW),
                    options -> new TrustRegion(options.get(WINDOW)))
            .deviating("""
                    Architectures are not searched and no generation is distilled into the next, since both are the trainer's business; \
                    so a region starts anew by its size alone, and not after 15 or 20 rounds without improvement either, nor by a guided \
                    restart: a model that gets nowhere is kept longer. With `backtrack`, the region lies around the hyperparameters of the \
                    best checkpoint, which made the copied weights, and the authors' around those of the donor that was drawn, which \
                    explores a little more; and the first gain after a copy is measured from what the copied checkpoint scored, where their \
                    program measures it from the donor's score: to go back to the best looks like a rise there. In asynchronous mode, a \
                    round leaves out whoever is later than the first result of the next. The box is not stretched by length scales, of \
                    which there is one for all. With fewer than 2 results, hyperparameters are drawn from the prior, as PBT-Zoo does, and the \
                    authors with fewer than members; such a draw counts as a proposal here, which with so few makes no round's difference. \
                    They train 24 members and keep the best 8, and let intervals get shorter. Proposals keep away from other proposals, \
                    theirs also from what all others train with. The model is fitted as that of pb2.""");

    static final int SUCCESSES = 3;
    static final int FAILURES = 10;
    private static final double CONFIDENCE = 3;

    /** The key of the evidence that says what was proposed here; other operators may add to it. */
    private static final String SIZE = "trust_region";

    private final RewardHistory history;
    private final Size size;
    private final Round round;

    /**
     * How large the region is.
     *
     * @param length the side of the box, in shares of each domain
     * @param share of the categories that may differ
     * @param successes in a row, at most one of both is above 0
     * @param failures in a row
     */
    record Size(double length, double share, int successes, int failures) {
        static final Size FIRST = new Size(0.4, 1, 0, 0);

        private static final double LEAST_LENGTH = 0.15;
        private static final double LEAST_SHARE = 0.1;
        private static final double FACTOR = 1.5;

        /** Returns the size after one more round. */
        Size after(boolean success) {
            if (success) {
                return successes + 1 < SUCCESSES ? new Size(length, share, successes + 1, 0) : times(FACTOR);
            }
            return failures + 1 < FAILURES ? new Size(length, share, 0, failures + 1) : times(1 / FACTOR);
        }

        private Size times(double factor) {
            return new Size(StrictMath.min(1, length * factor), StrictMath.min(1, share * factor), 0, 0);
        }

        boolean isTooSmall() {
            return length < LEAST_LENGTH || share < LEAST_SHARE;
        }
    }

    /**
     * The round that goes on.
     *
     * @param interval its number; -1 before the first
     * @param best the best fitness in it
     * @param isProposed whether that was reached with what was proposed
     * @param proposed how many of its results were reached so
     * @param proposals who trains with what was proposed
     */
    private record Round(int interval, double best, boolean isProposed, int proposed, PerMember<Boolean> proposals) {
        private static final Round NONE = new Round(-1, Double.NEGATIVE_INFINITY, false, 0, PerMember.empty());

        private Round with(ReadyPoint point) {
            boolean fromHere = proposals.get(point.member()).isPresent();
            boolean isBetter = point.fitness() > best;
            return new Round(
                    interval,
                    isBetter ? point.fitness() : best,
                    isBetter ? fromHere : isProposed,
                    proposed + (fromHere ? 1 : 0),
                    proposals);
        }

        private Round next(int number) {
            return new Round(number, Double.NEGATIVE_INFINITY, false, 0, proposals);
        }

        private Round knowing(PerMember<Boolean> who) {
            return new Round(interval, best, isProposed, proposed, who);
        }
    }

    /**
     * Creates one that has seen nothing yet.
     *
     * @param window the number of results to look back on, at least 4; 100 by default
     */
    public TrustRegion(int window) {
        this(RewardHistory.empty(window), Size.FIRST, Round.NONE);
        if (window < 4) {
            throw new IllegalArgumentException("The window is %s results but must be at least 4".formatted(window));
        }
    }

    private TrustRegion(RewardHistory history, Size size, Round round) {
        this.history = history;
        this.size = size;
        this.round = round;
    }

    Size size() {
        return size;
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Tunable tunable = Tunable.of(handover.space());
        int results = history.rows().size();
        Evidence evidence = Evidence.NONE.with(SIZE, size.length()).with("results", results);
        if (results < 2) {
            Hyperparameters drawn = handover.inherited();
            for (Parameter parameter : tunable.all()) {
                drawn = drawn.with(parameter.name(), parameter.domain().sample(random));
            }
            return new Exploration(
                    drawn, "The model has %s results but needs 2; it is drawn anew".formatted(results), evidence);
        }
        RewardModel model = new RewardModel(
                tunable.all(),
                TrustRegionKernel.family(tunable.unordered().size()),
                history.rows(),
                history.pending(),
                RewardModel::ranked,
                CONFIDENCE);
        int changes = (int) StrictMath.ceil(size.share() * tunable.unordered().size());
        Scored best = new Region(
                        handover.inherited(), tunable.ordered(), size.length() / 2, tunable.unordered(), changes)
                .best(candidate -> model.bound(handover.donor(), candidate), random);
        return new Exploration(
                best.hyperparameters(),
                "The model of %s results expects the fastest gain there, within %s of the donor's"
                        .formatted(results, size.length() / 2),
                evidence.with("pending", history.pending().size())
                        .with("bound", best.bound())
                        .with("bound_inherited", model.bound(handover.donor(), handover.inherited())));
    }

    @Override
    public Explore ofFirstRules() {
        return new TrustRegion(history.ofFirstRules(), size, round);
    }

    @Override
    public Explore observe(ReadyPoint point) {
        RewardHistory learned = history.after(point);
        if (point.absences() > 0) {
            return new TrustRegion(learned, size, round);
        }
        if (point.interval() < round.interval()) {
            return new TrustRegion(learned, size, round);
        }
        if (point.interval() == round.interval()) {
            return new TrustRegion(learned, size, round.with(point));
        }
        Round next = round.next(point.interval()).with(point);
        // A round in which nobody trained with a proposal says nothing about proposals.
        Size resized = round.proposed() > 0 ? size.after(round.isProposed()) : size;
        return resized.isTooSmall()
                ? new TrustRegion(learned.forgotten(), Size.FIRST, next)
                : new TrustRegion(learned, resized, next);
    }

    @Override
    public Explore observe(MemberId member, Decision decision) {
        PerMember<Boolean> who = round.proposals();
        if (decision instanceof Decision.Exploit) {
            who = who.without(member);
        } else if (decision instanceof Decision.Explore explore) {
            who = explore.evidence().facts().containsKey(SIZE) ? who.with(member, true) : who.without(member);
        }
        return new TrustRegion(history.after(member, decision), size, round.knowing(who));
    }

    @Override
    public Optional<Memory> memory() {
        return Optional.of(history.memory()
                .with("length", size.length())
                .with("share", size.share())
                .with("successes", size.successes())
                .with("failures", size.failures())
                .with("round", round.interval())
                .with("best", round.best())
                .with("is_proposed", round.isProposed())
                .with("proposed", round.proposed())
                .with("proposals", round.proposals(), any -> Memory.NONE));
    }

    @Override
    public Explore remembering(Memory memory) {
        return new TrustRegion(
                history.remembering(memory),
                new Size(
                        memory.real("length"),
                        memory.real("share"),
                        memory.integer("successes"),
                        memory.integer("failures")),
                new Round(
                        memory.integer("round"),
                        memory.real("best"),
                        memory.flag("is_proposed"),
                        memory.integer("proposed"),
                        memory.perMember("proposals", any -> true)));
    }

    /** Equal when they are set alike; what they have seen so far does not make them another operator. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrustRegion that && history.window() == that.history.window();
    }

    @Override
    public int hashCode() {
        return history.window();
    }
}
