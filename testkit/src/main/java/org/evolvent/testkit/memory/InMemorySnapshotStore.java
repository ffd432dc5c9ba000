package org.evolvent.testkit.memory;

import java.util.Optional;
import java.util.function.LongFunction;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;

/** A snapshot in memory, for tests and simulations. Thread-safe. */
public final class InMemorySnapshotStore implements SnapshotStore {
    /** What is kept; the strategy as what it remembers, so that it is made to remember as in a file. */
    private record Kept(String chain, Snapshot snapshot, Memory memory) {}

    private final LongFunction<Optional<String>> chain;
    private Optional<Kept> kept = Optional.empty();

    /**
     * Creates an empty one.
     *
     * @param chain gives a text that stands for the first so many events of the log; empty when the log has fewer
     */
    public InMemorySnapshotStore(LongFunction<Optional<String>> chain) {
        this.chain = chain;
    }

    @Override
    public synchronized long write(Snapshot snapshot) {
        Optional<Memory> memory = snapshot.state().strategy().memory();
        Optional<String> bound = chain.apply(snapshot.events());
        if (memory.isEmpty() || bound.isEmpty()) {
            return 0;
        }
        kept = Optional.of(new Kept(bound.get(), snapshot, memory.get()));
        return 1;
    }

    @Override
    public synchronized Optional<Snapshot> read(Study study) {
        return kept.filter(known -> chain.apply(known.snapshot.events()).equals(Optional.of(known.chain)))
                .map(known -> remembering(study, known));
    }

    private static Snapshot remembering(Study begun, Kept kept) {
        StudyState state = kept.snapshot.state();
        Study study = begun.amended(kept.snapshot.facts().amendments());
        return new Snapshot(
                kept.snapshot.events(),
                new StudyState(
                        study,
                        state.population(),
                        study.strategy().remembering(Memory.of(kept.memory.values())),
                        state.training(),
                        state.ready(),
                        state.tally(),
                        state.end()),
                kept.snapshot.facts());
    }
}
