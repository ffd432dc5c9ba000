package org.evolvent.cli.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.evolvent.core.lineage.Lineage.Segment;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.junit.jupiter.api.Test;

class SchedulesTest {
    private static Segment segment(int interval, Map<String, Object> hyperparameters) {
        return new Segment(
                10L * interval,
                10L * interval + 10,
                new MemberId(0),
                interval,
                Hyperparameters.ofPlain(hyperparameters));
    }

    /** An amendment adds a parameter, or a condition makes one active. */
    @Test
    void aHyperparameterMayComeLaterAndGo() {
        List<Segment> schedule = List.of(
                segment(0, Map.of("rate", 0.5)),
                segment(1, Map.of("rate", 0.25, "more", "a")),
                segment(2, Map.of("rate", 0.25)));
        assertThat(Schedules.table(schedule, 10))
                .containsExactly(
                        "from_step  to_step  rate  more", //
                        "        0       10   0.5",
                        "       10       20  0.25  a",
                        "       20       30  0.25");
    }
}
