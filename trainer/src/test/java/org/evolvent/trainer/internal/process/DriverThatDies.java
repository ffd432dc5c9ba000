package org.evolvent.trainer.internal.process;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;
import org.evolvent.trainer.testing.Python;

/** A program that trains until somebody kills it. */
final class DriverThatDies {
    private DriverThatDies() {}

    /** Argument: a directory to work in. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
        ProcessExecutor executor = new ProcessExecutor(
                Python.launch("family.py", directory, 1), List.of(), checkpoints, InstantSource.system());
        executor.start(Attempts.first(0, 0));
        while (true) {
            executor.await(Duration.ofDays(1));
        }
    }
}
