package org.evolvent.core.internal.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Amendment;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
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

    /** Returns what is wrong with a loss: only what somebody needs can be lost, and whoever waits with lost weights is stranded. */
    Optional<Difference> lost(Event.CheckpointsLost event, Population population) {
        Set<CheckpointId> known = new HashSet<>();
        held(population).forEach(ref -> known.add(ref.id()));
        population.forEach(member -> member.weights().ifPresent(ref -> known.add(ref.id())));
        if (event.checkpoints().isEmpty() || !known.containsAll(event.checkpoints())) {
            return Optional.of(new Difference(
                    "the lost checkpoints",
                    event.checkpoints().toString(),
                    "some of those that a member holds, or the best",
                    false));
        }
        List<MemberId> may = new ArrayList<>();
        List<MemberId> must = new ArrayList<>();
        for (Member member : population) {
            boolean holds = Stream.concat(member.parent().stream(), member.weights().stream())
                    .anyMatch(ref -> event.checkpoints().contains(ref.id()));
            if (holds && member.status() != Status.STOPPED) {
                may.add(member.id());
                if (member.status() == Status.READY) {
                    must.add(member.id());
                }
            }
        }
        boolean isSorted = event.stranded()
                .equals(event.stranded().stream().sorted().distinct().toList());
        return isSorted && may.containsAll(event.stranded()) && event.stranded().containsAll(must)
                ? Optional.empty()
                : Optional.of(new Difference(
                        "the stranded members",
                        event.stranded().toString(),
                        "%s, and maybe others of %s".formatted(must, may),
                        false));
    }

    /**
     * Returns what is wrong with an amendment: whom it changes, who joins and who leaves follows from what the study becomes.
     *
     * @param state the state before
     */
    Optional<Difference> amended(Event.StudyAmended event, StudyState state) {
        Optional<Study> next = state.study().next().map(Study.Amended::study);
        if (next.isEmpty()) {
            return Optional.empty(); // Folding it says more.
        }
        boolean copies =
                event.joined().stream().anyMatch(newcomer -> newcomer.weights().isPresent());
        Event.StudyAmended derived =
                Amendment.of(state, event.definition(), next.get(), event.changes(), copies, event.at());
        return Difference.between(event, derived);
    }

    private Set<CheckpointRef> held() {
        Set<CheckpointRef> all = held;
        if (all == null) {
            all = before == null ? Set.of() : held(before);
            held = all;
        }
        return all;
    }

    private static Set<CheckpointRef> held(Population population) {
        Set<CheckpointRef> held = new HashSet<>();
        for (Member member : population) {
            member.parent().ifPresent(held::add);
            held.addAll(member.ancestors());
            member.last().flatMap(ReadyPoint::checkpoint).ifPresent(held::add);
        }
        population.best().flatMap(ReadyPoint::checkpoint).ifPresent(held::add);
        return held;
    }
}
