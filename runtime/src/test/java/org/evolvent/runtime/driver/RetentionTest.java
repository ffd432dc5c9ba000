package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final Hyperparameters HYPERPARAMETERS = Hyperparameters.of(Map.of());
    private static final CheckpointId FIRST = new CheckpointId("00000001");
    private static final CheckpointId SECOND = new CheckpointId("00000002");
    private static final CheckpointId THIRD = new CheckpointId("00000003");

    private final Retention retention = new Retention();
    private Population population = Population.of(List.of(Member.created(new MemberId(0), HYPERPARAMETERS)));

    /** Worse from interval to interval, so that the first is and stays the best. */
    private void publish(CheckpointId id) {
        Member before = population.get(new MemberId(0));
        Optional<ReadyPoint> bestBefore = population.best();
        retention.committed(id, 10);
        double score = -before.interval();
        ReadyPoint point = new ReadyPoint(
                before.id(),
                before.interval(),
                1,
                new Score.Valid(score),
                score,
                List.of(),
                HYPERPARAMETERS,
                Optional.of(new CheckpointRef(before.id(), before.interval(), 1, id)));
        Member ready = before.ready(point, 1);
        population = population.with(ready.next(HYPERPARAMETERS, ready.parent(), false));
        retention.follow(List.of(before), bestBefore, population);
    }

    @Test
    void whatIsNeededWhenALogIsSyncedIsNotDeletedAfterIt() {
        publish(FIRST);
        publish(SECOND);
        List<Retention.Kept> whenSynced = retention.garbage();
        publish(THIRD);
        assertThat(retention.garbageBytes()).isEqualTo(10);
        assertThat(retention.takeGarbage(whenSynced))
                .as("the log that is synced needs the second checkpoint")
                .isEmpty();
        assertThat(retention.takeGarbage(retention.garbage())).containsExactly(SECOND);
        assertThat(retention.garbageBytes()).isZero();
    }

    @Test
    void garbageThatIsNeededAgainStays() {
        publish(FIRST);
        publish(SECOND);
        publish(THIRD);
        List<Retention.Kept> whenSynced = retention.garbage();
        publish(SECOND);
        assertThat(retention.takeGarbage(whenSynced)).isEmpty();
        assertThat(retention.takeGarbage(retention.garbage())).containsExactly(THIRD);
        assertThat(retention.hasGarbage()).isFalse();
    }

    @Test
    void garbageThatCouldNotBeDeletedIsGarbageAgain() {
        publish(FIRST);
        publish(SECOND);
        publish(THIRD);
        List<Retention.Kept> seen = retention.garbage();
        retention.putBack(seen);
        seen = retention.garbage();
        assertThat(retention.takeGarbage(seen)).containsExactly(SECOND);
        retention.putBack(seen);
        assertThat(retention.garbageBytes()).isEqualTo(10);
        assertThat(retention.takeGarbage(retention.garbage())).containsExactly(SECOND);
        assertThat(retention.garbageBytes()).isZero();
    }

    @Test
    void whatNobodyWaitsForIsGarbage() {
        publish(FIRST);
        retention.committed(SECOND, 10);
        retention.committed(FIRST, 10);
        assertThat(retention.takeGarbage(retention.garbage())).containsExactly(SECOND);
    }
}
