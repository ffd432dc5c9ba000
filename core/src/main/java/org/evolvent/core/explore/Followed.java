package org.evolvent.core.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/**
 * An explore operator and another one that goes on from its result; see {@link Explore#then}.
 *
 * @param first explores what was inherited
 * @param next has the last word
 */
record Followed(Explore first, Explore next) implements Explore {
    @Override
    public Exploration explore(Handover handover, RandomStream random) {
        Exploration explored = first.explore(handover, random);
        Exploration followed = next.explore(
                new Handover(
                        handover.space(),
                        handover.population(),
                        handover.self(),
                        handover.donor(),
                        explored.hyperparameters()),
                random);
        return new Exploration(
                followed.hyperparameters(),
                "%s; then: %s".formatted(explored.reason(), followed.reason()),
                explored.evidence()
                        .with(
                                "then",
                                changes(handover.space(), explored.hyperparameters(), followed.hyperparameters())));
    }

    /** Returns what changed, in words, and throws when anything of it must not be. */
    private List<String> changes(SearchSpace space, Hyperparameters before, Hyperparameters after) {
        Map<String, Value> values = after.values();
        List<String> names = space.parameters().stream().map(Parameter::name).toList();
        if (!List.copyOf(values.keySet()).equals(names)) {
            throw wrong("the parameters " + values.keySet(), "those of the space, in their order: " + names);
        }
        List<String> changes = new ArrayList<>();
        for (Parameter parameter : space.parameters()) {
            Value was = before.get(parameter.name());
            Value is = after.get(parameter.name());
            if (!parameter.domain().contains(is)) {
                throw wrong(
                        "%s = %s".formatted(parameter.name(), is.plain()),
                        "a value of %s".formatted(parameter.domain().plain()));
            }
            if (!is.equals(was)) {
                if (parameter.fixed()) {
                    throw wrong(
                            "%s = %s".formatted(parameter.name(), is.plain()),
                            "%s, since it is fixed".formatted(was.plain()));
                }
                changes.add("%s: %s, was %s".formatted(parameter.name(), is.plain(), was.plain()));
            }
        }
        return changes;
    }

    private IllegalArgumentException wrong(String is, String allowed) {
        return new IllegalArgumentException("%s, which follows the exploration, returned %s but must return %s"
                .formatted(next.getClass().getName(), is, allowed));
    }

    @Override
    public Explore ofFirstRules() {
        return with(first.ofFirstRules(), next.ofFirstRules());
    }

    @Override
    public Explore observe(ReadyPoint point) {
        return with(first.observe(point), next.observe(point));
    }

    @Override
    public Explore observe(MemberId member, Decision decision) {
        return with(first.observe(member, decision), next.observe(member, decision));
    }

    @Override
    public Optional<Memory> memory() {
        return first.memory()
                .flatMap(before -> next.memory()
                        .map(after -> Memory.NONE.with("first", before).with("next", after)));
    }

    @Override
    public Explore remembering(Memory memory) {
        return with(first.remembering(memory.memory("first")), next.remembering(memory.memory("next")));
    }

    @SuppressWarnings("ReferenceEquality") // The same object remembers the same.
    private Followed with(Explore one, Explore other) {
        return one == first && other == next ? this : new Followed(one, other);
    }
}
