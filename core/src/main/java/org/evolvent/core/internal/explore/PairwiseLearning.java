package org.evolvent.core.internal.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Value;
import org.jspecify.annotations.Nullable;

/**
 * Pairwise learning (Bai and Cheng 2024, arXiv 2404.08233): the loser keeps its own hyperparameters and moves them toward the winner's,
 * with momentum, v = inertia r1 v + attraction r2 (winner - loser), r1 and r2 uniform in [0, 1) for each parameter.
 *
 * <p>Resampling first, with probability 0.25 in the authors' code, is {@link Resample}'s. Deviations: see {@link #DESCRIPTOR}.
 */
public final class PairwiseLearning implements Explore {
    private static final Option<Double> INERTIA =
            new Option<>("inertia", OptionType.realFrom(0), 1.0, "the weight of the last move");
    private static final Option<Double> ATTRACTION =
            new Option<>("attraction", OptionType.realAbove(0), 1.0, "the weight of the winner");

    /** What there is to know about it. */
    public static final Descriptor<Explore> DESCRIPTOR = Descriptor.<Explore>of(
                    "pairwise",
                    "They move towards the winner's.",
                    "GPBT-PL, Bai and Cheng 2024",
                    List.of(INERTIA, ATTRACTION),
                    options -> new PairwiseLearning(options.get(INERTIA), options.get(ATTRACTION)))
            .deviating("""
                    Distances are measured in the scales of the domains and not in raw units. A member's velocity is the move that it \
                    last made, clipped at the ends of the domain, instead of a number kept beside it; the authors' code keeps it with \
                    the winner's configuration, which looks like an accident. Unordered choices have no direction and become the \
                    winner's.""");

    /** The values before an unfinished move, and the last finished one. */
    private record Motion(Hyperparameters from, Optional<Hyperparameters> to) {}

    private final double inertia;
    private final double attraction;
    private final PerMember<Motion> motions;

    /**
     * Creates one that has seen nothing yet.
     *
     * @param inertia the weight of the last move, from 0
     * @param attraction the weight of the winner, above 0
     */
    public PairwiseLearning(double inertia, double attraction) {
        this(inertia, attraction, PerMember.empty());
        INERTIA.require(inertia);
        ATTRACTION.require(attraction);
    }

    private PairwiseLearning(double inertia, double attraction, PerMember<Motion> motions) {
        this.inertia = inertia;
        this.attraction = attraction;
        this.motions = motions;
    }

    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Hyperparameters winner = handover.donor().hyperparameters();
        Hyperparameters loser = handover.self().hyperparameters();
        Optional<Motion> last = motions.get(handover.self().member());
        Map<String, Value> values = new LinkedHashMap<>(handover.inherited().values());
        List<Double> velocities = new ArrayList<>();
        for (Parameter parameter : handover.space().parameters()) {
            String name = parameter.name();
            Domain domain = parameter.domain();
            if (!parameter.isMovable()) {
                continue;
            }
            if (!domain.isOrdered()) {
                values.put(name, winner.get(name));
                continue;
            }
            double from = domain.position(loser.get(name));
            double velocity = inertia * random.uniform() * velocity(domain, name, last)
                    + attraction * random.uniform() * (domain.position(winner.get(name)) - from);
            values.put(name, domain.at(StrictMath.max(0, StrictMath.min(1, from + velocity))));
            velocities.add(velocity);
        }
        return new Exploration(
                Hyperparameters.of(values),
                "Its own hyperparameters move toward the winner's",
                Evidence.NONE.with("velocities", velocities));
    }

    private static double velocity(Domain domain, String name, Optional<Motion> last) {
        @Nullable Hyperparameters to = last.flatMap(Motion::to).orElse(null);
        return to == null
                ? 0
                : domain.position(to.get(name))
                        - domain.position(last.orElseThrow().from().get(name));
    }

    @Override
    public Explore observe(MemberId member, Decision decision) {
        if (decision instanceof Decision.Exploit exploit) {
            return with(member, new Motion(exploit.before(), Optional.empty()));
        }
        if (decision instanceof Decision.Explore explore) {
            // After an exploit the move began at the member's own values and not at those that it inherited.
            Hyperparameters from = motions.get(member)
                    .filter(motion -> motion.to().isEmpty())
                    .map(Motion::from)
                    .orElse(explore.before());
            return with(member, new Motion(from, Optional.of(explore.after())));
        }
        return this;
    }

    private PairwiseLearning with(MemberId member, Motion motion) {
        return new PairwiseLearning(inertia, attraction, motions.with(member, motion));
    }

    @Override
    public Optional<Memory> memory() {
        return Optional.of(Memory.NONE.with("motions", motions, motion -> {
            Memory from = Memory.NONE.with("from", Memory.of(motion.from()));
            return motion.to().map(to -> from.with("to", Memory.of(to))).orElse(from);
        }));
    }

    @Override
    public Explore remembering(Memory memory) {
        return new PairwiseLearning(
                inertia,
                attraction,
                memory.perMember(
                        "motions",
                        row -> new Motion(
                                row.hyperparameters("from"),
                                row.has("to") ? Optional.of(row.hyperparameters("to")) : Optional.empty())));
    }

    /** Equal when their coefficients are; what they have seen so far does not make them another operator. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PairwiseLearning that && inertia == that.inertia && attraction == that.attraction;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(inertia) * 31 + Double.hashCode(attraction);
    }
}
