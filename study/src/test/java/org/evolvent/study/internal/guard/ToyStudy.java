package org.evolvent.study.internal.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.trainer.internal.Allowance;
import org.evolvent.trainer.internal.Evaluations;

/**
 * A study of members that are numbers, in rounds; a quarter copies. The guard sees what it would see of a real one. In every other study a
 * checkpoint holds the state of the random numbers as well, so that it is evaluated the same whenever it is.
 */
final class ToyStudy {
    private static final int MEMBERS = 12;
    private static final int INTERVALS = 20;
    private static final int SLOTS = 2;

    private final Toy model;
    private final Random random;
    private final boolean isHot;
    private final boolean savesRandomness;
    private final List<String> alarms = new ArrayList<>();
    private final RestoreGuard guard;
    private final List<Evaluations> evaluations;
    private final double[] held = new double[SLOTS];
    private final double[] measured = new double[SLOTS];
    private int checkpoints;

    private record Published(double value, double quality, double score, CheckpointRef weights) {}

    /**
     * Prepares one.
     *
     * @param most how many evaluations there are, of trainers in a JVM or of each process
     */
    ToyStudy(Toy model, long seed, int most, boolean isHot) {
        this.model = model;
        this.random = new Random(seed * 31 + (most > 0 ? 7 : 0));
        // Of a JVM, or of each process.
        this.evaluations = Stream.generate(() -> new Evaluations(most, new Allowance(0)))
                .limit(isHot ? 1 : SLOTS)
                .toList();
        this.isHot = isHot;
        this.savesRandomness = seed % 2 == 1;
        SearchSpace space = SearchSpace.of(Parameter.of("quality", Reals.linear(0, 10)));
        this.guard = new RestoreGuard(
                Study.named("toy", space, Objective.maximize("score"), Budget.ofSteps(INTERVALS), 1)
                        .population(MEMBERS)
                        .build(),
                alarms::add);
    }

    /** Returns what the guard told. */
    List<String> run() {
        List<Published> members = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            double quality = 0.5 + 0.5 * random.nextDouble();
            members.add(train(member, 0, 0, quality, Optional.empty()));
        }
        for (int interval = 1; interval < INTERVALS; interval++) {
            List<Published> before = List.copyOf(members);
            List<Integer> ranked = IntStream.range(0, MEMBERS)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            member -> before.get(member).score()))
                    .toList();
            for (int member = 0; member < MEMBERS; member++) {
                int rank = ranked.indexOf(member);
                boolean copies = rank < MEMBERS / 4;
                Published from = before.get(copies ? ranked.get(MEMBERS - 1 - random.nextInt(MEMBERS / 4)) : member);
                double quality = copies ? from.quality() * (random.nextBoolean() ? 0.8 : 1.2) : from.quality();
                int slot = random.nextInt(SLOTS);
                boolean isRuined = copies && random.nextDouble() < model.ruin();
                double value = from.value();
                if (copies || !isHot) {
                    value = model.restored(value, held[slot]);
                    evaluate(attempt(member, interval, quality, Optional.of(from.weights())), value, slot);
                }
                members.set(
                        member,
                        train(
                                member,
                                interval,
                                isRuined ? -50 * random.nextDouble() : value,
                                quality,
                                Optional.of(from.weights())));
                held[slot] = members.get(member).value();
                measured[slot] = members.get(member).score();
            }
        }
        return alarms;
    }

    private void evaluate(Attempt attempt, double value, int slot) {
        Evaluations some = evaluations.get(isHot ? 0 : slot);
        if (some.isDue()) {
            some.took(Duration.ZERO);
            CheckpointId restored = attempt.parent().orElseThrow().id();
            Random luck = savesRandomness ? new Random(restored.hashCode()) : random;
            guard.reported(new ExecutorEvent.Restored(
                    attempt,
                    Map.of("score", model.evaluated(value, luck)),
                    List.of(),
                    Map.of("score", measured[slot])));
        }
    }

    private Published train(int member, int interval, double value, double quality, Optional<CheckpointRef> parent) {
        double trained = model.trained(value, quality, random);
        double score = model.evaluated(trained, random);
        Attempt attempt = attempt(member, interval, quality, parent);
        CheckpointId checkpoint = new CheckpointId("%016x".formatted(checkpoints++));
        guard.committed(
                () -> {
                    throw new AssertionError("nobody needs the state");
                },
                List.of(new Event.IntervalFinished(
                        attempt,
                        new Score.Valid(score),
                        Map.of("score", score),
                        List.of(),
                        checkpoint,
                        1,
                        new Execution(0, Instant.EPOCH, Instant.EPOCH, Duration.ZERO))));
        return new Published(
                trained, quality, score, new CheckpointRef(attempt.member(), interval, interval + 1, checkpoint));
    }

    private static Attempt attempt(int member, int interval, double quality, Optional<CheckpointRef> parent) {
        return new Attempt(
                new MemberId(member),
                interval,
                0,
                interval,
                1,
                Hyperparameters.of(Map.of("quality", new Value.Real(quality))),
                parent,
                0);
    }
}
