package org.evolvent.core.audit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Event;
import org.jspecify.annotations.Nullable;

/** What holds for the decisions of any strategy: values stay in their domains, and whoever copies takes weights that somebody holds. */
final class Plausibility {
    private @Nullable Population before;
    private @Nullable Set<CheckpointRef> held;

    /** Notes the population that the next decisions are made in. */
    void begin(Population population) {
        before = population;
        held = null;
    }

    /** Returns what is outside the space after a decision. */
    Optional<Difference> outside(SearchSpace space, Event.Decided decided) {
        Hyperparameters after = decided.decision() instanceof Decision.Exploit exploit
                ? exploit.after()
                : decided.decision() instanceof Decision.Explore explore ? explore.after() : null;
        return after == null
                ? Optional.empty()
                : Bounds.broken(space, after, Difference.about(decided.member(), decided.interval()));
    }

    /**
     * Returns what a decision does not rest on.
     *
     * @param member who decides, as it stands before
     */
    Optional<Difference> inconsistent(Event.Decided decided, Member member) {
        String of = Difference.about(decided.member(), decided.interval());
        if (decided.decision() instanceof Decision.Explore explore) {
            return Difference.between(explore.before(), member.hyperparameters(), of);
        }
        if (!(decided.decision() instanceof Decision.Exploit exploit)) {
            return Optional.empty();
        }
        Optional<Difference> difference = Difference.between(exploit.before(), member.hyperparameters(), of);
        if (difference.isPresent()) {
            return difference;
        }
        Population population = before;
        if (population != null && exploit.donor().index() >= population.size()) {
            return Optional.of(new Difference(
                    "the donor " + of,
                    exploit.donor().toString(),
                    "one of the members 0 to %s".formatted(population.size() - 1),
                    false));
        }
        return exploit.weights()
                .filter(weights -> !held().contains(weights))
                .map(weights -> new Difference(
                        "the copied weights " + of,
                        "those of member %s, interval %s, step %s (%s)"
                                .formatted(weights.member(), weights.interval(), weights.step(), weights.id()),
                        "weights that a member holds, or the best",
                        false));
    }

    private Set<CheckpointRef> held() {
        Set<CheckpointRef> all = held;
        if (all == null) {
            all = new HashSet<>();
            if (before != null) {
                for (Member member : before) {
                    member.parent().ifPresent(all::add);
                    member.last().flatMap(ReadyPoint::checkpoint).ifPresent(all::add);
                }
                before.best().flatMap(ReadyPoint::checkpoint).ifPresent(all::add);
            }
            held = all;
        }
        return all;
    }
}
