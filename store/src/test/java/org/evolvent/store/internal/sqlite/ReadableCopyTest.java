package org.evolvent.store.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CopiedTest {
    @TempDir
    Path directory;

    @Test
    void aCopyStaysAsLongAsItsProcessAndNoLonger() throws IOException {
        Path log = Files.writeString(directory.resolve("events.db"), "a log");
        Path copy = ReadableCopy.copy(log);
        Path temporary = copy.getParent().getParent();
        Path killed = Files.createTempDirectory(temporary, "evolvent-log-");
        Files.writeString(killed.resolve("events.db"), "the copy of a process that was killed");
        Files.createFile(killed.resolve("held"));
        Path fresh = Files.createTempDirectory(temporary, "evolvent-log-");
        Path next = ReadableCopy.copy(log);
        assertThat(killed).doesNotExist();
        assertThat(copy).hasContent("a log");
        assertThat(next).hasContent("a log");
        assertThat(fresh).as("somebody is just making it").exists();
        Files.delete(fresh);
    }
}
