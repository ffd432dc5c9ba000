package org.evolvent.core.strategy;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.exploit.Exploit.Verdict;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.exploit.NoExploit;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Within;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Circumstances;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Need;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;

/**
 * Population Based Training (Jaderberg et al. 2017, algorithm 1): exploit, and explore after a copy only, beginning from the donor's
 * hyperparameters.
 *
 * @param exploit who copies whom
 * @param explore how the inherited hyperparameters change
 * @param copied what a copy consists of
 */
public record Pbt(Exploit exploit, Explore explore, Copied copied) implements Strategy {
    /** What an exploit copies. */
    public enum Copied {
        /** Weights and hyperparameters: what the paper's experiments do, and the default. */
        EVERYTHING(true, true),
        /** Weights only; what is explored are the member's own hyperparameters (the paper's figure 2). */
        WEIGHTS(true, false),
        /** Hyperparameters only; an ablation of the paper. */
        HYPERPARAMETERS(false, true),
        /** Nothing: whoever would copy explores its own hyperparameters (the explore-only ablation). */
        NOTHING(false, false);

        private final boolean weights;
        private final boolean hyperparameters;

        Copied(boolean weights, boolean hyperparameters) {
            this.weights = weights;
            this.hyperparameters = hyperparameters;
        }
    }

    /** What there is to know about random search. */
    public static final Descriptor<Strategy> RANDOM_SEARCH = Descriptor.of(
            "random_search", "Nobody copies or changes anything.", "baseline", List.of(), options -> randomSearch());

    /** Returns the paper's strategy: truncation selection, perturb and resample, everything copied. */
    public static Pbt standard() {
        return new Pbt(new Truncation(Truncation.FRACTION.byDefault()), Perturb.standard(), Copied.EVERYTHING);
    }

    /** Returns random search: every member keeps its first hyperparameters and its own weights. */
    public static Pbt randomSearch() {
        return new Pbt(new NoExploit(), new NoExplore(), Copied.EVERYTHING);
    }

    @Override
    public Strategy suitedTo(Circumstances study) {
        return with(exploit.suitedTo(study), explore);
    }

    @Override
    public List<Need> needs() {
        return exploit.needs();
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        Verdict verdict = self.score().isValid() || exploit instanceof NoExploit
                ? exploit.judge(situation.population(), self, random)
                : situation.rescue(exploit, random);
        if (verdict instanceof Verdict.Copy copy && isWorthless(situation, copy)) {
            verdict = copy.refused(situation.population(), self);
        }
        if (verdict instanceof Verdict.Keep keep) {
            return List.of(kept(situation, keep, random));
        }
        if (verdict instanceof Verdict.Vary vary) {
            return List.of(varied(situation, vary, random));
        }
        // Whoever is rescued needs other weights, whatever an ablation leaves out.
        return copy(situation, (Verdict.Copy) verdict, self.score().isValid() ? copied : Copied.EVERYTHING, random);
    }

    @Override
    public Population compared(Situation situation) {
        return situation.point().score().isValid()
                ? exploit.compared(situation.population(), situation.point())
                : situation.population();
    }

    /** Nobody has had a valid score yet: what everybody began with may be the reason. */
    private Decision kept(Situation situation, Verdict.Keep keep, RandomStream random) {
        boolean isHopeless = situation.rules() != Rules.V1
                && !situation.point().score().isValid()
                && !(exploit instanceof NoExploit || explore instanceof NoExplore);
        if (!isHopeless) {
            return new Decision.Continue(keep.reason(), keep.evidence());
        }
        return situation.drawnAnew(keep, random);
    }

    private Decision varied(Situation situation, Verdict.Vary vary, RandomStream random) {
        Hyperparameters own = situation.ready().hyperparameters();
        Handover alone = Handover.alone(situation.space(), situation.population(), situation.point());
        Exploration exploration = Within.explore(explore, alone, random);
        return exploration.hyperparameters().equals(own)
                ? new Decision.Continue(vary.reason(), vary.evidence())
                : new Decision.Explore(own, exploration.hyperparameters(), vary.reason(), vary.evidence());
    }

    @Override
    public Strategy ofFirstRules() {
        return with(exploit.ofFirstRules(), explore.ofFirstRules());
    }

    private boolean isWorthless(Situation situation, Verdict.Copy copy) {
        ReadyPoint self = situation.point();
        return situation.rules() != Rules.V1 && self.score().isValid() && !exploit.isBetter(copy.donor(), self);
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        return with(exploit.observe(point), explore.observe(point));
    }

    @Override
    public Strategy observe(MemberId member, Decision decision) {
        return with(exploit.observe(member, decision), explore.observe(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return exploit.memory()
                .flatMap(chosen -> explore.memory()
                        .map(changed -> Memory.NONE.with("exploit", chosen).with("explore", changed)));
    }

    @Override
    public Strategy remembering(Memory memory) {
        return with(exploit.remembering(memory.memory("exploit")), explore.remembering(memory.memory("explore")));
    }

    @SuppressWarnings("ReferenceEquality") // The same object remembers the same.
    private Pbt with(Exploit nextExploit, Explore nextExplore) {
        // Most operators remember nothing; then nothing is made anew.
        return nextExploit == exploit && nextExplore == explore ? this : new Pbt(nextExploit, nextExplore, copied);
    }

    private List<Decision> copy(Situation situation, Verdict.Copy copy, Copied what, RandomStream random) {
        ReadyPoint donor = copy.donor();
        Hyperparameters own = situation.ready().hyperparameters();
        Hyperparameters inherited = inherited(situation.space(), what, donor.hyperparameters(), own);
        Optional<CheckpointRef> weights = what.weights ? donor.checkpoint() : Optional.empty();
        Exploration exploration = Within.explore(
                explore,
                new Handover(situation.space(), situation.population(), situation.point(), donor, inherited),
                random);
        Decision explored = new Decision.Explore(
                inherited, exploration.hyperparameters(), exploration.reason(), exploration.evidence());
        if (what == Copied.NOTHING) {
            return List.of(explored);
        }
        Decision exploited = new Decision.Exploit(
                donor.member(), donor.interval(), weights, own, inherited, copy.reason(), copy.evidence());
        return exploration.hyperparameters().equals(inherited) ? List.of(exploited) : List.of(exploited, explored);
    }

    /** Fixed parameters go with the weights whatever else is copied: four layers of weights do not fit a model of two. */
    private static Hyperparameters inherited(
            SearchSpace space, Copied what, Hyperparameters donors, Hyperparameters own) {
        return fitting(space, what.hyperparameters ? donors : own, what.weights ? donors : own);
    }

    /** Returns hyperparameters with the fixed ones of those that some weights were made with. */
    static Hyperparameters fitting(SearchSpace space, Hyperparameters some, Hyperparameters made) {
        Hyperparameters fitting = some;
        for (Parameter parameter : space.parameters()) {
            if (parameter.fixed()) {
                fitting = fitting.with(parameter.name(), made.get(parameter.name()));
            }
        }
        // Together they may break a constraint that each of the two holds.
        return Within.orElse(space, fitting, made);
    }
}
