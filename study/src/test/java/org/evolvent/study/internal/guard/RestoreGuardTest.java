package org.evolvent.study.internal.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Honest trainers of all kinds of noise are believed, whatever the seed; those that lose what they save are not. */
class RestoreGuardTest {
    private static final int SEEDS = 100;
    private static final int ALL = 8;

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Honest.class)
    void honestTrainersAreBelieved(Honest trainer) {
        List<String> alarms = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            for (int evaluations : new int[] {ALL, 1, 0}) {
                alarms.addAll(new ToyStudy(trainer.model(), seed, evaluations, trainer.isHot()).run());
            }
        }
        assertThat(alarms).isEmpty();
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource(Liar.class)
    void trainersThatLoseWhatTheySaveAreNoticedByEvaluations(Liar trainer) {
        assertThat(IntStream.range(0, SEEDS)
                        .filter(seed -> new ToyStudy(trainer.model(), seed, ALL, trainer.isHot())
                                .run().stream().anyMatch(alarm -> alarm.startsWith("A restored model does not")))
                        .count())
                .as("of %s studies", SEEDS)
                .isGreaterThanOrEqualTo(SEEDS * 95 / 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void copiesThatBeginAnewAreNoticedByTheScoresThatFollow(int evaluations) {
        assertThat(IntStream.range(0, SEEDS)
                        .filter(seed -> new ToyStudy(Liar.FORGETS.model(), seed, evaluations, true)
                                .run().stream().anyMatch(alarm -> alarm.startsWith("The last 8 copies")))
                        .count())
                .isGreaterThanOrEqualTo(SEEDS * 90 / 100);
    }
}
