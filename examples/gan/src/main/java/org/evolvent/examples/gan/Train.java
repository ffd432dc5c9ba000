package org.evolvent.examples.gan;

import java.util.List;
import org.evolvent.examples.torch.Torch;
import org.evolvent.examples.torch.Worker;

/** What a study starts: learns to draw the images that are named. */
final class Train {
    private Train() {}

    /** Arguments: {@link Task#USAGE}. */
    public static void main(String[] arguments) throws Exception {
        Usage.check("examples/gan/train DATA\n" + Task.USAGE, () -> {
            Torch.useOneThread();
            Task task = Task.read(List.of(arguments), System.getenv());
            Worker.serve((hyperparameters, seed) -> new GanTrainer(task, hyperparameters, seed));
        });
    }
}
