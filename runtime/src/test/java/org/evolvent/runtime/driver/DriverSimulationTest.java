package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.memory.InMemoryCheckpointStore;
import org.evolvent.runtime.memory.InMemoryEventStore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole studies in simulated time, under {@link Invariants} after every commit. A failure prints the seed that replays it. */
class DriverSimulationTest {
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("rate", new Reals(1e-5, 1e-1, Scale.LOG), false),
            new Parameter("units", new Ints(1, 100, Scale.LOG), false),
            new Parameter("layers", new Ints(1, 4, Scale.LINEAR), true),
            new Parameter("nesterov", Choice.flag(), false)));

    private static final int LARGE = (int) Collector.LARGE_BYTES;

    /** One world: its stores outlive the drivers that come and go. */
    private static final class World {
        final Study study;
        final int slots;
        final boolean rough;
        final int checkpointBytes;
        final RandomStream random;
        final InMemoryEventStore log = new InMemoryEventStore();
        final BrittleEventStore events = new BrittleEventStore(log);
        final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
        final SimulatedTime time = new SimulatedTime();
        Invariants invariants;
        Consumer<World> afterCommit = world -> {};
        Consumer<World> beforeAwait = world -> {};
        StudyDriver driver;

        World(Mode mode, long seed, boolean rough, int checkpointBytes, int slots) {
            this.random = new RandomStream(seed);
            this.study = Study.named(
                            "simulated", SPACE, new Objective("score", Objective.Goal.MAXIMIZE), Budget.ofSteps(95), 10)
                    .population(2 + random.index(19))
                    .burnInSteps(random.index(3) * 10L)
                    .mode(mode)
                    .seed(seed)
                    .build();
            this.rough = rough;
            this.checkpointBytes = checkpointBytes;
            this.slots = slots;
        }

        StudyState run() {
            invariants = new Invariants(study, log, checkpoints, () -> afterCommit.accept(this));
            try (SimulatedExecutor executor = new SimulatedExecutor(
                    slots,
                    rough,
                    checkpointBytes,
                    checkpoints,
                    time,
                    random.nextLong(),
                    () -> beforeAwait.accept(this))) {
                driver = new StudyDriver(study, "simulated", events, checkpoints, executor, time, invariants);
                return driver.run();
            }
        }

        String digest() {
            return StateDigest.of(log.events());
        }
    }

    private static World calm(Mode mode, long seed) {
        return new World(mode, seed, false, 10, 2);
    }

    private static World rough(Mode mode, long seed) {
        return new World(mode, seed, true, 10, 1 + (int) StrictMath.floorMod(Randomness.mix(seed), 5L));
    }

    private static void forSeeds(int count, LongConsumer study) {
        LongStream.range(0, count).forEach(seed -> {
            try {
                study.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("Seed %s: %s".formatted(seed, e.getMessage()), e);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aStudyEndsWellInRoughWeather(Mode mode) {
        forSeeds(20, seed -> {
            World world = rough(mode, seed);
            check(world);
        });
    }

    private static Invariants check(World world) {
        StudyState end = world.run();
        world.invariants.checkEnd(end);
        return world.invariants;
    }

    @ParameterizedTest
    @EnumSource
    void whatIsStoredIsWhatIsReachableAndInFlight(Mode mode) {
        forSeeds(3, seed -> {
            World world = new World(mode, seed, true, LARGE, 3);
            world.beforeAwait = w -> {
                Set<CheckpointId> stored = w.checkpoints.list();
                Set<CheckpointId> reachable = Retention.reachable(w.invariants.state());
                if (mode == Mode.ASYNCHRONOUS) {
                    assertThat(stored).isEqualTo(reachable);
                } else {
                    // Results that wait for their turn come on top.
                    assertThat(stored).hasSizeLessThanOrEqualTo(2 * w.study.population() + 1);
                }
            };
            check(world);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aProcessMayDieAtAnyCommit(Mode mode) {
        forSeeds(8, seed -> {
            World undisturbed = calm(mode, seed);
            int appends = check(undisturbed).commits();
            int deaths = 0;
            for (int death = 1 + (int) seed; death <= appends; death += 1 + appends / 4) {
                World world = rough(mode, seed);
                world.events.dieAt(death, (death + seed) % 2 == 0);
                while (diedRunning(world)) {
                    deaths++;
                }
                if (mode == Mode.SYNCHRONOUS) {
                    assertThat(world.digest())
                            .as("after a death at commit %s", death)
                            .isEqualTo(undisturbed.digest());
                }
            }
            assertThat(deaths).isPositive();
        });
    }

    /** The log may keep any part of what was not synced. What was deleted stays so. */
    @ParameterizedTest
    @EnumSource
    void thePowerMayFailAtAnyCommit(Mode mode) {
        forSeeds(8, seed -> {
            World undisturbed = calm(mode, seed);
            int appends = check(undisturbed).commits();
            for (int failure = 1 + (int) seed; failure <= appends; failure += 1 + appends / 4) {
                World world = rough(mode, seed);
                world.events.dieAt(failure, false);
                while (diedRunning(world)) {
                    world.events.losePower(world.random);
                    // And once more soon after the resumption, when little has been synced.
                    if (world.random.chance(0.5)) {
                        world.events.dieAt(1 + world.random.index(3), world.random.chance(0.5));
                    }
                }
                if (mode == Mode.SYNCHRONOUS) {
                    assertThat(world.digest())
                            .as("after a failure at commit %s", failure)
                            .isEqualTo(undisturbed.digest());
                }
            }
        });
    }

    private static boolean diedRunning(World world) {
        try {
            check(world);
            return false;
        } catch (EvolventException e) {
            assertThat(e).hasMessage("The process dies here");
            world.checkpoints.close();
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStudyMayBeStoppedAndResumed(Mode mode) {
        forSeeds(8, seed -> {
            World undisturbed = calm(mode, seed);
            check(undisturbed);
            World world = rough(mode, seed);
            world.afterCommit = w -> {
                if (w.driver != null && w.random.chance(0.03)) {
                    w.driver.stop();
                }
            };
            StudyState state = world.run();
            while (state.end().isEmpty()) {
                assertThat(world.checkpoints.list()).isEqualTo(Retention.reachable(state));
                state = world.run();
            }
            world.invariants.checkEnd(state);
            if (mode == Mode.SYNCHRONOUS) {
                assertThat(world.digest()).isEqualTo(undisturbed.digest());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = "SYNCHRONOUS")
    void aSynchronousLogDoesNotDependOnTheSlots(Mode mode) {
        forSeeds(6, seed -> {
            World one = new World(mode, seed, false, 10, 1);
            check(one);
            for (int slots : new int[] {2, 4}) {
                World more = new World(mode, seed, false, 10, slots);
                check(more);
                assertThat(timeless(more.log.events())).isEqualTo(timeless(one.log.events()));
                assertThat(more.digest()).isEqualTo(one.digest());
            }
            World rough = rough(mode, seed);
            check(rough);
            assertThat(rough.digest())
                    .as("losses change the log but no decision")
                    .isEqualTo(one.digest());
        });
    }

    private static List<Event> timeless(List<Event> log) {
        Execution nowhere = new Execution(0, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);
        List<Event> timeless = new ArrayList<>();
        for (Event event : log) {
            if (event instanceof Event.IntervalFinished f) {
                timeless.add(new Event.IntervalFinished(
                        f.attempt(),
                        f.score(),
                        f.metrics(),
                        f.samples(),
                        f.checkpoint(),
                        f.checkpointBytes(),
                        nowhere));
            } else if (event instanceof Event.AttemptFailed f) {
                timeless.add(new Event.AttemptFailed(f.attempt(), f.fault(), f.message(), nowhere));
            } else if (event instanceof Event.StudyCreated created) {
                timeless.add(new Event.StudyCreated(created.definition(), Instant.EPOCH));
            } else if (event instanceof Event.StudyEnded ended) {
                timeless.add(new Event.StudyEnded(ended.reason(), Instant.EPOCH));
            } else {
                timeless.add(event);
            }
        }
        return timeless;
    }
}
