package org.evolvent.store.internal.sqlite;

import java.nio.file.Path;
import org.evolvent.runtime.EventStore;
import org.evolvent.testkit.contract.EventStoreContract;
import org.junit.jupiter.api.io.TempDir;

class SqliteEventStoreTest extends EventStoreContract {
    @TempDir
    Path directory;

    @Override
    protected EventStore create() {
        return SqliteEventStore.create(directory.resolve("events.db"));
    }

    @Override
    protected EventStore reopen(EventStore store) {
        store.close();
        return SqliteEventStore.open(directory.resolve("events.db"));
    }
}
