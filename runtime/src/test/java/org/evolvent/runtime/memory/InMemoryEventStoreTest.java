package org.evolvent.runtime.memory;

import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.contract.EventStoreContract;

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
