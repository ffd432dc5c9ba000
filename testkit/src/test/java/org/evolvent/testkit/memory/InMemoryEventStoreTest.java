package org.evolvent.testkit.memory;

import org.evolvent.runtime.EventStore;
import org.evolvent.testkit.contract.EventStoreContract;

class InMemoryEventStoreTest extends EventStoreContract {
    @Override
    protected EventStore create() {
        return new InMemoryEventStore();
    }

    @Override
    protected EventStore reopen(EventStore store) {
        store.close();
        return store;
    }
}
