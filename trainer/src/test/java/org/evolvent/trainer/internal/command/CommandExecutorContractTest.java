package org.evolvent.trainer.internal.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.testkit.contract.ExecutorContract;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script, which needs no SDK and no Python. */
class CommandExecutorContractTest extends ExecutorContract {
    private static final Path SCRIPT =
            Python.root().resolve("trainer/src/test/resources/org/evolvent/trainer/contract.sh");

    @TempDir
    Path directory;

    @Override
    protected CheckpointStore createCheckpoints() {
        return new PlainCheckpoints(directory.resolve("checkpoints"));
    }

    @Override
    protected Executor create(int slots, CheckpointStore store) {
        List<String> command = List.of(
                "sh",
                SCRIPT.toString(),
                "{behaviour}",
                "{steps}",
                "{checkpoint_out}",
                "{metrics_out}",
                "--resume",
                "{checkpoint_in}");
        Launch launch = Launch.of(
                command, directory, directory.resolve("logs"), Collections.nCopies(slots, SlotResources.unlimited()));
        return new CommandExecutor(launch, store, InstantSource.system());
    }
}
