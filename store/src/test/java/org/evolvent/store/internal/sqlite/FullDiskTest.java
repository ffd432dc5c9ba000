package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.StorageException;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is told how many pages there is room for. */
class FullDiskTest {
    private static final CheckpointId ID = new CheckpointId("a".repeat(64));
    private static final CheckpointTable.Row ROW = new CheckpointTable.Row("manifest", new byte[60_000]);

    @TempDir
    Path directory;

    @Test
    void theSameWorksWhenThereIsRoomAgain() {
        Path file = directory.resolve("events.db");
        Schema.create(file);
        try (Database database = Database.openToWrite(file);
                SqliteEventStore store = SqliteEventStore.of(database)) {
            store.append(SampleEvents.all());
            long pages = database.number("PRAGMA page_count");
            database.number("PRAGMA max_page_count = " + (pages + 2));
            StorageException full = catchThrowableOfType(
                    StorageException.class, () -> store.checkpoints().put(ID, ROW));
            assertThat(full.kind()).isEqualTo(StorageException.Kind.FULL);
            assertThat(full).hasMessageContaining(file.toString());
            List<Event> large = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                large.addAll(SampleEvents.interval(i));
            }
            full = catchThrowableOfType(StorageException.class, () -> store.append(large));
            assertThat(full.kind()).isEqualTo(StorageException.Kind.FULL);
            assertThat(store.size()).isEqualTo(SampleEvents.all().size());
            database.number("PRAGMA max_page_count = " + (pages + 1000));
            store.checkpoints().put(ID, ROW);
            store.append(large);
            List<Event> expected = new ArrayList<>(SampleEvents.all());
            expected.addAll(large);
            List<Event> read = new ArrayList<>();
            store.read(read::add);
            assertThat(read).isEqualTo(expected);
            assertThat(store.checkpoints().get(ID).orElseThrow().content()).hasSize(60_000);
        }
    }
}
