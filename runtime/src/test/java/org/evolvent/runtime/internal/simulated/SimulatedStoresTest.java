package org.evolvent.runtime.internal.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedStoresTest {
    private final SimulatedCheckpointStore store = new SimulatedCheckpointStore();

    private static Attempt attempt(int member, int interval, int number) {
        return new Attempt(
                new MemberId(member), interval, number, 0, 5, Hyperparameters.of(Map.of()), Optional.empty(), 17);
    }

    @Test
    void keepsWhatIsPinnedOrReachable() {
        CheckpointId pinned = store.put(attempt(0, 0, 0), "a", 100).id();
        CheckpointId reached = store.put(attempt(1, 0, 0), "b", 100).id();
        CheckpointId garbage = store.put(attempt(2, 0, 0), "c", 100).id();
        store.release(reached);
        store.release(garbage);
        store.release(new CheckpointId("ab".repeat(32)));
        assertThat(store.sweep(Set.of(reached))).isEqualTo(1);
        assertThat(store.list()).containsExactlyInAnyOrder(pinned, reached);
        assertThat(store.weights(pinned)).contains("a");
        assertThat(store.weights(garbage)).isEmpty();
        assertThat(store.isIntact(pinned)).isTrue();
        assertThat(store.isIntact(garbage)).isFalse();
        store.discard(List.of(pinned, reached, garbage));
        assertThat(store.list()).containsExactly(pinned);
    }

    @Test
    void everyAttemptHasANameOfItsOwn() {
        for (int member = 0; member < 3; member++) {
            for (int interval = 0; interval < 3; interval++) {
                for (int number = 0; number < 3; number++) {
                    store.put(attempt(member, interval, number), "", 1);
                }
            }
        }
        assertThat(store.list()).hasSize(27);
    }

    @Test
    void remembersTheMostBytes() {
        CheckpointId first = store.put(attempt(0, 0, 0), "", 100).id();
        store.put(attempt(0, 0, 0), "", 100);
        assertThat(store.mostBytes()).as("one, put twice").isEqualTo(100);
        store.put(attempt(1, 0, 0), "", 50);
        store.release(first);
        store.discard(List.of(first));
        store.put(attempt(2, 0, 0), "", 70);
        assertThat(store.mostBytes()).isEqualTo(150);
        store.put(attempt(3, 0, 0), "", 100);
        assertThat(store.mostBytes()).isEqualTo(220);
    }

    @Test
    void hasNoFiles() {
        assertThatThrownBy(store::stage).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.commit(Path.of("x"))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.abandon(Path.of("x"))).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.open(new CheckpointId("ab".repeat(32))))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theForgetfulLogCountsItsEvents() {
        ForgetfulEventStore log = new ForgetfulEventStore();
        log.read(event -> {
            throw new AssertionError("an event of an empty log");
        });
        log.append(SampleEvents.all().subList(0, 3));
        log.append(SampleEvents.all().subList(0, 2));
        assertThat(log.size()).isEqualTo(5);
        assertThatThrownBy(() -> log.read(event -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("5 events are forgotten");
    }

    private static SimulatedCosts costs(List<Double> speeds, List<Double> memberSpeeds, double failureRate, int hot) {
        return new SimulatedCosts(
                Duration.ZERO, Duration.ZERO, Duration.ZERO, speeds, memberSpeeds, failureRate, 0, hot);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void speedsArePositive(double speed) {
        assertThatThrownBy(() -> costs(List.of(1.0, speed), List.of(1.0), 0, 0))
                .hasMessageContaining("A speed is " + speed);
        assertThatThrownBy(() -> costs(List.of(1.0), List.of(1.0, speed), 0, 0))
                .hasMessageContaining("A speed is " + speed);
    }

    @Test
    void costsAreInTheirRanges() {
        assertThatThrownBy(() -> costs(List.of(), List.of(1.0), 0, 0)).hasMessageContaining("at least one speed");
        assertThatThrownBy(() -> costs(List.of(1.0), List.of(), 0, 0)).hasMessageContaining("at least one speed");
        assertThatThrownBy(() -> costs(List.of(1.0), List.of(1.0), 1, 0)).hasMessageContaining("failure rate is 1.0");
        assertThatThrownBy(() -> costs(List.of(1.0), List.of(1.0), -0.1, 0)).hasMessageContaining("failure rate");
        assertThatThrownBy(() -> costs(List.of(1.0), List.of(1.0), 0, -1)).hasMessageContaining("hot members is -1");
        assertThat(SimulatedCosts.ofSlots(3))
                .isEqualTo(new SimulatedCosts(
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ZERO,
                        List.of(1.0, 1.0, 1.0),
                        List.of(1.0),
                        0,
                        0));
    }
}
