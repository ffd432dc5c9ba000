package org.evolvent.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.runtime.Executor;
import org.evolvent.study.SpecReader;
import org.evolvent.trainer.internal.Evaluations;
import org.junit.jupiter.api.Test;

class ActiveTrainersTest {
    private static final SearchSpace CONDITIONAL =
            SpecReader.parse("yaml", """
                    study: conditional
                    trainer: {command: [train]}
                    space:
                      optimizer: {choice: [sgd, adam]}
                      momentum: {float: [0, 1], when: {optimizer: [sgd]}}
                    objective: {metric: score, goal: maximize}
                    budget: {steps: 10}
                    interval: {steps: 1}
                    """, Path.of("/")).space();

    private final Set<String> asked = new TreeSet<>();

    private final Executor asking = (Executor) Proxy.newProxyInstance(
            Executor.class.getClassLoader(), new Class<?>[] {Executor.class}, (proxy, method, arguments) -> {
                asked.add(method.getName());
                return method.getReturnType() == int.class
                        ? 42
                        : method.getReturnType() == List.class ? List.of() : null;
            });

    /** One that answers by itself what the executor knows better (how many attempts it would train at once, say) goes unnoticed else. */
    @Test
    void everyQuestionReachesTheExecutor() throws Exception {
        Attempt attempt =
                new Attempt(new MemberId(0), 0, 0, 0, 1, CONDITIONAL.sample(new RandomStream(1)), Optional.empty(), 1);
        Map<Class<?>, Object> arguments = Map.of(int.class, 1, Attempt.class, attempt, Duration.class, Duration.ZERO);
        try (Executor executor = wrapped()) {
            for (Method method : Executor.class.getDeclaredMethods()) {
                method.invoke(
                        executor,
                        Stream.of(method.getParameterTypes())
                                .map(arguments::get)
                                .toArray());
                assertThat(asked).contains(method.getName());
            }
            assertThat(executor.free(1)).isEqualTo(42);
        }
    }

    private Executor wrapped() {
        CheckpointStore unused = (CheckpointStore) Proxy.newProxyInstance(
                CheckpointStore.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
        Trainers trainers = new Trainers() {
            @Override
            public Executor open(TrainerSettings site) {
                return asking;
            }

            @Override
            public boolean holdWeights() {
                return false;
            }

            @Override
            public void close() {
                // Nothing was found.
            }
        };
        return ActiveTrainers.of(trainers, CONDITIONAL)
                .open(new TrainerSettings(unused, 1, 0, Evaluations::none, Path.of("logs"), InstantSource.system()));
    }
}
