package org.evolvent.testkit.memory;

import java.util.Optional;
import java.util.function.LongFunction;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.testkit.contract.SnapshotStoreContract;

class InMemorySnapshotStoreTest extends SnapshotStoreContract {
    @Override
    protected SnapshotStore create(LongFunction<Optional<String>> chain) {
        return new InMemorySnapshotStore(chain);
    }
}
