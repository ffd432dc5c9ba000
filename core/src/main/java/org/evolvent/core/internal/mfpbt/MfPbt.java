package org.evolvent.core.internal.mfpbt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit.Verdict;
import org.evolvent.core.explore.Explore;
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
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * Multiple-frequencies PBT (Doulazmi et al. 2025, arXiv 2506.03225): sub-populations that evolve every 1, 10, 25 or 50 intervals, so that
 * the slow ones are less greedy, with asymmetric migration between them.
 *
 * <p>When a sub-population is due, it is ranked and cut into quarters. The last quarter copies the first, pairwise, and explores. The
 * third meets the best members of the other sub-populations, each of whom is met once: if the migrant is better, its weights are taken
 * over; its hyperparameters too when it comes from a slower sub-population, else those of the best member at home. The rest goes on.
 *
 * <p>Member i belongs to sub-population i mod the number of frequencies. Deviations: see {@link #DESCRIPTOR}.
 *
 * @param periods the intervals between two evolutions of each sub-population, ascending, each at least 1
 * @param explore for the last quarter; the paper perturbs by 0.8 or 1.25
 */
public record MfPbt(List<Integer> periods, Explore explore) implements Strategy {
    private static final Option<List<Integer>> PERIODS = new Option<>(
            "periods",
            OptionType.ascending(1, 2),
            List.of(1, 10, 25, 50),
            "the intervals between two evolutions of each sub-population");

    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.<Strategy>of(
                    "mf_pbt",
                    "Sub-populations of several frequencies.",
                    "Doulazmi et al. 2025",
                    List.of(PERIODS, Perturb.FACTORS),
                    // The paper perturbs and does not resample.
                    options -> new MfPbt(options.get(PERIODS), new Perturb(options.get(Perturb.FACTORS), 0)))
            .deviating("""
                    A quarter is the size of a sub-population divided by 4, rounded down but at least 1, instead of a size divisible by \
                    4. In asynchronous mode each member is judged when it is ready, against the latest results, and a migrant may so be \
                    met by several; the authors have rounds only. Who is copied hands on what it published, in their program sometimes \
                    what it has itself become in the same round, depending on the order of the members. A perturbed value is reflected at \
                    the ends of its range, where theirs leaves it. A member without a valid score copies one of the best fifth of all; they \
                    rank what is no number as it comes.""");

    private static final Truncation RESCUE = new Truncation(Truncation.FRACTION.byDefault());

    public MfPbt {
        periods = List.copyOf(PERIODS.require(periods));
    }

    @Override
    public List<Need> needs() {
        return List.of(
                new Need(2 * periods.size(), 1, PERIODS.name(), "a sub-population of one has nobody to copy"),
                new Need(1, periods.get(periods.size() - 1), PERIODS.name(), "the slowest would never evolve"));
    }

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        int home = homeOf(self.member());
        if (!self.score().isValid()) {
            return rescued(situation, self, random);
        }
        Evidence evidence = Evidence.NONE.with("sub_population", home).with("period", periods.get(home));
        int since = (self.interval() + 1) % periods.get(home);
        if (since != 0) {
            return List.of(new Decision.Continue(
                    "Its sub-population evolves every %s intervals; this is number %s"
                            .formatted(periods.get(home), since),
                    evidence));
        }
        List<ReadyPoint> residents = new ArrayList<>();
        List<ReadyPoint> foreigners = new ArrayList<>();
        for (ReadyPoint point : situation.population().ranking()) {
            if (point.isDonor()) {
                (homeOf(point.member()) == home ? residents : foreigners).add(point);
            }
        }
        int quarter = StrictMath.max(1, residents.size() / 4);
        int rank = residents.indexOf(self);
        Evidence ranked = evidence.with("rank", rank + 1).with("ranked", residents.size());
        if (residents.size() >= 2 && rank >= residents.size() - quarter) {
            ReadyPoint donor = residents.get(rank - (residents.size() - quarter));
            if (situation.rules() != Rules.V1 && donor.fitness() <= self.fitness()) {
                return List.of(varied(situation, self, ranked, random));
            }
            return copied(situation, self, donor, ranked, random);
        }
        if (residents.size() >= 4 && rank >= residents.size() - 2 * quarter) {
            return migrated(situation.space(), self, residents, foreigners, quarter, ranked);
        }
        return List.of(new Decision.Continue(
                "It ranks %s of %s in its sub-population".formatted(rank + 1, residents.size()), ranked));
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        return with(explore.observe(point));
    }

    @Override
    public Strategy observe(MemberId member, Decision decision) {
        return with(explore.observe(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return explore.memory();
    }

    @Override
    public Strategy remembering(Memory memory) {
        return with(explore.remembering(memory));
    }

    @SuppressWarnings("ReferenceEquality") // The same object remembers the same.
    private MfPbt with(Explore next) {
        return next == explore ? this : new MfPbt(periods, next);
    }

    private int homeOf(MemberId member) {
        return member.index() % periods.size();
    }

    private List<Decision> rescued(Situation situation, ReadyPoint self, RandomStream random) {
        Verdict verdict = situation.rescue(RESCUE, random);
        if (verdict instanceof Verdict.Copy copy) {
            return copied(situation, self, copy.donor(), copy.evidence(), random);
        }
        Verdict.Keep keep = (Verdict.Keep) verdict;
        return List.of(
                situation.rules() == Rules.V1
                        ? new Decision.Continue(keep.reason(), keep.evidence())
                        : situation.drawnAnew(keep, random));
    }

    /** Its donor's weights are not better: it explores from its own hyperparameters, as long as scores say anything. */
    private Decision varied(Situation situation, ReadyPoint self, Evidence evidence, RandomStream random) {
        if (situation.population().isStill(self)) {
            return new Decision.Continue("It is in the last quarter, but no score rises", evidence);
        }
        Exploration exploration =
                Within.explore(explore, Handover.alone(situation.space(), situation.population(), self), random);
        String reason = "It is in the last quarter, but the first is not better: it varies what it has";
        return exploration.hyperparameters().equals(self.hyperparameters())
                ? new Decision.Continue(reason, evidence)
                : new Decision.Explore(self.hyperparameters(), exploration.hyperparameters(), reason, evidence);
    }

    private List<Decision> copied(
            Situation situation, ReadyPoint self, ReadyPoint donor, Evidence evidence, RandomStream random) {
        Hyperparameters inherited = donor.hyperparameters();
        Exploration exploration = Within.explore(
                explore, new Handover(situation.space(), situation.population(), self, donor, inherited), random);
        Decision exploit = exploit(
                self,
                donor,
                inherited,
                "It is in the last quarter and copies member %s".formatted(donor.member()),
                evidence);
        return exploration.hyperparameters().equals(inherited)
                ? List.of(exploit)
                : List.of(
                        exploit,
                        new Decision.Explore(
                                inherited,
                                exploration.hyperparameters(),
                                exploration.reason(),
                                exploration.evidence()));
    }

    /** Walks through the third quarter from its best on; each takes the best migrant left, if that one is better. */
    private List<Decision> migrated(
            SearchSpace space,
            ReadyPoint self,
            List<ReadyPoint> residents,
            List<ReadyPoint> foreigners,
            int quarter,
            Evidence evidence) {
        int next = 0;
        Optional<ReadyPoint> migrant = Optional.empty();
        for (ReadyPoint resident : residents.subList(residents.size() - 2 * quarter, residents.size() - quarter)) {
            migrant = next < foreigners.size() && foreigners.get(next).fitness() > resident.fitness()
                    ? Optional.of(foreigners.get(next++))
                    : Optional.empty();
            if (resident.equals(self)) {
                break;
            }
        }
        if (migrant.isEmpty()) {
            return List.of(new Decision.Continue("No migrant is better", evidence));
        }
        ReadyPoint from = migrant.get();
        boolean isSlower = homeOf(from.member()) > homeOf(self.member());
        Hyperparameters inherited = isSlower
                ? from.hyperparameters()
                : Within.orElse(
                        space,
                        withFixedOf(space, residents.get(0).hyperparameters(), from.hyperparameters()),
                        from.hyperparameters());
        return List.of(exploit(
                self,
                from,
                inherited,
                "Member %s of a %s sub-population is better; the hyperparameters are %s"
                        .formatted(
                                from.member(),
                                isSlower ? "slower" : "faster",
                                isSlower ? "its own" : "the best at home"),
                evidence.with("migrant_sub_population", homeOf(from.member()))));
    }

    /** Fixed parameters go with the weights. */
    private static Hyperparameters withFixedOf(SearchSpace space, Hyperparameters changed, Hyperparameters weights) {
        Hyperparameters result = changed;
        for (Parameter parameter : space.parameters()) {
            if (parameter.fixed()) {
                result = result.with(parameter.name(), weights.get(parameter.name()));
            }
        }
        return result;
    }

    private static Decision exploit(
            ReadyPoint self, ReadyPoint donor, Hyperparameters after, String reason, Evidence evidence) {
        return new Decision.Exploit(
                donor.member(),
                donor.interval(),
                donor.checkpoint(),
                self.hyperparameters(),
                after,
                reason,
                evidence.with("donor_fitness", donor.fitness()));
    }
}
