package org.evolvent.runtime.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.StudyListener;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.testkit.memory.ScriptedExecutor;

/** A small study on stores in memory, whose clock moves on with each look. */
abstract class DriverScene {
    final InMemoryEventStore log = new InMemoryEventStore();
    final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    final AtomicReference<StudyDriver> driver = new AtomicReference<>();
    Instant now = Instant.EPOCH;

    /** Each look takes a tenth of a second. */
    final InstantSource clock = () -> now = now.plusMillis(100);

    static Study study(Budget budget) {
        SearchSpace space = new SearchSpace(List.of(new Parameter("rate", new Reals(0.001, 1, Scale.LOG), false)));
        return Study.named("driver", space, new Objective("height", Objective.Goal.MAXIMIZE), budget, 3)
                .population(4)
                .mode(Mode.SYNCHRONOUS)
                .build();
    }

    StudyState run(Study study, EventStore events, Executor executor, InstantSource time, StudyListener watch) {
        driver.set(StudyDriver.of(study, events, checkpoints, executor)
                .definition("driver")
                .clock(time)
                .listener(watch)
                .driver());
        return driver.get().run();
    }

    StudyState run(EventStore events, StudyListener watch) {
        try (Executor executor = new ScriptedExecutor(2, checkpoints, DriverScene::train, clock)) {
            return run(study(Budget.ofSteps(30)), events, executor, clock, watch);
        }
    }

    static Map<String, Double> train(Attempt attempt, Optional<Path> parent, Path save) throws IOException {
        Files.writeString(save.resolve("weights"), attempt.member() + " " + attempt.interval());
        return Map.of("height", attempt.hyperparameters().real("rate") * attempt.stepTo());
    }

    /** Does something at the first commit at which the log has some events. */
    StudyListener at(long events, Consumer<StudyState> action) {
        return new StudyListener() {
            private boolean done;

            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> committed) {
                if (!done && log.size() >= events) {
                    done = true;
                    action.accept(state.get());
                }
            }
        };
    }

    /** Returns the digest of the study when nothing happens to it. */
    static String undisturbed() {
        DriverScene other = new DriverScene() {};
        other.run(other.log, new StudyListener() {});
        return StateDigest.of(other.log.events());
    }
}
