package org.evolvent.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.junit.jupiter.api.Test;

class TroublesTest {
    @Test
    void eachIsToldOnceAndAsSoonAsItIsThere() {
        List<String> all = new ArrayList<>(List.of("the log is damaged"));
        List<String> told = new ArrayList<>();
        Troubles troubles = new Troubles(() -> List.copyOf(all), new StudyListener() {
            @Override
            public void warned(String message) {
                told.add(message);
            }
        });
        troubles.tell();
        assertThat(told).containsExactly("the log is damaged");
        all.add("a directory cannot be deleted");
        troubles.committed(TroublesTest::unasked, List.of());
        troubles.committed(TroublesTest::unasked, List.of());
        assertThat(told).isEqualTo(all);
    }

    private static StudyState unasked() {
        throw new AssertionError("It costs something");
    }
}
