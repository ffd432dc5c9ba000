package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Amendment;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCheckpointStore;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedExecutor;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.api.Test;

/** What the driver does when time passes, when it is told to stop, and when it is told that something is lost. */
class StudyDriverTest extends DriverScene {
    private List<Event.CheckpointsLost> losses() {
        return log.events().stream()
                .filter(Event.CheckpointsLost.class::isInstance)
                .map(Event.CheckpointsLost.class::cast)
                .toList();
    }

    @Test
    void theTimeIsUpToTheMomentOverAllSessions() {
        Study limited = study(new Budget(1000, Optional.of(Duration.ofMillis(9_500)), Optional.empty()));
        SimulatedCheckpointStore weights = new SimulatedCheckpointStore();
        SimulatedTrainer trainer =
                (attempt, from) -> new SimulatedTrainer.Outcome("weights", Map.of("height", 1.0), List.of());
        SimulatedExecutor first = new SimulatedExecutor(trainer, weights, SimulatedCosts.ofSlots(2), 1);
        StudyListener stopper = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> committed) {
                if (first.instant().equals(Instant.EPOCH.plusSeconds(6))) {
                    driver.get().stop();
                }
            }
        };
        driver.set(StudyDriver.of(limited, log, weights, first)
                .definition("driver")
                .clock(first)
                .listener(stopper)
                .driver());
        assertThat(driver.get().run().end()).isEmpty();
        SimulatedExecutor second = new SimulatedExecutor(trainer, weights, SimulatedCosts.ofSlots(2), 1);
        StudyState end = StudyDriver.of(limited, log, weights, second)
                .definition("driver")
                .clock(second)
                .run();
        assertThat(end.end()).contains(Event.End.WALL_CLOCK);
        assertThat(second.instant()).isEqualTo(Instant.EPOCH.plusMillis(3_500));
        assertThat(log.events()).endsWith(new Event.StudyEnded(Event.End.WALL_CLOCK, second.instant()));
    }

    @Test
    void aStoppedStudyGoesOnLater() {
        StudyState stopped = run(log, at(20, state -> driver.get().stop()));
        assertThat(stopped.end()).isEmpty();
        long length = log.size();
        assertThat(stopped.population())
                .containsExactlyElementsOf(
                        StudyState.initial(stopped.study()).after(log.events()).population());
        StudyState end = run(log, new StudyListener() {});
        assertThat(end.end()).contains(Event.End.BUDGET);
        assertThat(log.size()).isGreaterThan(length);
        assertThat(StateDigest.of(log.events())).isEqualTo(undisturbed());
        assertThat(checkpoints.list())
                .as("what it found is collected, too")
                .isEqualTo(end.population().reachable());
    }

    @Test
    void whatCopiesAfterAnAmendmentNeedNoMoreIsCollected() {
        StudyState over = run(log, new StudyListener() {});
        Study longer = study(Budget.ofSteps(33));
        int before = log.events().size();
        log.append(List.of(Amendment.of(over, "longer", longer, List.of(), false, now)));
        StudyState end;
        try (Executor executor = new ScriptedExecutor(2, checkpoints, DriverScene::train, clock)) {
            Study amended = over.study().before("longer", longer);
            end = run(amended, log, executor, clock, new StudyListener() {});
        }
        assertThat(log.events().subList(before, log.events().size()))
                .as("somebody copies at once")
                .anyMatch(event ->
                        event instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit);
        assertThat(checkpoints.list()).isEqualTo(end.population().reachable());
    }

    /** Time passes while it waits; nothing ever ends. */
    private class Deaf implements Executor {
        final List<Attempt> started = new ArrayList<>();
        final List<Attempt> cancelled = new ArrayList<>();
        int wakings;
        Duration longest = Duration.ZERO;
        Runnable waiting = () -> {};

        @Override
        public int slots() {
            return 1;
        }

        @Override
        public int capacity() {
            return 3;
        }

        @Override
        public void start(Attempt attempt) {
            started.add(attempt);
        }

        @Override
        public void cancel(Attempt attempt) {
            cancelled.add(attempt);
        }

        @Override
        public List<ExecutorEvent> await(Duration atMost) {
            longest = atMost.compareTo(longest) > 0 ? atMost : longest;
            now = now.plus(atMost);
            waiting.run();
            return List.of();
        }

        @Override
        public void wakeUp() {
            wakings++;
        }

        @Override
        public void close() {
            // It has nothing.
        }
    }

    @Test
    void aStopWaitsThreeSecondsForWhoDoesNotEnd() {
        Deaf deaf = new Deaf();
        AtomicReference<Instant> stopped = new AtomicReference<>();
        deaf.waiting = () -> {
            if (now.isAfter(Instant.EPOCH.plusSeconds(10)) && stopped.get() == null) {
                stopped.set(now);
                driver.get().stop();
            }
        };
        StudyState state = run(study(Budget.ofSteps(30)), log, deaf, () -> now, new StudyListener() {});
        assertThat(state.end()).isEmpty();
        assertThat(deaf.started).as("as many as may be under way").hasSize(3);
        assertThat(deaf.cancelled).containsExactlyInAnyOrderElementsOf(deaf.started);
        assertThat(Duration.between(stopped.get(), now)).isEqualTo(Duration.ofSeconds(3));
        assertThat(deaf.longest).as("the log is synced in between").isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whoTellsItSomethingWakesItUp() {
        Deaf deaf = new Deaf();
        StudyDriver sleeping = StudyDriver.of(study(Budget.ofSteps(30)), log, checkpoints, deaf)
                .clock(() -> now)
                .driver();
        sleeping.lost(new CheckpointId("00000000"), "it rotted");
        assertThat(deaf.wakings).isEqualTo(1);
        sleeping.stop();
        assertThat(deaf.wakings).isEqualTo(2);
    }

    @Test
    void whatTheExecutorReportsIsTold() {
        List<Class<?>> reported = new ArrayList<>();
        run(log, new StudyListener() {
            @Override
            public void reported(ExecutorEvent event) {
                reported.add(event.getClass());
            }
        });
        assertThat(reported).hasSize(80).startsWith(ExecutorEvent.Started.class, ExecutorEvent.Done.class);
    }

    @Test
    void aLossThatSomebodyFoundIsLogged() {
        AtomicReference<CheckpointId> best = new AtomicReference<>();
        StudyState end = run(log, at(30, state -> {
            best.set(state.population()
                    .best()
                    .flatMap(ReadyPoint::checkpoint)
                    .orElseThrow()
                    .id());
            checkpoints.damage(best.get());
            driver.get().lost(best.get(), "it rotted, says the test");
            driver.get().lost(new CheckpointId("00000000"), "nobody needs it");
        }));
        assertThat(end.end()).contains(Event.End.BUDGET);
        assertThat(losses().get(0).checkpoints()).containsExactly(best.get());
        assertThat(losses().get(0).reason()).isEqualTo("it rotted, says the test");
        assertThat(losses()).noneMatch(loss -> loss.checkpoints().contains(new CheckpointId("00000000")));
    }

    @Test
    void aTrainerThatFailsIsToBlame() {
        ScriptedExecutor.Script failing = (attempt, parent, save) -> {
            if (attempt.member().index() == 1 && attempt.interval() == 1 && attempt.number() == 0) {
                throw new IOException("out of tune");
            }
            return train(attempt, parent, save);
        };
        try (Executor executor = new ScriptedExecutor(2, checkpoints, failing, clock)) {
            run(study(Budget.ofSteps(30)), log, executor, clock, new StudyListener() {});
        }
        List<Event.AttemptFailed> failures = log.events().stream()
                .filter(Event.AttemptFailed.class::isInstance)
                .map(Event.AttemptFailed.class::cast)
                .toList();
        assertThat(failures).singleElement().satisfies(failed -> {
            assertThat(failed.fault()).isEqualTo(Event.Fault.TRAINER);
            assertThat(failed.message()).contains("out of tune");
            assertThat(failed.attempt().member()).isEqualTo(new MemberId(1));
        });
    }

    @Test
    void keptAncestorsAreNotCollected() {
        Study keeping = Study.named(
                        "driver",
                        study(Budget.ofSteps(30)).space(),
                        study(Budget.ofSteps(30)).objective(),
                        Budget.ofSteps(30),
                        3)
                .population(4)
                .ancestors(2)
                .build();
        try (Executor executor = new ScriptedExecutor(2, checkpoints, DriverScene::train, clock)) {
            StudyState end = run(keeping, log, executor, clock, new StudyListener() {});
            for (Member member : end.population()) {
                assertThat(member.ancestors()).hasSize(2).allMatch(ref -> checkpoints.isIntact(ref.id()));
            }
        }
    }

    /** Member 0 never ends its third interval, so that the results of the others in that round wait for it. */
    @Test
    void whatWaitsForItsTurnWhenTheStudyStopsIsGivenBack() {
        ScriptedExecutor scripted = new ScriptedExecutor(4, checkpoints, DriverScene::train, clock);
        Deaf slow = new Deaf() {
            @Override
            public int slots() {
                return 4;
            }

            @Override
            public int capacity() {
                return 4;
            }

            @Override
            public void start(Attempt attempt) {
                super.start(attempt);
                if (attempt.member().index() != 0 || attempt.interval() != 2) {
                    scripted.start(attempt);
                }
            }

            @Override
            public List<ExecutorEvent> await(Duration atMost) {
                List<ExecutorEvent> events = scripted.await(atMost);
                if (events.isEmpty()) {
                    driver.get().stop();
                }
                return events;
            }
        };
        StudyState stopped = run(study(Budget.ofSteps(30)), log, slow, clock, new StudyListener() {});
        assertThat(stopped.end()).isEmpty();
        assertThat(slow.started).hasSize(12);
        assertThat(stopped.tally().intervals()).as("the two rounds before").isEqualTo(8);
        assertThat(checkpoints.list()).isEqualTo(stopped.population().reachable());
    }

    @Test
    void whatIsMissingAtTheBeginningIsGivenUp() {
        StudyState stopped = run(log, at(20, state -> driver.get().stop()));
        Member unlucky = member(stopped, Status.TRAINING);
        CheckpointId gone = unlucky.parent().map(CheckpointRef::id).orElseThrow();
        checkpoints.remove(gone);
        StudyState end = run(log, new StudyListener() {});
        assertThat(end.end()).contains(Event.End.BUDGET);
        Event.CheckpointsLost loss = losses().get(0);
        assertThat(losses()).hasSize(1);
        assertThat(loss.checkpoints()).containsExactly(gone);
        assertThat(loss.stranded()).contains(unlucky.id());
        assertThat(loss.reason()).contains("missing");
        assertThat(checkpoints.list()).isEqualTo(end.population().reachable());
    }

    private static Member member(StudyState state, Status status) {
        for (Member member : state.population()) {
            if (member.status() == status && member.parent().isPresent()) {
                return member;
            }
        }
        throw new AssertionError("nobody is " + status);
    }

    @Test
    void whatIsUnderWayIsNotStartedTwice() {
        Deaf deaf = new Deaf();
        deaf.waiting = () -> {
            if (now.isAfter(Instant.EPOCH.plusSeconds(5))) {
                driver.get().stop();
            }
        };
        run(study(Budget.ofSteps(30)), log, deaf, () -> now, new StudyListener() {});
        assertThat(deaf.started.stream().map(Attempt::member))
                .containsExactly(new MemberId(0), new MemberId(1), new MemberId(2));
    }
}
