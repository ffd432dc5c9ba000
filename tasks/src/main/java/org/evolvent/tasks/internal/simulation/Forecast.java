package org.evolvent.tasks.internal.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.core.study.Tally;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.runtime.internal.simulated.ForgetfulEventStore;
import org.evolvent.runtime.internal.simulated.SimulatedCheckpointStore;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.runtime.internal.simulated.SimulatedExecutor;
import org.evolvent.runtime.internal.simulated.SimulatedTrainer;

/**
 * What a study will take, found by running it in simulated time: the driver, the core and the strategy are those of a real one.
 *
 * @param wallClock how long it lasts
 * @param utilisation the share of the slots' time spent on attempts, from 0 to 1
 * @param efficiency the share of the slots' time spent training, without restoring and saving, from 0 to 1
 * @param queued the share of the slots' time that they waited for places, from 0 to 1
 * @param lostPlaces how often a slot lost its place
 * @param mostBytes the most bytes of checkpoints that are kept at the same time, when none shares a file with another
 * @param restores how many attempts load their weights: after a copy, a failure, or another member on the same slot
 * @param tally what happened, counted
 * @param best the best result; empty when nobody had a score
 */
public record Forecast(
        Duration wallClock,
        double utilisation,
        double efficiency,
        double queued,
        long lostPlaces,
        long mostBytes,
        long restores,
        Tally tally,
        Optional<ReadyPoint> best) {
    /**
     * Runs a study.
     *
     * @param trainer gives the scores
     * @param costs the slots, and how long everything takes
     */
    public static Forecast of(Study study, SimulatedTrainer trainer, SimulatedCosts costs) {
        return of(study, trainer, costs, new StudyListener() {});
    }

    /** Runs a study and tells a listener. */
    public static Forecast of(Study study, SimulatedTrainer trainer, SimulatedCosts costs, StudyListener listener) {
        SimulatedCheckpointStore checkpoints = new SimulatedCheckpointStore();
        try (SimulatedExecutor executor = new SimulatedExecutor(trainer, checkpoints, costs, study.seed())) {
            StudyState end = StudyDriver.of(study, new ForgetfulEventStore(), checkpoints, executor)
                    .clock(executor)
                    .listener(listener)
                    .run();
            return new Forecast(
                    Duration.between(Instant.EPOCH, executor.instant()),
                    executor.utilisation(),
                    executor.efficiency(),
                    executor.queued(),
                    executor.lostPlaces(),
                    checkpoints.mostBytes(),
                    executor.restores(),
                    end.tally(),
                    end.population().best());
        }
    }
}
