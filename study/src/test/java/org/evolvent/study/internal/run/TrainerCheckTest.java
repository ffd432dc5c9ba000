package org.evolvent.study.internal.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evolvent.core.population.Objective;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Study;
import org.evolvent.runtime.CheckpointStore;
import org.evolvent.study.internal.run.Pupil.Chance;
import org.evolvent.study.internal.run.Pupil.Lie;
import org.evolvent.study.internal.run.Pupil.Manner;
import org.evolvent.study.internal.run.TrainerCheck.Grade;
import org.evolvent.study.internal.run.TrainerCheck.Notice;
import org.evolvent.trainer.internal.Evaluations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No honest trainer is called wrong, whatever its noise, its seed and the length of its intervals; liars are. */
class TrainerCheckTest {
    private static final int SEEDS = 100;

    private static final SearchSpace SPACE = SearchSpace.of(Parameter.of("rate", Reals.log(0.01, 1)));

    private static final Manner EXACT = new Manner(0.02, 0, Chance.SAVED, true, false, Lie.NONE);

    /** The noise is none, 1 %, 10 % and 50 % of what members differ by. */
    @ParameterizedTest
    @CsvSource({
        "0.02, 0,    SAVED,       true,  false, 10",
        "0.02, 0,    SAVED,       false, false, 10",
        "0.5,  0,    SAVED,       true,  false, 10",
        "0.02, 0,    SAVED,       true,  true,  10",
        "0.5,  0,    SAVED,       true,  true,  10",
        "0.5,  0,    SAVED,       false, true,  10",
        "3,    0,    SAVED,       true,  false, 1",
        "0.5,  0,    STAMPED,     true,  false, 10",
        "0.5,  0.3,  SAVED,       true,  true,  10",
        "0.02, 0.03, GLOBAL,      true,  false, 10",
        "0.5,  0.03, GLOBAL,      true,  false, 10",
        "0.5,  0.03, GLOBAL,      false, false, 10",
        "0.5,  0.03, GLOBAL,      true,  true,  10",
        "3,    0.03, GLOBAL,      true,  false, 1",
        "0.02, 0.3,  GLOBAL,      true,  false, 10",
        "0.5,  0.3,  GLOBAL,      true,  false, 10",
        "0.5,  0.3,  GLOBAL,      true,  true,  10",
        "3,    0.3,  GLOBAL,      true,  false, 1",
        "0.02, 1.5,  GLOBAL,      true,  false, 10",
        "0.5,  1.5,  GLOBAL,      false, false, 10",
        "0.5,  0.03, ENVIRONMENT, true,  false, 10",
        "0.02, 0.3,  ENVIRONMENT, true,  false, 10",
        "0.5,  1.5,  ENVIRONMENT, true,  false, 10",
        "0.5,  1.5,  ENVIRONMENT, true,  true,  10",
        "0.5,  0.03, MEASURED,    true,  false, 10",
        "0.02, 0.3,  MEASURED,    true,  true,  10",
        "0.02, 1.5,  MEASURED,    false, false, 10",
        "0.02, 0.3,  COARSE,      true,  false, 10",
        "0.5,  0.3,  COARSE,      true,  true,  10",
        "0.5,  1.5,  COARSE,      false, false, 10",
        "0.05, 3,    COARSE,      true,  false, 10"
    })
    void theHonestAreBelieved(double pace, double noise, Chance chance, boolean held, boolean clip, long steps) {
        Manner manner = new Manner(pace, noise, chance, held, clip, Lie.NONE);
        List<String> wrong = new ArrayList<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            wrong.addAll(wrong(manner, seed, steps));
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0.05, 0,    SAVED,       true,  STUCK,   100",
        "0.05, 0,    STAMPED,     true,  STUCK,   100",
        "0.05, 0.03, SAVED,       true,  STUCK,   100",
        "0.05, 0.03, GLOBAL,      true,  STUCK,   45",
        "0.05, 0,    SAVED,       false, NOTED,   100",
        "0.05, 0.03, SAVED,       false, NOTED,   100",
        "0.05, 0,    SAVED,       true,  IDLE,    100",
        "0.05, 0.03, SAVED,       true,  IDLE,    100",
        "0.05, 0.03, MEASURED,    true,  STUCK,   100",
        "0.05, 0.3,  MEASURED,    true,  IDLE,    100",
        "0.05, 0,    SAVED,       true,  FORGETS, 100",
        "0.05, 0,    STAMPED,     true,  FORGETS, 100",
        "0.05, 0,    SAVED,       false, FORGETS, 100",
        "0.05, 0.03, STAMPED,     false, FORGETS, 100",
        "0.5,  0.03, ENVIRONMENT, true,  FORGETS, 95"
    })
    void liarsAreConvicted(double pace, double noise, Chance chance, boolean held, Lie lie, int least) {
        Manner manner = new Manner(pace, noise, chance, held, false, lie);
        int convicted = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            convicted += wrong(manner, seed, 10).isEmpty() ? 0 : 1;
        }
        assertThat(convicted).isGreaterThanOrEqualTo(least);
    }

    @ParameterizedTest
    @CsvSource({
        "0.02, 0,    SAVED,       true,  false, NONE,    10",
        "0.02, 0,    SAVED,       false, false, NONE,    8",
        "0.02, 0,    SAVED,       true,  true,  NONE,    11",
        "0.05, 0,    SAVED,       true,  false, STUCK,   10",
        "0.02, 0.03, GLOBAL,      true,  false, NONE,    10",
        "0.05, 0.03, GLOBAL,      true,  false, STUCK,   10",
        "0.5,  1.5,  GLOBAL,      false, true,  NONE,    9",
        "0.02, 0.3,  COARSE,      true,  false, NONE,    10"
    })
    void itSaysFromTheStartHowManyIntervalsThereAreToBeAtLeast(
            double pace, double noise, Chance chance, boolean held, boolean clip, Lie lie, int atFirst) {
        List<Integer> tried = new ArrayList<>();
        List<Integer> planned = new ArrayList<>();
        check(new Manner(pace, noise, chance, held, clip, lie), 0, 10, new TrainerCheck.Listener() {
            @Override
            public void found(Notice notice) {}

            @Override
            public void tries(int interval, int all) {
                tried.add(interval);
                planned.add(all);
            }
        });
        int all = tried.size();
        assertThat(tried).isEqualTo(IntStream.rangeClosed(1, all).boxed().toList());
        assertThat(planned).isSorted().startsWith(atFirst);
        assertThat(planned).last().as("%s", planned).isEqualTo(all);
    }

    @ParameterizedTest
    @CsvSource({"0, 40, 10", "0, 4, 4", "200, 40, 10", "1000, 40, 3", "5000, 40, 1"})
    void anIntervalHasAsManyStepsAsTakeSeconds(long milliseconds, long interval, long steps) {
        Pupil pupil = new Pupil(EXACT, 0, Duration.ofMillis(milliseconds));
        Study study = Study.named("pupil", SPACE, Objective.maximize("score"), Budget.ofSteps(40), interval)
                .build();
        new TrainerCheck(pupil, site(), study, Map.of(), Optional.empty(), notice -> {}).run();
        List<Long> lengths = new ArrayList<>(pupil.lengths());
        assertThat(lengths.remove(0)).isEqualTo(1);
        assertThat(lengths).hasSize(steps == 1 ? 9 : 10).containsOnly(steps);
    }

    @Test
    void whatATrainerMayBeAbleToDoIsTried() {
        List<Notice> exact = notices(EXACT, 0, 10);
        assertThat(exact)
                .extracting(Notice::text)
                .contains("'evaluate' gives restored weights the score that they were saved with");
        assertThat(exact)
                .as("whether it draws nothing, or always the same, cannot be seen")
                .filteredOn(notice -> notice.text().contains("'reseed'"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.grade()).isEqualTo(Grade.NOTE))
                .satisfies(notice -> assertThat(notice.text())
                        .contains("which is right where training draws nothing.\nIf it draws"));
        Manner drawing = new Manner(0.02, 0.3, Chance.SAVED, true, false, Lie.NONE);
        assertThat(notices(drawing, 0, 10))
                .extracting(Notice::text)
                .contains("Copies of one checkpoint go on with random streams of their own ('reseed')")
                .anyMatch(text -> text.startsWith("'evaluate' gives restored weights {score="));
    }

    @ParameterizedTest
    @CsvSource({"FORGETS, SAVED, true", "FORGETS, STAMPED, true", "FORGETS, SAVED, false", "SAVES_NOTHING, SAVED, true"
    })
    void whoRestoresNothingIsToldSo(Lie lie, Chance chance, boolean held) {
        assertThat(notices(new Manner(0.02, 0, chance, held, false, lie), 0, 10))
                .extracting(Notice::text)
                .anyMatch(text -> text.contains("exactly what fresh weights came to"))
                .noneMatch(text -> text.startsWith("'evaluate'"));
    }

    @Test
    void whetherCopiesDrawForThemselvesIsTriedOfPlainCommandsToo() {
        Manner command = new Manner(0.02, 0.3, Chance.SAVED, false, false, Lie.NONE);
        assertThat(notices(command, 0, 10))
                .extracting(Notice::text)
                .contains("Copies of one checkpoint go on with random streams of their own ('reseed')");
    }

    @Test
    void emptyCheckpointsAreNoticed() {
        assertThat(notices(new Manner(0.02, 0, Chance.SAVED, true, false, Lie.SAVES_NOTHING), 0, 10))
                .filteredOn(notice -> notice.grade() == Grade.WARNING)
                .extracting(Notice::text)
                .anyMatch(text -> text.startsWith("The checkpoint is empty"));
    }

    @Test
    void trainingForSomeTimeIsTriedWhereTheStudyAsksForIt() {
        List<Notice> notices = new ArrayList<>();
        Study study = Study.named("pupil", SPACE, Objective.maximize("score"), Budget.ofSteps(40), 40)
                .intervalTime(Duration.ofMillis(500))
                .build();
        new TrainerCheck(new Pupil(EXACT, 0), site(), study, Map.of(), Optional.of(10L), notices::add).run();
        assertThat(notices).extracting(Notice::text).contains("It trains for some time: 40 steps when asked for 0.5 s");
    }

    private static List<String> wrong(Manner manner, int seed, long steps) {
        return notices(manner, seed, steps).stream()
                .filter(notice -> notice.grade() == Grade.WRONG)
                .map(notice -> "seed %s: %s".formatted(seed, notice.text()))
                .toList();
    }

    private static List<Notice> notices(Manner manner, int seed, long steps) {
        List<Notice> notices = new ArrayList<>();
        check(manner, seed, steps, notices::add);
        return notices;
    }

    private static void check(Manner manner, int seed, long steps, TrainerCheck.Listener listener) {
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(Parameter.of("rate", Reals.log(0.01, 1)));
        if (manner.clip()) {
            parameters.add(Parameter.of("clip", Reals.log(0.001, 5)));
        }
        Study study = Study.named(
                        "pupil",
                        SearchSpace.of(parameters.toArray(new Parameter[0])),
                        Objective.maximize("score"),
                        Budget.ofSteps(40 * steps),
                        4 * steps)
                .seed(seed)
                .build();
        new TrainerCheck(new Pupil(manner, seed), site(), study, Map.of(), Optional.of(steps), listener).run();
    }

    private static TrainerSettings site() {
        return new TrainerSettings(unused(), 1, 1, Evaluations::none, Path.of("logs"), InstantSource.system());
    }

    private static CheckpointStore unused() {
        return (CheckpointStore) Proxy.newProxyInstance(
                CheckpointStore.class.getClassLoader(),
                new Class<?>[] {CheckpointStore.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
