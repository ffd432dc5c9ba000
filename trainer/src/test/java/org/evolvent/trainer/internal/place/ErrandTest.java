package org.evolvent.trainer.internal.place;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrandTest {
    @Test
    void hearsMoreThanAPipeHolds() {
        assertThat(Errand.run(List.of("sh", "-c", "yes 12345 evolvent-1-a | head -n 30000")))
                .hasLineCount(30_000);
    }

    @Test
    void doesNotWaitForever() {
        assertThat(Errand.run(List.of("sh", "-c", "echo early; exec sleep 20"), Duration.ofMillis(50)))
                .isEmpty();
    }

    @Test
    void whatIsNotThereSaysNothing() {
        assertThat(Errand.run(List.of("no-such-program-of-slurm"))).isEmpty();
    }
}
