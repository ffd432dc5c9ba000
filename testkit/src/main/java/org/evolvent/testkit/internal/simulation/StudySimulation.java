package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.exploit.Tournament;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Objective;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Amendment;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.driver.StudyDriver;

/**
 * One study of one seed, from its creation to its end, through as many processes as it takes. Everything follows from the seed: the study,
 * its mode and slots, and which faults strike when.
 */
public final class StudySimulation {
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("rate", new Reals(1e-5, 1e-1, Scale.LOG), false),
            new Parameter("units", new Ints(1, 100, Scale.LOG), false),
            new Parameter("layers", new Ints(1, 4, Scale.LINEAR), true),
            new Parameter("nesterov", Choice.flag(), false)));

    private static final long INTERVAL_STEPS = 10;

    /** About so many events a member brings in each of its intervals. */
    private static final double EVENTS_PER_INTERVAL = 2.4;

    /** A study that needs more is going in circles. */
    private static final int MOST_PROCESSES = 500;

    private static final int LARGE_BYTES = 1 << 16;

    /**
     * What a simulation came to.
     *
     * @param digest names all that was decided and reached
     * @param events the length of the log
     * @param end why it was over
     * @param processes how many processes it took
     * @param faults which faults struck, by name, and how often
     */
    public record Ending(String digest, long events, Event.End end, int processes, Map<String, Integer> faults) {}

    private static final String AMENDED = "simulated otherwise";

    /** What makes the clock go on although nobody trains, or lets the log forget when somebody did. */
    private static final Set<Fault> OUT_OF_TIME =
            EnumSet.of(Fault.CLOCK_JUMP, Fault.SLOW_SLOT, Fault.DISK, Fault.POWER_LOSS);

    private final Medium medium;
    private final Weather weather;
    private final RandomStream random;
    private final Study study;
    private final int slots;
    private final int checkpointBytes;
    private final SimulatedClock clock = new SimulatedClock();
    private final Stopwatch stopwatch = new Stopwatch(clock);
    private final Set<CheckpointId> harmed = new HashSet<>();
    private final Set<List<Integer>> started = new HashSet<>();
    private final Set<CheckpointId> everHarmed = new HashSet<>();

    private StudySimulation(
            Medium medium, Study study, int slots, int checkpointBytes, Weather weather, RandomStream random) {
        this.medium = medium;
        this.study = study;
        this.slots = slots;
        this.checkpointBytes = checkpointBytes;
        this.weather = weather;
        this.random = random;
    }

    /**
     * Runs a study in bad weather, and where that must not matter compares it with the same study in calm weather.
     *
     * @param seed what everything follows from
     * @param events about how many events the log gets in calm weather
     * @param mediums makes an empty medium
     * @return what it came to
     * @throws AssertionError when something did not hold; the message names the seed
     */
    public static Ending run(long seed, int events, Supplier<Medium> mediums) {
        RandomStream random = new RandomStream(Randomness.mix(seed));
        Study study = study(seed, events, random, Optional.empty());
        int slots = 1 + random.index(5);
        int bytes = random.chance(0.2) ? LARGE_BYTES : 10;
        try {
            String calm = "";
            if (study.mode() == Mode.SYNCHRONOUS || random.chance(0.1)) {
                calm = calm(study, 2, bytes, mediums).digest();
            }
            try (Medium medium = mediums.get()) {
                StudySimulation rough = new StudySimulation(medium, study, slots, bytes, Weather.rough(random), random);
                Ending outcome = rough.run();
                if (study.mode() == Mode.SYNCHRONOUS && rough.everHarmed.isEmpty()) {
                    assertThat(outcome.digest())
                            .as("the digest of the undisturbed study")
                            .isEqualTo(calm);
                }
                return outcome;
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed %s with %s events: %s".formatted(seed, events, e), e);
        }
    }

    /**
     * Runs a study with a wall-clock budget of some seconds, which it often does not live to see in one process. It may take neither more
     * nor, unless all is trained before, less.
     *
     * @param seed what everything follows from
     * @param events about how many events the log gets in calm weather without that budget
     * @param mediums makes an empty medium
     * @return what it came to
     * @throws AssertionError when something did not hold; the message names the seed
     */
    public static Ending runAgainstTheClock(long seed, int events, Supplier<Medium> mediums) {
        RandomStream random = new RandomStream(Randomness.mix(seed));
        Study study = study(seed, events, random, Optional.of(Duration.ofSeconds(5 + random.index(40))));
        Weather weather = Weather.rough(random).without(OUT_OF_TIME);
        try (Medium medium = mediums.get()) {
            return new StudySimulation(medium, study, 1 + random.index(5), 10, weather, random).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed %s with %s events against the clock: %s".formatted(seed, events, e), e);
        }
    }

    /**
     * Runs a study in bad weather that is amended at some moment between two processes, or when it is over, and goes on as another.
     *
     * @param seed what everything follows from
     * @param events about how many events the log gets in calm weather without that
     * @param mediums makes an empty medium
     * @return what it came to
     * @throws AssertionError when something did not hold; the message names the seed
     */
    public static Ending runAmended(long seed, int events, Supplier<Medium> mediums) {
        RandomStream random = new RandomStream(Randomness.mix(seed));
        Study study = study(seed, events, random, Optional.empty());
        Study amended = new Study(
                "amended",
                study.space(),
                study.objective(),
                2 + random.index(9),
                Budget.ofSteps(study.budget().steps() + random.index(5) * INTERVAL_STEPS),
                INTERVAL_STEPS + random.index(3) - 1,
                study.burnInSteps(),
                study.strategy(),
                random.chance(0.7) ? study.mode() : Mode.SYNCHRONOUS,
                study.rules(),
                study.attempts(),
                study.absences(),
                random.index(3),
                List.of(),
                seed,
                study.intervalTime());
        try (Medium medium = mediums.get()) {
            Weather weather = Weather.rough(random);
            Study both = study.before(AMENDED, amended);
            return new StudySimulation(medium, both, 1 + random.index(5), 10, weather, random).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("Seed %s with %s events, amended: %s".formatted(seed, events, e), e);
        }
    }

    /** Amends the study, if it is to be and is not yet; returns whether it did. */
    private boolean amend() {
        List<Event> log = new ArrayList<>();
        medium.events().read(log::add);
        StudyState state = StudyState.initial(study).after(log);
        Optional<Study.Amended> next = state.study().next();
        if (next.isEmpty() || log.isEmpty()) {
            return false;
        }
        List<Event.Change> changes = List.of(new Event.Change("population", Optional.empty(), Optional.empty()));
        Study then = next.get().study();
        medium.events()
                .append(List.of(Amendment.of(state, AMENDED, then, changes, random.chance(0.5), clock.instant())));
        return true;
    }

    /** Runs a study in calm weather. */
    static Ending calm(Study study, int slots, int checkpointBytes, Supplier<Medium> mediums) {
        try (Medium medium = mediums.get()) {
            RandomStream random = new RandomStream(study.seed());
            return new StudySimulation(medium, study, slots, checkpointBytes, Weather.calm(), random).run();
        }
    }

    /** Returns the study of a seed. */
    static Study study(long seed, int events, RandomStream random, Optional<Duration> wallClock) {
        int population = 2 + random.index(9);
        long intervals = Math.max(2, Math.round(events / EVENTS_PER_INTERVAL / population));
        List<Strategy> strategies = List.of(
                Catalogue.builtIn().strategy(Map.of()),
                Pbt.standard(),
                new Pbt(new Truncation(0.5), Perturb.standard(), Pbt.Copied.EVERYTHING),
                new Pbt(new Tournament(), Perturb.standard(), Pbt.Copied.EVERYTHING),
                new Pbt(new Truncation(0.25), Perturb.standard(), Pbt.Copied.WEIGHTS));
        return Study.named(
                        "simulated",
                        SPACE,
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        // The last interval is shorter.
                        new Budget(intervals * INTERVAL_STEPS - 5, wallClock, Optional.empty()),
                        INTERVAL_STEPS)
                .population(population)
                .burnInSteps(random.index(3) * INTERVAL_STEPS)
                .mode(random.chance(0.5) ? Mode.SYNCHRONOUS : Mode.ASYNCHRONOUS)
                .rules(random.chance(0.2) ? Rules.V1 : Rules.LATEST)
                .strategy(strategies.get(random.index(strategies.size())))
                // Some intervals fail at first, unless that attempt was lost anyway; it must not matter.
                .attempts(2 + random.index(2))
                .absences(Math.floorMod(seed, 4))
                .ancestors(random.index(3))
                .seed(seed)
                .build();
    }

    private Ending run() {
        int processes = 0;
        long longest = 0;
        while (true) {
            processes++;
            assertThat(processes).as("processes").isLessThan(MOST_PROCESSES);
            try {
                StudyState end = process(weather);
                if (end.end().isPresent() && !amend()) {
                    return outcome(end, processes);
                }
                assertThat(medium.leftovers())
                        .as("leftovers of an orderly stop")
                        .isZero();
            } catch (Weather.Death e) {
                long before = medium.events().size();
                if (weather.strikes(Fault.POWER_LOSS)) {
                    medium.losePower(random);
                    started.clear();
                    longest = 0;
                } else {
                    medium.die(random);
                    assertThat(medium.events().size())
                            .as("events after a death")
                            .isEqualTo(before);
                }
            } catch (EvolventException e) {
                // It gave up, and somebody mended what was the matter.
                medium.die(random);
                weather.pass();
            }
            long size = medium.events().size();
            assertThat(size).as("the log never goes back").isGreaterThanOrEqualTo(longest);
            longest = size;
            if (study.next().isPresent() && random.chance(0.1)) {
                amend();
            }
        }
    }

    /** Runs the study in one process. */
    private StudyState process(Weather weather) {
        stopwatch.begin();
        CheckpointStore checkpoints = new FaultyCheckpoints(medium.checkpoints(), weather);
        StudyDriver[] driver = new StudyDriver[1];
        Watch watch =
                new Watch(study, medium.events(), () -> medium.checkpoints().list(), harmed, everHarmed, watching -> {
                    if (weather.strikes(Fault.SNAPSHOT)) {
                        medium.snapshots().write(watching.snapshot());
                    }
                    if (driver[0] != null && weather.strikes(Fault.STOP)) {
                        driver[0].stop();
                    }
                });
        SimulatedSlots trainers = new SimulatedSlots(
                slots, checkpointBytes, checkpoints, clock, weather, random, () -> lookAtTheDisk(watch.state()));
        try (StartedOnce once = new StartedOnce(trainers, watch, started)) {
            driver[0] = StudyDriver.of(
                            study, new FaultyEvents(medium.events(), weather, this::appended), checkpoints, once)
                    .definition("simulated")
                    .snapshots(medium.snapshots())
                    .clock(clock)
                    .listener(watch)
                    .background(Runnable::run)
                    .driver();
            StudyState end = driver[0].run();
            assertThat(end.population()).containsExactlyElementsOf(watch.state().population());
            return end;
        }
    }

    private void appended() {
        stopwatch.appended();
        study.budget().wallClock().ifPresent(stopwatch::requireAtMost);
    }

    /** The disk holds what is needed and little else; now and then it forgets something, or somebody takes it away. */
    private void lookAtTheDisk(StudyState state) {
        Set<CheckpointId> stored = medium.checkpoints().list();
        if (checkpointBytes >= LARGE_BYTES && weather.isCalm()) {
            Set<CheckpointId> reachable = state.population().reachable();
            // Results that wait for their turn in a synchronous round come on top.
            int waiting = study.mode() == Mode.SYNCHRONOUS ? study.population() : 0;
            assertThat(stored).as("checkpoints").hasSizeLessThanOrEqualTo(reachable.size() + waiting);
        }
        if (weather.cannot(Fault.DAMAGE) && weather.cannot(Fault.REMOVAL)) {
            return;
        }
        harmed.removeIf(id -> medium.checkpoints().isIntact(id));
        List<CheckpointId> reachable = state.population().reachable().stream()
                .filter(id -> stored.contains(id) && !harmed.contains(id))
                .sorted(Comparator.comparing(CheckpointId::digest))
                .toList();
        if (reachable.isEmpty()) {
            return;
        }
        CheckpointId chosen = reachable.get(random.index(reachable.size()));
        if (weather.strikes(Fault.DAMAGE)) {
            medium.damage(chosen);
            harmed.add(chosen);
            everHarmed.add(chosen);
        } else if (weather.strikes(Fault.REMOVAL)) {
            medium.remove(chosen);
            harmed.add(chosen);
            everHarmed.add(chosen);
        }
    }

    /** Checks the end of a study: all that was promised was trained, and nothing is left that nobody needs. */
    private Ending outcome(StudyState end, int processes) {
        long size = medium.events().size();
        StudyState again = process(Weather.calm());
        assertThat(medium.events().size()).as("events after one more resume").isEqualTo(size);
        assertThat(again.population()).containsExactlyElementsOf(end.population());
        Event.End why = end.end().orElseThrow();
        if (why == Event.End.WALL_CLOCK) {
            stopwatch.requireAtLeast(study.budget().wallClock().orElseThrow());
        } else {
            assertThat(why).isEqualTo(Event.End.BUDGET);
            for (Member member : end.population()) {
                assertThat(member.status()).isIn(Member.Status.STOPPED, Member.Status.LEFT);
                if (study.next().isEmpty()
                        && everHarmed.isEmpty()
                        && (study.rules() == Rules.V1 || study.mode() == Mode.SYNCHRONOUS)) {
                    assertThat(member.trained()).isEqualTo(study.budget().steps());
                }
            }
        }
        List<Event> log = new ArrayList<>();
        medium.events().read(log::add);
        assertThat(StudyState.initial(study).after(log).population()).containsExactlyElementsOf(end.population());
        assertThat(medium.leftovers()).as("leftovers at the end").isZero();
        Set<CheckpointId> left = new HashSet<>(medium.checkpoints().list());
        left.removeAll(harmed);
        Set<CheckpointId> needed = end.population().reachable();
        needed.removeAll(harmed);
        assertThat(left).as("checkpoints at the end").isEqualTo(needed);
        Map<String, Integer> faults = new TreeMap<>();
        weather.struck().forEach((fault, times) -> faults.put(fault.name(), times));
        return new Ending(StateDigest.of(log), log.size(), why, processes, faults);
    }
}
