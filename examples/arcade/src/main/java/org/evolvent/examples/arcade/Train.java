package org.evolvent.examples.arcade;

import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.Worker;

/** What a study starts: learns to play the game that is named. */
final class Train {
    private Train() {}

    /** Argument: the name of a game. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: examples/arcade/train GAME");
            System.exit(2);
        }
        Title title = Title.of(arguments[0]);
        Worker.serve((hyperparameters, seed) -> new ArcadeTrainer(title, hyperparameters, seed));
    }
}
