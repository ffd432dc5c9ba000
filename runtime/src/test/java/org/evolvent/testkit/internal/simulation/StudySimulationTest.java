package org.evolvent.testkit.internal.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many studies in bad weather. A few in each build; for hours by hand:
 *
 * <pre>mvn -pl runtime -am test -Dtest=StudySimulationTest -Dsurefire.failIfNoSpecifiedTests=false -DargLine="-Dsimulation.seeds=10000 -Dsimulation.events=500"</pre>
 */
class StudySimulationTest {
    private static final long FIRST = Long.getLong("simulation.first", 0);
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 150);
    private static final int SEEDS_A_LINE = 500;
    private static final int EVENTS = Integer.getInteger("simulation.events", 200);

    @Tag("slow")
    @Test
    void nothingIsLostInAnyWeather() {
        Map<String, Integer> faults = new TreeMap<>();
        long events = 0;
        long processes = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            StudySimulation.Ending outcome = StudySimulation.run(seed, EVENTS, InMemoryMedium::new);
            outcome.faults().forEach((fault, times) -> faults.merge(fault, times, Integer::sum));
            events += outcome.events();
            processes += outcome.processes();
            if ((seed + 1 - FIRST) % SEEDS_A_LINE == 0) {
                System.out.printf("seeds %s to %s: no violation%n", seed + 1 - SEEDS_A_LINE, seed);
            }
        }
        System.out.printf("%s seeds, %s events, %s processes, faults %s%n", SEEDS, events, processes, faults);
        assertThat(faults.keySet()).as("every fault has struck").hasSize(Fault.values().length);
    }

    /** Whatever the weather, a study that is amended is amended once, and goes on as the other. */
    @Tag("slow")
    @Test
    void studiesAreAmendedInAnyWeather() {
        long processes = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS / 3; seed++) {
            processes += StudySimulation.runAmended(seed, EVENTS, InMemoryMedium::new)
                    .processes();
        }
        assertThat(processes).as("processes").isGreaterThan(SEEDS / 3);
    }

    /** However often it dies, a study trains as long as it may, and no longer. */
    @Tag("slow")
    @Test
    void theWallClockBudgetIsKeptOverAnyKills() {
        long inTime = 0;
        long processes = 0;
        for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
            StudySimulation.Ending outcome = StudySimulation.runAgainstTheClock(seed, EVENTS, InMemoryMedium::new);
            inTime += outcome.end() == Event.End.BUDGET ? 1 : 0;
            processes += outcome.processes();
        }
        System.out.printf("%s seeds against the clock, %s in time, %s processes%n", SEEDS, inTime, processes);
        assertThat(inTime).as("studies that end in time").isBetween(1L, SEEDS - 1L);
        assertThat(processes).as("processes").isGreaterThan(2L * SEEDS);
    }

    @Test
    void aSynchronousStudyDoesNotDependOnItsSlots() {
        for (long seed = 0; seed < 20; seed++) {
            Study study = StudySimulation.study(seed, EVENTS, new RandomStream(seed), Optional.empty());
            if (study.mode() == Mode.SYNCHRONOUS) {
                Map<Boolean, List<Event>> one = log(study, 1);
                for (int slots : new int[] {2, 4}) {
                    Map<Boolean, List<Event>> other = log(study, slots);
                    assertThat(other.get(false)).as("seed %s", seed).isEqualTo(one.get(false));
                    assertThat(other.get(true)).as("seed %s", seed).hasSameElementsAs(one.get(true));
                }
            }
        }
    }

    /** Returns the log of a study without places and times: the failures, which enter it as they come, and all else. */
    private static Map<Boolean, List<Event>> log(Study study, int slots) {
        List<Event> log = new ArrayList<>();
        InMemoryMedium[] medium = new InMemoryMedium[1];
        StudySimulation.calm(study, slots, 10, () -> medium[0] = new InMemoryMedium());
        medium[0].events().read(event -> log.add(timeless(event)));
        return log.stream().collect(Collectors.partitioningBy(Event.AttemptFailed.class::isInstance));
    }

    private static Event timeless(Event event) {
        Execution nowhere = new Execution(0, Instant.EPOCH, Instant.EPOCH, Duration.ZERO);
        if (event instanceof Event.IntervalFinished f) {
            return new Event.IntervalFinished(
                    f.attempt(), f.score(), f.metrics(), f.samples(), f.checkpoint(), f.checkpointBytes(), nowhere);
        }
        if (event instanceof Event.AttemptFailed failed) {
            return new Event.AttemptFailed(failed.attempt(), failed.fault(), failed.message(), nowhere);
        }
        if (event instanceof Event.StudyCreated created) {
            return new Event.StudyCreated(created.definition(), Instant.EPOCH);
        }
        return event instanceof Event.StudyEnded ended ? new Event.StudyEnded(ended.reason(), Instant.EPOCH) : event;
    }

    @Test
    void aSeedRepeats() {
        assertThat(StudySimulation.run(3, EVENTS, InMemoryMedium::new))
                .isEqualTo(StudySimulation.run(3, EVENTS, InMemoryMedium::new));
    }
}
