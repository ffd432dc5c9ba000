package org.evolvent.bench;

import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.store.internal.file.FileCheckpointStore;
import org.evolvent.store.internal.sqlite.SqliteEventStore;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.local.SlotResources;
import org.evolvent.trainer.internal.process.ProcessExecutor;

/**
 * How much of the slots' time is training, with process trainers: 16 members, 2 slots, a Python SDK trainer that sleeps, 1 kB
 * checkpoints, SQLite and files on disk. Run it in the project's root.
 */
public final class ProcessEfficiency {
    private static final int MEMBERS = 16;
    private static final int SLOTS = 2;
    private static final Duration LENGTH = Duration.ofSeconds(60);

    private ProcessEfficiency() {}

    /** What the study spent. A slot counts from its first attempt to its last: at the end of a study there may be work for one only. */
    private static final class Meter implements StudyListener {
        private Duration training = Duration.ZERO;
        private final Map<Integer, Instant> first = new HashMap<>();
        private final Map<Integer, Instant> last = new HashMap<>();

        @Override
        public void committed(Supplier<StudyState> state, List<? extends Event> events) {
            for (Event event : events) {
                if (event instanceof Event.IntervalFinished finished) {
                    Execution execution = finished.execution();
                    training = training.plus(execution.training());
                    first.putIfAbsent(execution.slot(), execution.startedAt());
                    last.put(execution.slot(), execution.finishedAt());
                }
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() * 1e-9;
    }

    /** Prints a line for each length, each of about a minute. Arguments: the milliseconds of an interval, each measured by itself (default 1000 100 10 0). */
    public static void main(String[] arguments) throws IOException {
        List<String> lengths = arguments.length > 0 ? List.of(arguments) : List.of("1000", "100", "10", "0");
        for (String length : lengths) {
            measure(Long.parseLong(length));
        }
    }

    private static void measure(long milliseconds) throws IOException {
        Path directory = Files.createTempDirectory("evolvent-bench-");
        try {
            measure(milliseconds, directory);
        } finally {
            MoreFiles.deleteRecursively(directory);
        }
    }

    private static void measure(long milliseconds, Path directory) throws IOException {
        Path script = directory.resolve("sleeper.py");
        try (InputStream in = ProcessEfficiency.class.getResourceAsStream("sleeper.py")) {
            Files.copy(in, script);
        }
        long perMember = milliseconds == 0 ? 2000 : Math.max(3, LENGTH.toMillis() * SLOTS / milliseconds / MEMBERS);
        Study study = Study.named(
                        "sleep",
                        new SearchSpace(List.of(
                                new Parameter("x", new Reals(0, 1, Scale.LINEAR), false),
                                new Parameter(
                                        "milliseconds",
                                        new Choice(List.of(new Value.Int(milliseconds)), false),
                                        true))),
                        new Objective("score", Objective.Goal.MAXIMIZE),
                        Budget.ofSteps(perMember),
                        1)
                .population(MEMBERS)
                .build();
        Launch launch = Launch.of(
                        List.of("python3", script.toString()),
                        directory,
                        directory.resolve("logs"),
                        SlotResources.ofCpus(SLOTS, 1))
                .withEnvironment(
                        Map.of("PYTHONPATH", Path.of("python").toAbsolutePath().toString()));
        InstantSource clock = InstantSource.system();
        Meter meter = new Meter();
        long before = System.nanoTime();
        try (SqliteEventStore events = SqliteEventStore.create(directory.resolve("events.db"));
                CheckpointStore checkpoints =
                        FileCheckpointStore.open(directory.resolve("checkpoints"), events.checkpoints());
                ProcessExecutor executor = new ProcessExecutor(launch, List.of("milliseconds"), checkpoints, clock)) {
            StudyState end = StudyDriver.of(study, events, checkpoints, executor)
                    .clock(clock)
                    .listener(meter)
                    .run();
            double wall = (System.nanoTime() - before) * 1e-9;
            double steady = 0;
            for (Map.Entry<Integer, Instant> slot : meter.first.entrySet()) {
                steady += seconds(Duration.between(slot.getValue(), meter.last.get(slot.getKey())));
            }
            System.out.printf(
                    "%5d ms intervals: efficiency %.4f with start and end, %.4f without; %.0f intervals/s (%d intervals, %d exploits, %.1f s)%n",
                    milliseconds,
                    seconds(meter.training) / (SLOTS * wall),
                    seconds(meter.training) / steady,
                    end.tally().intervals() * SLOTS / steady,
                    end.tally().intervals(),
                    end.tally().exploits(),
                    wall);
        }
    }
}
