package org.evolvent.core.internal.strategy;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Within;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/**
 * A baseline: every member keeps its own weights and explores after each interval, whatever its score. It tells what changing
 * hyperparameters is worth without selection.
 *
 * @param explore changes the member's own hyperparameters
 */
public record RandomSchedules(Explore explore) implements Strategy {
    /** What there is to know about it. */
    public static final Descriptor<Strategy> DESCRIPTOR = Descriptor.of(
            "random_schedules",
            "Nobody copies; hyperparameters are drawn anew at every ready point.",
            "baseline",
            List.of(),
            options -> new RandomSchedules(new Perturb(List.of(), 1)));

    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        ReadyPoint self = situation.point();
        Exploration exploration =
                Within.explore(explore, Handover.alone(situation.space(), situation.population(), self), random);
        return List.of(new Decision.Explore(
                self.hyperparameters(), exploration.hyperparameters(), exploration.reason(), exploration.evidence()));
    }

    @Override
    public Strategy observe(ReadyPoint point) {
        return new RandomSchedules(explore.observe(point));
    }

    @Override
    public Strategy observe(MemberId member, Decision decision) {
        return new RandomSchedules(explore.observe(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return explore.memory();
    }

    @Override
    public Strategy remembering(Memory memory) {
        return new RandomSchedules(explore.remembering(memory));
    }
}
