package org.evolvent.core.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OptionExceptionTest {
    @Test
    void namesThePlaceUnlessItIsTheRoot() {
        assertThat(new OptionException(List.of("exploit", "fraction"), "It is 2 but must be at most 0.5"))
                .hasMessage("exploit.fraction is 2 but must be at most 0.5");
        assertThat(new OptionException(List.of("factors", "0"), "Nobody knows it"))
                .hasMessage("factors.0: Nobody knows it");
        assertThat(new OptionException(List.of(), "It is 2 but must be at most 0.5"))
                .hasMessage("It is 2 but must be at most 0.5");
    }

    @Test
    void whoeverReadsItKnowsThePlaceByAnotherName() {
        OptionException wrong = new OptionException(List.of("fraction"), "It has 3 digits\nMaybe fewer?");

        assertThat(wrong.of("--fraction")).isEqualTo("--fraction has 3 digits\nMaybe fewer?");
        assertThat(wrong.path()).containsExactly("fraction");
    }
}
