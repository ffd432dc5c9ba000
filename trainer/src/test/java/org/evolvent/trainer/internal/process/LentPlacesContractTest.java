package org.evolvent.trainer.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.testkit.contract.ExecutorContract;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.testing.Lender;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** In places that are lent and granted at once, everything is as on this machine. */
@Tag("slow")
@NeedsProgram("python3")
class LentPlacesContractTest extends ExecutorContract {
    @TempDir
    Path directory;

    @Override
    protected CheckpointStore createCheckpoints() {
        return new PlainCheckpoints(directory.resolve("checkpoints"));
    }

    @Override
    protected Executor create(int slots, CheckpointStore store) {
        try {
            Files.createFile(directory.resolve("open"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Executor executor = new ProcessExecutor(
                Python.launch("contract.py", directory, slots).withLauncher(new Lender(directory)),
                List.of(),
                store,
                InstantSource.system());
        while (executor.free(0) < slots) {
            executor.await(Duration.ofSeconds(1));
        }
        return executor;
    }
}
