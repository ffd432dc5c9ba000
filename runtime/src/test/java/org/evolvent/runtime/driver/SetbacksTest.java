package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StorageException.Kind;
import org.evolvent.runtime.StudyListener;
import org.junit.jupiter.api.Test;

class SetbacksTest {
    private static final Execution EXECUTION = new Execution(0, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);

    private Instant now = Instant.EPOCH;
    private final List<String> told = new ArrayList<>();
    private final Setbacks setbacks = new Setbacks(() -> now, new StudyListener() {
        @Override
        public void paused(String reason) {
            told.add(reason);
        }

        @Override
        public void unpaused() {
            told.add("unpaused");
        }
    });

    private static Attempt attempt(int member) {
        return new Attempt(new MemberId(member), 0, 0, 0, 10, Hyperparameters.of(Map.of()), Optional.empty(), 1);
    }

    private Optional<EvolventException> lost(int member) {
        return setbacks.note(new ExecutorEvent.Lost(attempt(member), "it died", EXECUTION));
    }

    private Optional<EvolventException> full(int member) {
        return setbacks.note(new ExecutorEvent.Lost(attempt(member), "no room", Optional.of(Kind.FULL), EXECUTION));
    }

    private Optional<EvolventException> done(int member) {
        CheckpointStore.Stored stored = new CheckpointStore.Stored(new CheckpointId("00000000"), 1);
        return setbacks.note(new ExecutorEvent.Done(attempt(member), Map.of(), List.of(), stored, EXECUTION));
    }

    @Test
    void asksForHelpWhenAPlaceLosesAnIntervalFiveTimesInARow() {
        done(3);
        for (int i = 0; i < 4; i++) {
            assertThat(lost(1)).isEmpty();
            assertThat(lost(2)).isEmpty();
        }
        assertThat(lost(1).orElseThrow())
                .hasMessageContaining("member 1, interval 0")
                .hasMessageContaining("it died")
                .hasMessageContaining("resume");
        assertThat(told).as("no medium is to blame").isEmpty();
        assertThat(setbacks.pauses()).isFalse();
    }

    @Test
    void asksForHelpSoonerWhenNothingHasEverEnded() {
        for (int times = 0; times < 2; times++) {
            for (int member = 0; member < 16; member++) {
                Optional<EvolventException> help = lost(member);
                if (times == 1 && member == 15) {
                    assertThat(help.orElseThrow()).hasMessageContaining("member 15", "it died");
                } else {
                    assertThat(help).isEmpty();
                }
            }
        }
    }

    @Test
    void aSmallPopulationIsTriedFiveTimes() {
        for (int i = 0; i < 4; i++) {
            assertThat(lost(i % 2)).isEmpty();
        }
        assertThat(lost(0)).isPresent();
    }

    /** What a cluster does says nothing about the program; but an interval that fits in nowhere would be tried for ever. */
    @Test
    void placesAreTakenAwayAsOftenAsTheyLike() {
        for (int i = 1; i < 50; i++) {
            for (int member = 0; member < 16; member++) {
                assertThat(withdrawn(member)).isEmpty();
            }
            assertThat(lost(20 + i))
                    .as("of what may be a defect only a few are too many")
                    .isEmpty();
            done(20 + i);
        }
        assertThat(withdrawn(3).orElseThrow()).hasMessageContaining("member 3", "node failure");
        done(4);
        assertThat(withdrawn(4)).isEmpty();
    }

    private Optional<EvolventException> withdrawn(int member) {
        return setbacks.note(
                new ExecutorEvent.Lost(attempt(member), "node failure", Optional.empty(), true, EXECUTION));
    }

    @Test
    void whoEndsOtherwiseIsWell() {
        for (int i = 0; i < 12; i++) {
            assertThat(lost(1)).isEmpty();
            if (i % 4 == 3) {
                ExecutorEvent failed = new ExecutorEvent.Failed(attempt(1), "a bug", EXECUTION);
                assertThat(i == 3 ? done(1) : setbacks.note(failed)).isEmpty();
            }
        }
    }

    @Test
    void pausesWhileAMediumIsFullAndGoesOnAfterASuccess() {
        assertThat(setbacks.pauses()).isFalse();
        assertThat(setbacks.pauseLeft()).isZero();
        assertThat(full(1)).isEmpty();
        assertThat(told).singleElement().asString().contains("is full", "no room");
        assertThat(setbacks.pauses()).isTrue();
        assertThat(setbacks.pauseLeft()).isEqualTo(Duration.ofSeconds(1));
        now = now.plusMillis(400);
        assertThat(setbacks.pauseLeft()).isEqualTo(Duration.ofMillis(600));
        setbacks.note(new ExecutorEvent.Failed(attempt(2), "a bug", EXECUTION));
        assertThat(told).as("that a trainer fails says nothing of the medium").hasSize(1);
        assertThat(setbacks.pauses()).isTrue();
        now = now.plusSeconds(1);
        assertThat(setbacks.pauses()).isFalse();
        assertThat(setbacks.pauseLeft()).isZero();
        done(2);
        done(2);
        assertThat(told).hasSize(2).last().isEqualTo("unpaused");
    }

    @Test
    void asksForHelpWhenAMediumIsFullForTooLong() {
        assertThat(full(1)).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(full(1)).as("that is not counted").isEmpty();
        }
        now = now.plus(Duration.ofHours(1));
        assertThat(full(2).orElseThrow()).hasMessageContaining("no room");
    }

    @Test
    void takesALogThatCannotBeWrittenForTheSame() {
        StorageException failure = new StorageException(Kind.FAILING, "the log fails", new Exception());
        assertThat(setbacks.isHopeless(failure)).isFalse();
        assertThat(told).singleElement().asString().contains("fails: the log fails");
        assertThat(setbacks.pauses()).isTrue();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(setbacks.isHopeless(failure)).isTrue();
    }
}
