package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.junit.jupiter.api.Test;

class WaitingMembersTest {
    private final WaitingMembers waiting = new WaitingMembers();

    private void add(int index, long steps) {
        waiting.add(new Member(
                new MemberId(index),
                Member.Status.TRAINING,
                0,
                0,
                0,
                0,
                Hyperparameters.of(Map.of()),
                Optional.of(new CheckpointRef(new MemberId(index), 0, steps, new CheckpointId("abcd0123"))),
                List.of(),
                Optional.empty()));
    }

    private int next() {
        MemberId first = waiting.first();
        waiting.remove(first);
        return first.index();
    }

    @Test
    void whoseWeightsTrainedLeastGoesFirstAndTheLowerIndexAmongEquals() {
        add(0, 20);
        add(3, 10);
        add(1, 10);
        add(2, 0);
        assertThat(List.of(next(), next(), next(), next())).containsExactly(2, 1, 3, 0);
        assertThat(waiting.isEmpty()).isTrue();
        assertThatThrownBy(waiting::first).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void whoWaitsWithOtherWeightsHasOnePlace() {
        add(1, 20);
        add(0, 10);
        add(1, 0);
        assertThat(List.of(next(), next())).containsExactly(1, 0);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void whoComesLaterIsNotPassedOver() {
        add(5, 10);
        add(9, 10);
        assertThat(next()).isEqualTo(5);
        add(2, 10);
        add(0, 11);
        assertThat(List.of(next(), next(), next())).containsExactly(2, 9, 0);
    }
}
