package org.evolvent.testkit.memory;

import org.evolvent.core.population.CheckpointId;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.testkit.contract.CheckpointStoreContract;

class InMemoryCheckpointStoreTest extends CheckpointStoreContract {
    @Override
    protected CheckpointStore create() {
        return new InMemoryCheckpointStore();
    }

    @Override
    protected CheckpointStore reopen(CheckpointStore store) {
        store.close();
        return store;
    }

    @Override
    protected void damage(CheckpointStore store, CheckpointId id) {
        ((InMemoryCheckpointStore) store).damage(id);
    }
}
