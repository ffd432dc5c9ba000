package org.evolvent.examples.arcade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.evolvent.examples.arcade.game.Title;
import org.evolvent.examples.torch.RandomSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EvaluateTest {
    /** A fresh network draws its actions about uniformly, so it must collect what random play does. */
    @Tag("slow")
    @Test
    void playsWholeEpisodesFairly() {
        Title title = Title.SPACE_INVADERS;
        try (RandomSource random = new RandomSource(1);
                Network network =
                        new Network(title.game().channels(), title.actions().size(), random)) {
            int[] returns = Evaluate.play(title, network, 1, 200);
            assertThat(Arrays.stream(returns).average().orElseThrow())
                    .isBetween(title.randomReturn() - 0.5, title.randomReturn() + 0.5); // The standard error is 0.22.
            assertThat(Evaluate.play(title, network, 2, 20)).isEqualTo(Evaluate.play(title, network, 2, 20));
        }
    }

    @Test
    void whatIsNoCheckpointOfThisExampleIsRefused() throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(told, true, StandardCharsets.UTF_8);
        assertThat(Evaluate.run(List.of("10", "nowhere"), both, both)).isEqualTo(2);
        assertThat(told.toString(StandardCharsets.UTF_8)).startsWith("nowhere is no checkpoint");
        assertThat(Evaluate.run(List.of("0", "nowhere"), both, both)).isEqualTo(2);
        assertThat(Evaluate.run(List.of("10"), both, both)).isEqualTo(2);
    }
}
