package org.evolvent.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.spec.StrategySpec;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.trainer.Report;
import org.evolvent.trainer.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A study of a space with conditions and constraints: what trainers see, and what the log has. */
class ConditionalStudyTest {
    private static final SearchSpace SPACE = SearchSpace.of(
                    Parameter.of("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false)),
                    Parameter.of("momentum", Reals.linear(0, 1)).onlyWhen("optimizer", List.of(Value.of("sgd"))),
                    Parameter.of("beta", new Reals(0.9, 0.999, Scale.DISCOUNT))
                            .onlyWhen("optimizer", List.of(Value.of("adam"))),
                    Parameter.of(
                            "layers",
                            new Choice(
                                    Stream.of(null, List.of(64), List.of(64, 32), Map.of("width", 0.5))
                                            .map(Value::of)
                                            .toList(),
                                    false)),
                    Parameter.of("mini", new Ints(1, 8, Scale.LOG)),
                    Parameter.of("batch", new Ints(1, 8, Scale.LOG)))
            .constrained(Constraint.of("mini <= batch"));

    private static final Set<Map<String, Value>> SEEN = Collections.synchronizedSet(new HashSet<>());

    @TempDir
    private Path temporary;

    /** Learns from nothing, and remembers what it was told. */
    static final class Witness implements Trainer {
        private long steps;

        Witness(Hyperparameters hyperparameters, long seed) {
            apply(hyperparameters);
        }

        @Override
        public Report train(long more) {
            steps += more;
            return Report.of("score", steps + Math.sin(steps + SEEN.size()));
        }

        @Override
        public void apply(Hyperparameters hyperparameters) {
            SEEN.add(hyperparameters.values());
        }

        @Override
        public void save(Path directory) throws java.io.IOException {
            Files.writeString(directory.resolve("steps"), Long.toString(steps));
        }

        @Override
        public void restore(Path directory) throws java.io.IOException {
            steps = Long.parseLong(Files.readString(directory.resolve("steps")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mutate", "perturb", "pb2", "trust_region"})
    void trainersSeeWhatIsActiveAndTheLogHasAll(String explore) throws Exception {
        SEEN.clear();
        List<Hyperparameters> logged = new ArrayList<>();
        StudyListener listener = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                for (Event event : events) {
                    if (event instanceof Event.IntervalFinished finished) {
                        logged.add(finished.attempt().hyperparameters());
                    }
                }
            }
        };
        StudySpec spec = StudySpec.named("conditional", SPACE, Objective.maximize("score"), Budget.ofSteps(100), 10)
                .population(8)
                .mode(Mode.SYNCHRONOUS)
                .strategy(StrategySpec.of(Map.of("explore", explore)))
                .build();
        try (StudyRun run = StudyRun.of(spec)
                .trainer(Witness::new)
                .directory(temporary.resolve("run"))
                .listener(listener)
                .start()) {
            assertThat(run.await().intervals()).isEqualTo(80);
        }
        try (StudyRun again =
                StudyRun.resume(temporary.resolve("run")).trainer(Witness::new).start()) {
            assertThat(again.await().intervals())
                    .as("what the log and the snapshot hold can be read")
                    .isEqualTo(80);
        }
        assertThat(logged).hasSize(80).allMatch(SPACE::contains);
        assertThat(SEEN).isNotEmpty();
        for (Map<String, Value> seen : SEEN) {
            String other = seen.get("optimizer").equals(Value.of("sgd")) ? "momentum" : "beta";
            assertThat(seen).containsOnlyKeys("optimizer", other, "layers", "mini", "batch");
        }
    }

    @Test
    void itIsTheSameStudyAsAFileSaysIt() {
        StudySpec spec = StudySpec.named("conditional", SPACE, Objective.maximize("score"), Budget.ofSteps(200), 10)
                .build();
        StudySpec read = SpecReader.parse("yaml", spec.toYaml(), Path.of("/"));
        assertThat(read.space()).isEqualTo(SPACE);
        assertThat(read).isEqualTo(spec);
    }
}
