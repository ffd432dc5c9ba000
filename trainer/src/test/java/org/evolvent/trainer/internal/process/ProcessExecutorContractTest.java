package org.evolvent.trainer.internal.process;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.testkit.contract.ExecutorContract;
import org.evolvent.testkit.internal.contract.NeedsProgram;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@NeedsProgram("python3")
class ProcessExecutorContractTest extends ExecutorContract {
    @TempDir
    Path directory;

    @Override
    protected CheckpointStore createCheckpoints() {
        return new PlainCheckpoints(directory.resolve("checkpoints"));
    }

    @Override
    protected Executor create(int slots, CheckpointStore store) {
        return new ProcessExecutor(
                Python.launch("contract.py", directory, slots), List.of(), store, InstantSource.system());
    }
}
