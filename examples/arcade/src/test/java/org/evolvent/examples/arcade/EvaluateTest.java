package org.evolvent.examples.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.RandomSource;
import org.junit.jupiter.api.Test;

class EvaluateTest {
    /** A fresh network draws its actions about uniformly, so it must collect what random play does. */
    @Test
    void playsWholeEpisodesFairly() {
        Title title = Title.SPACE_INVADERS;
        try (RandomSource random = new RandomSource(1);
                Network network =
                        new Network(title.game().channels(), title.actions().size(), random)) {
            int[] returns = Evaluate.play(title, network, 1, 2000);
            assertThat(Arrays.stream(returns).average().orElseThrow())
                    .isBetween(title.randomReturn() - 0.35, title.randomReturn() + 0.35); // The standard error is 0.07.
            assertThat(Evaluate.play(title, network, 1, 2000)).isEqualTo(returns);
        }
    }
}
