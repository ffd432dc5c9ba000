package org.evolvent.store.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StorageException.Kind;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aMediumIsToBlameWhereItSaysSo() {
        IOException full = new FileSystemException("/data/run", null, "No space left on device");
        EvolventException failure = Failures.of("The log cannot be written", full);
        assertThat(failure)
                .isInstanceOfSatisfying(
                        StorageException.class,
                        storage -> assertThat(storage.kind()).isEqualTo(Kind.FULL))
                .hasMessageContaining("The log cannot be written: /data/run")
                .hasCause(full);
        assertThat(Failures.of("It", new SQLException("[SQLITE_READONLY] read only")))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        storage -> assertThat(storage.kind()).isEqualTo(Kind.READ_ONLY));
    }

    @Test
    void otherFailuresAreJustFailures() {
        IOException cause = new IOException("it is Monday");
        assertThat(Failures.of("It cannot be opened", cause))
                .isExactlyInstanceOf(EvolventException.class)
                .hasMessage("It cannot be opened: it is Monday")
                .hasCause(cause);
    }

    @Test
    void aBarePathIsPutIntoWords() {
        assertThat(Failures.describe(new AccessDeniedException("/data"))).isEqualTo("access to /data is denied");
        assertThat(Failures.describe(new NoSuchFileException("/data"))).isEqualTo("/data does not exist");
        assertThat(Failures.describe(new FileAlreadyExistsException("/data"))).isEqualTo("/data is there already");
        assertThat(Failures.describe(new IOException("slow"))).isEqualTo("slow");
    }

    @Test
    void whatSaysNothingIsNamed() {
        assertThat(Failures.describe(new ClosedByInterruptException())).isEqualTo("the thread was interrupted");
        assertThat(Failures.describe(new ClosedChannelException()))
                .isEqualTo("java.nio.channels.ClosedChannelException");
    }
}
