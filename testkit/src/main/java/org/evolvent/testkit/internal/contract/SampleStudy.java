package org.evolvent.testkit.internal.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.testkit.memory.ScriptedExecutor;

/**
 * A whole study in milliseconds, to be disturbed: five members, twelve intervals each, synchronous, so that its digest depends on nothing
 * that a test may do to it. The weights are one number in a text file, beside a file that never changes.
 */
public final class SampleStudy {
    /** The study in a canonical text. */
    public static final String DEFINITION = "sample";

    private SampleStudy() {}

    /** Returns the study. */
    public static Study study() {
        SearchSpace space = new SearchSpace(List.of(new Parameter("rate", new Reals(0.001, 1, Scale.LOG), false)));
        return Study.named("sample", space, new Objective("height", Objective.Goal.MAXIMIZE), Budget.ofSteps(60), 5)
                .population(5)
                .mode(Mode.SYNCHRONOUS)
                .seed(17)
                .build();
    }

    /** Runs it on the calling thread, from where the log ends to the end. */
    public static StudyState run(EventStore events, CheckpointStore checkpoints) {
        InstantSource clock = clock();
        try (ScriptedExecutor executor = new ScriptedExecutor(2, checkpoints, SampleStudy::train, clock)) {
            return StudyDriver.of(study(), events, checkpoints, executor)
                    .definition(DEFINITION)
                    .clock(clock)
                    .run();
        }
    }

    /** Returns the state digest of a log. */
    public static String digest(EventStore events) {
        return StateDigest.of(log(events));
    }

    /** Returns all events of a log. */
    public static List<Event> log(EventStore events) {
        List<Event> log = new ArrayList<>();
        events.read(log::add);
        return log;
    }

    private static Map<String, Double> train(Attempt attempt, Optional<Path> parent, Path save) throws IOException {
        double height = parent.isPresent()
                ? Double.parseDouble(Files.readString(parent.get().resolve("weights")))
                : 0;
        for (int i = 0; i < attempt.steps(); i++) {
            height += attempt.hyperparameters().real("rate") * (1 - height);
        }
        Files.writeString(save.resolve("weights"), Double.toString(height));
        Files.writeString(save.resolve("vocabulary"), "word ".repeat(2000));
        return Map.of("height", height);
    }

    /** A clock that goes on a fifth of a second with every look, so that the log is synced every few events. */
    private static InstantSource clock() {
        AtomicLong looks = new AtomicLong();
        return () -> Instant.EPOCH.plusMillis(200 * looks.getAndIncrement());
    }
}
