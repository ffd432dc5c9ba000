package org.evolvent.study.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Honest trainers of all kinds of noise are believed, whatever the seed; those that lose what they save are not. */
class RestoreGuardTest {
    private static final int SEEDS = 100;

    @ParameterizedTest
    @EnumSource(Honest.class)
    void honestTrainersAreBelieved(Honest trainer) {
        List<String> alarms = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (boolean evaluates : new boolean[] {true, false}) {
                alarms.addAll(new ToyStudy(trainer.model(), seed, evaluates, trainer.isHot()).run());
            }
        }
        assertThat(alarms).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Liar.class)
    void trainersThatLoseWhatTheySaveAreNoticedByEvaluations(Liar trainer) {
        assertThat(IntStream.range(0, SEEDS)
                        .filter(seed -> new ToyStudy(trainer.model(), seed, true, trainer.isHot())
                                .run().stream().anyMatch(alarm -> alarm.startsWith("A restored model does not")))
                        .count())
                .as("of %s studies", SEEDS)
                .isGreaterThanOrEqualTo(SEEDS * 95 / 100);
    }

    @Test
    void copiesThatBeginAnewAreNoticedByTheScoresThatFollow() {
        assertThat(IntStream.range(0, SEEDS)
                        .filter(seed -> new ToyStudy(Liar.FORGETS.model(), seed, false, true)
                                .run().stream().anyMatch(alarm -> alarm.startsWith("The last 8 copies")))
                        .count())
                .isGreaterThanOrEqualTo(SEEDS * 90 / 100);
    }
}
