package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;
import org.evolvent.runtime.StudyListener;
import org.evolvent.testkit.internal.contract.FailingCheckpointStore;
import org.evolvent.testkit.internal.contract.FailingEventStore;
import org.evolvent.testkit.internal.contract.RandomLog;
import org.evolvent.testkit.internal.contract.SampleStudy;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a study does when the media under it fail. */
class FaultsTest {
    private final InMemoryEventStore events = new InMemoryEventStore();
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();

    @Test
    void endsTheSameWhereverTheLogFails() {
        String undisturbed = undisturbed();
        int sessions = 0;
        for (boolean ended = false; !ended; sessions++) {
            // Each session gets three appends further, and each begins with one of its own.
            FailingEventStore failing = new FailingEventStore(events, 4);
            try {
                ended = SampleStudy.run(failing, checkpoints).end().isPresent();
            } catch (EvolventException e) {
                assertThat(e).hasMessageContaining("disk is full");
            }
        }
        assertThat(sessions).isGreaterThan(10);
        assertThat(SampleStudy.digest(events)).isEqualTo(undisturbed);
        assertThat(checkpoints.list()).allMatch(checkpoints::isIntact);
    }

    @Test
    void reportsALogThatCannotEvenBeBegun() {
        assertThatThrownBy(() -> SampleStudy.run(new FailingEventStore(events, 0), checkpoints))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("disk is full");
        assertThat(events.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7})
    void endsTheSameWhenCheckpointsCannotBeCommittedNowAndThen(int every) {
        String undisturbed = undisturbed();
        StudyState state = SampleStudy.run(events, new FailingCheckpointStore(checkpoints, every));
        assertThat(state.end()).contains(Event.End.BUDGET);
        assertThat(state.tally().lostAttempts()).isPositive();
        assertThat(state.tally().failedAttempts()).isZero();
        assertThat(state.tally().failedIntervals()).isZero();
        assertThat(SampleStudy.digest(events)).isEqualTo(undisturbed);
    }

    @Test
    void stopsAndAsksForHelpWhenNoCheckpointCanBeCommitted() {
        assertThatThrownBy(() -> SampleStudy.run(events, new FailingCheckpointStore(checkpoints, 1)))
                .isInstanceOf(EvolventException.class)
                .hasMessageContaining("worker is gone")
                .hasMessageContaining("resume");
        SampleStudy.run(events, checkpoints);
        assertThat(SampleStudy.digest(events)).isEqualTo(undisturbed());
    }

    /** A strategy may ask a program, and that may find the disk full. */
    @Test
    void waitsForAStrategyThatWaitsForRoom() {
        List<String> pauses = new ArrayList<>();
        AtomicInteger full = new AtomicInteger(3);
        Strategy sound = SampleStudy.study().strategy();
        Strategy needy = (situation, random) -> {
            if (full.getAndDecrement() > 0) {
                throw new StorageException(StorageException.Kind.FULL, "no room to think", new IOException());
            }
            return sound.decide(situation, random);
        };
        StudyState state = run(RandomLog.study(needy), new StudyListener() {
            @Override
            public void paused(String reason) {
                pauses.add(reason);
            }
        });
        assertThat(state.end()).contains(Event.End.BUDGET);
        assertThat(pauses).hasSize(3).allMatch(reason -> reason.contains("no room to think"));
        StudyState calm = run(RandomLog.study(sound), new StudyListener() {});
        assertThat(state.tally()).isEqualTo(calm.tally());
    }

    private StudyState run(Study study, StudyListener listener) {
        AtomicLong looks = new AtomicLong();
        InstantSource clock = () -> Instant.EPOCH.plusMillis(200 * looks.getAndIncrement());
        try (ScriptedExecutor executor = new ScriptedExecutor(
                2,
                checkpoints,
                (attempt, parent, save) -> {
                    Files.writeString(save.resolve("weights"), attempt.toString());
                    return Map.of("loss", 1.0 / attempt.stepTo());
                },
                clock)) {
            return StudyDriver.of(study, new InMemoryEventStore(), checkpoints, executor)
                    .definition(RandomLog.DEFINITION)
                    .clock(clock)
                    .listener(listener)
                    .run();
        }
    }

    private static String undisturbed() {
        InMemoryEventStore log = new InMemoryEventStore();
        SampleStudy.run(log, new InMemoryCheckpointStore());
        return SampleStudy.digest(log);
    }
}
