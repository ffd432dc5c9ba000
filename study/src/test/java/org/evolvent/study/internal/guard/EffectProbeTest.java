package org.evolvent.study.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StateDigest;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.driver.StudyDriver;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.evolvent.testkit.memory.ScriptedExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EffectProbeTest {
    private static final int STEPS = 40;

    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    private final InMemoryEventStore log = new InMemoryEventStore();
    private final List<Attempt> onTheSide = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final AtomicLong ticks = new AtomicLong();
    private final InstantSource clock = () -> Instant.ofEpochMilli(100 * ticks.incrementAndGet());

    /** What becomes of the rate that a study asks for when weights are restored. */
    enum Program {
        HONEST,
        /** It acts in an interval's second half only. */
        ACTS_LATE,
        /** The optimizer brings back what it was saved with. */
        RESTORES_OLD_RATE,
        /** As above, and its random numbers do not follow from the seed. */
        RESTORES_OLD_RATE_UNSEEDED,
        /** It is of use to the evaluation only. */
        EVALUATES,
        /** It fails whenever fewer steps are asked for than an interval has. */
        WANTS_WHOLE_INTERVALS
    }

    private static Study study(int intervals) {
        SearchSpace space = SearchSpace.of(Parameter.of("rate", Reals.log(0.001, 0.1)));
        return Study.named(
                        "probed", space, Objective.maximize("score"), Budget.ofSteps((long) STEPS * intervals), STEPS)
                .population(8)
                .mode(Mode.SYNCHRONOUS)
                .build();
    }

    private Map<String, Double> train(Program program, Attempt attempt, Optional<Path> parent, Path save)
            throws IOException {
        if (attempt.isOnTheSide()) {
            onTheSide.add(attempt);
        }
        if (program == Program.WANTS_WHOLE_INTERVALS && attempt.steps() != STEPS) {
            throw new IOException("40 steps or none");
        }
        double rate = attempt.hyperparameters().real("rate");
        double x = 10;
        if (parent.isPresent()) {
            List<String> saved = Files.readAllLines(parent.get().resolve("weights"));
            x = Double.parseDouble(saved.get(0));
            boolean isOld = program == Program.RESTORES_OLD_RATE || program == Program.RESTORES_OLD_RATE_UNSEEDED;
            rate = isOld ? Double.parseDouble(saved.get(1)) : rate;
        }
        Random random = program == Program.RESTORES_OLD_RATE_UNSEEDED
                ? new Random(ticks.incrementAndGet())
                : new Random(31 * attempt.seed() + attempt.reseed().orElse(0) + attempt.stepFrom());
        for (int step = 0; step < attempt.steps(); step++) {
            boolean isIdle = program == Program.EVALUATES || (program == Program.ACTS_LATE && step < STEPS / 2);
            double acting = isIdle ? 0.01 : rate;
            x -= acting * (x + random.nextGaussian());
        }
        Files.writeString(
                save.resolve("weights"),
                x + "\n" + (program == Program.ACTS_LATE || program == Program.EVALUATES ? 0 : rate));
        return Map.of("score", -Math.abs(x) - (program == Program.EVALUATES ? rate : 0));
    }

    private StudyState run(Program program, int intervals, UnaryOperator<Executor> wrapped) {
        Study study = study(intervals);
        try (Executor executor = wrapped.apply(new ScriptedExecutor(
                2, checkpoints, (attempt, parent, save) -> train(program, attempt, parent, save), clock))) {
            return StudyDriver.of(study, log, checkpoints, executor)
                    .clock(clock)
                    .run();
        }
    }

    private StudyState probed(Program program, int intervals) {
        return run(program, intervals, executor -> new EffectProbe(executor, study(intervals), told::add));
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void onlyWhatChangesNothingIsToldAndNoDecisionChanges(Program program) {
        StudyState end = probed(program, 17);
        assertThat(end.tally().failedAttempts()).isZero();
        if (program == Program.RESTORES_OLD_RATE) {
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains("had no effect", "after 40 steps both were the same", "{rate=");
        } else {
            assertThat(told).isEmpty();
        }
        assertThat(onTheSide).hasSizeBetween(2, 8);
        if (program != Program.RESTORES_OLD_RATE_UNSEEDED) {
            String decided = StateDigest.of(log.events());
            EffectProbeTest alone = new EffectProbeTest();
            alone.run(program, 17, executor -> executor);
            assertThat(decided).isEqualTo(StateDigest.of(alone.log.events()));
        }
    }

    @Test
    void onceIsEnoughForAnHonestProgramAndNothingOfItIsKept() {
        StudyState end = probed(Program.HONEST, 17);
        assertThat(onTheSide).hasSize(2).allMatch(attempt -> attempt.steps() == STEPS / 20);
        assertThat(onTheSide.get(0).with(onTheSide.get(1).hyperparameters()).parent())
                .isEqualTo(onTheSide.get(1).parent());
        assertThat(checkpoints.list()).isSubsetOf(end.population().reachable());
    }

    @Test
    void smallStudiesAreLeftAlone() {
        probed(Program.RESTORES_OLD_RATE, 16);
        assertThat(onTheSide).isEmpty();
    }
}
