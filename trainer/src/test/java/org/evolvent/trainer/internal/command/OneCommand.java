package org.evolvent.trainer.internal.command;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.testing.Attempts;
import org.evolvent.trainer.testing.PlainCheckpoints;

/** A program that runs one interval and says how it ended. */
final class OneCommand {
    private OneCommand() {}

    /** Arguments: a directory to work in, and a script for {@code sh}. */
    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        Launch launch = Launch.of(
                List.of("sh", "-c", arguments[1]),
                directory,
                directory.resolve("logs"),
                List.of(SlotResources.unlimited()));
        try (PlainCheckpoints checkpoints = new PlainCheckpoints(directory.resolve("checkpoints"));
                CommandExecutor executor = new CommandExecutor(launch, checkpoints, InstantSource.system())) {
            System.out.println(Attempts.run(executor, Attempts.first(0, 0)));
        }
    }
}
