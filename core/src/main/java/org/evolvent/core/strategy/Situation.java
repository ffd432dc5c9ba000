package org.evolvent.core.strategy;

import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.exploit.Exploit.Verdict;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;

/**
 * What a strategy sees when a member is ready: values only. In synchronous mode all members of an interval see the same population.
 *
 * @param space what is tuned
 * @param objective what is good
 * @param population everybody, the ready member included, with its new result ranked; to be read during the decision and not to be kept.
 *     Its members and their results are immutable and may be
 * @param ready the member to decide about
 * @param rules by which rules it is decided
 */
public record Situation(SearchSpace space, Objective objective, Population population, Member ready, Rules rules) {
    /** Returns what the ready member has just published. */
    public ReadyPoint point() {
        return ready.last().orElseThrow();
    }

    /**
     * Judges the ready member, which has no valid score: as an operator says, and where that finds nobody to copy, by the best result that
     * there ever was.
     */
    public Verdict rescue(Exploit exploit, RandomStream random) {
        Verdict verdict = exploit.rescue(population, point(), random);
        Optional<ReadyPoint> best = population.best().filter(ReadyPoint::isDonor);
        if (rules == Rules.V1 || verdict instanceof Verdict.Copy || best.isEmpty()) {
            return verdict;
        }
        Verdict.Keep keep = (Verdict.Keep) verdict;
        return new Verdict.Copy(
                best.get(),
                "Nobody has a valid score: it goes back to the best that there was",
                keep.evidence().with("best_fitness", best.get().fitness()));
    }

    /**
     * Returns what a member does that has no valid score while nobody has ever had one: what everybody began with may be the reason, and so
     * it tries a draw from the prior that fits its weights.
     *
     * @param keep what {@link #rescue} said
     */
    public Decision drawnAnew(Verdict.Keep keep, RandomStream random) {
        Hyperparameters own = ready.hyperparameters();
        Hyperparameters drawn = space.sample(random);
        if (ready.parent().isPresent()) {
            drawn = Pbt.fitting(space, drawn, own);
        }
        return new Decision.Explore(own, drawn, keep.reason() + ": it is drawn anew", keep.evidence());
    }
}
