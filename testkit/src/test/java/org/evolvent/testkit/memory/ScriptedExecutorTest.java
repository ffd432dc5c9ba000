package org.evolvent.testkit.memory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.testkit.contract.ExecutorContract;

/** Its attempts run when they are waited for, so one that hangs is cancelled before it begins. */
class ScriptedExecutorTest extends ExecutorContract {
    @Override
    protected Executor create(int slots, CheckpointStore store) {
        return new ScriptedExecutor(slots, store, ScriptedExecutorTest::train, InstantSource.system());
    }

    private static Map<String, Double> train(Attempt attempt, Optional<Path> parent, Path save) throws IOException {
        if (attempt.hyperparameters().text(BEHAVIOUR).equals(FAIL)) {
            throw new IllegalStateException(COMPLAINT);
        }
        long before = parent.isPresent()
                ? Long.parseLong(Files.readString(parent.get().resolve("steps")))
                : 0;
        long after = before + attempt.steps();
        Files.writeString(save.resolve("steps"), Long.toString(after));
        return Map.of("steps", (double) after);
    }
}
