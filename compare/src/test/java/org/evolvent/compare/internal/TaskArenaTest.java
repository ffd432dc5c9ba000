package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evolvent.compare.internal.Arena.Stage;
import org.evolvent.core.internal.strategy.Asha;
import org.evolvent.study.internal.file.Setting;
import org.evolvent.study.spec.StudyFileException;
import org.evolvent.tasks.internal.simulation.SpeedSpread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks in simulated time: modes, slots, speeds, and what is counted and reported of them. */
class TaskArenaTest {
    private static TaskArena arena(String task, String spread, String... settings) {
        List<Setting> all = new ArrayList<>();
        for (String setting : settings) {
            all.add(Setting.parse(setting));
        }
        return new TaskArena(task, all, SpeedSpread.parse(spread), Optional.empty());
    }

    private static Contender contender(String name, Map<String, ?> own) {
        return Contender.all(List.of(name), List.of(), own).get(0);
    }

    private static List<Trace> traces(TaskArena arena, String strategy, int seeds) {
        Contender contender = contender(strategy, arena.file().spec().strategy().options());
        return IntStream.range(0, seeds)
                .mapToObj(seed -> arena.run(contender, Stage.CHOOSING, seed))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "4, synchronous, 4, 0%",
        "8, synchronous, 1, 4:1",
        "4, asynchronous, 4, 4:1",
        "8, asynchronous, 3, 4:1",
        "16, asynchronous, 16, 10%"
    })
    void successiveHalvingEndsWithinWhatCounts(int population, String mode, int slots, String spread) {
        TaskArena arena = arena(
                "noisy", spread, "population=" + population, "execution.mode=" + mode, "execution.slots=" + slots);
        assertThat(arena.terms().members(new Asha(1, 4))).isGreaterThan(2 * population);
        assertThat(traces(arena, "asha", 5)).allSatisfy(trace -> {
            Trace counted = trace.within(arena.terms().allSteps());
            assertThat(counted.isCut()).isFalse();
            assertThat(counted.steps()).isGreaterThan(arena.terms().allSteps() * 3 / 4);
        });
    }

    /** Of 16 members that are evaluated 50 times each the best score is luck: above what any model can be worth. */
    @Test
    void aNoisyScoreChoosesAndTheTruthIsReported() {
        for (String strategy : List.of("pbt", "random_search")) {
            assertThat(traces(arena("noisy", "0%"), strategy, 10)).allSatisfy(trace -> {
                assertThat(trace.score()).isLessThan(1);
                assertThat(trace.chosen()).isGreaterThan(trace.score());
                assertThat(trace.error()).isBetween(0.02, 0.3);
            });
        }
        assertThat(arena("noisy", "0%").terms().evaluation()).isEqualTo(Evaluation.AGAIN);
        assertThat(traces(arena("speeds", "0%"), "pbt", 2))
                .allSatisfy(trace -> assertThat(trace.chosen()).isEqualTo(trace.score()));
        assertThat(new TaskArena("noisy", List.of(), SpeedSpread.NONE, Optional.of("truth"))
                        .terms()
                        .evaluation())
                .isEqualTo(Evaluation.APART);
    }

    @Test
    void modeSlotsAndSpeedsTakeTheirTime() {
        // A round lasts as long as its slowest member; with two slots 4 members of 400 steps take 800 s, and half of
        // them 4 times as long.
        assertThat(seconds(arena("smooth", "0%"))).isEqualTo(400);
        assertThat(seconds(arena("smooth", "4:1", "execution.mode=synchronous")))
                .isEqualTo(1600);
        assertThat(seconds(arena("smooth", "0%", "execution.slots=2"))).isEqualTo(800);
        assertThat(seconds(arena("smooth", "4:1", "execution.slots=2", "execution.mode=synchronous")))
                .isGreaterThan(1600);
        assertThat(arena("smooth", "4:1", "execution.slots=2").terms().place())
                .isEqualTo("simulated, asynchronous, slots: 2, speeds spread by 4:1, a second for each step");
    }

    /** Nobody copies, so that all is as long as it takes. */
    private static double seconds(TaskArena arena) {
        return traces(arena, "random_search", 1).get(0).seconds();
    }

    @Test
    void atABarrierAStrategyWouldDoWhatItDoesThere() {
        Trace waiting = traces(arena("stepwise", "0%", "execution.mode=synchronous"), "pbt", 1)
                .get(0);
        assertThat(waiting.selection().atBarrier()).isEmpty();
        Trace free =
                traces(arena("stepwise", "10%", "execution.slots=4"), "pbt", 1).get(0);
        assertThat(free.selection().exploits()).isPositive();
        assertThat(free.selection().atBarrier())
                .hasValueSatisfying(wanted -> assertThat(wanted).isBetween(0.05, 0.5));
        assertThat(traces(arena("stepwise", "10%"), "random_search", 1).get(0).selection())
                .isEqualTo(new Trace.Selection(16 * 50, 0, Optional.of(0.0)));
    }

    @Test
    void theStrategyCanBeSetAsInAStudyFile() {
        String half = "strategy={exploit: {truncation: {fraction: 0.5}}, explore: perturb}";
        String fifth = "strategy={exploit: {truncation: {fraction: 0.2}}, explore: perturb}";
        String mode = "execution.mode=synchronous";
        assertThat(traces(arena("stepwise", "0%", mode, half), "pbt", 1)
                        .get(0)
                        .selection()
                        .exploits())
                .isGreaterThan(traces(arena("stepwise", "0%", mode, fifth), "pbt", 1)
                        .get(0)
                        .selection()
                        .exploits());
    }

    @Test
    void whatATaskHasNotIsRefused() {
        assertThatThrownBy(() -> arena("plain", "0%", "space.h.float=[0, 1]"))
                .isInstanceOf(CompareException.class)
                .hasMessageContaining("has no 'space.h.float' to set, only budget.steps,");
        assertThatThrownBy(() -> arena("plain", "0%", "population=1"))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("population");
        for (String wrong : List.of("100%", "-1%", "0.5:1", "4", "4:2", "")) {
            assertThatThrownBy(() -> SpeedSpread.parse(wrong)).hasMessageContaining("'" + wrong + "' but must be");
        }
    }
}
