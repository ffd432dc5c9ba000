package org.evolvent.views.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void everyTextIsUnderItsNumber() {
        Texts texts = new Texts();
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            added.add(i % 7 == 0 ? "" : "It ranks %s of 1000 \u2190 \ud83d\ude80".formatted(i));
            assertThat(texts.add(added.get(i))).isEqualTo(i);
        }
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            int number = random.nextInt(added.size());
            assertThat(texts.get(number)).isEqualTo(added.get(number));
        }
    }
}
