package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.evolvent.compare.internal.Arena.Stage;
import org.evolvent.core.population.Objective.Goal;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ComparisonSettings MORE =
            new ComparisonSettings("toy", "score", Goal.MAXIMIZE, 2, 10, 5, "", List.of("b: mind"));
    private static final ComparisonSettings LESS =
            new ComparisonSettings("toy", "loss", Goal.MINIMIZE, 2, 10, 5, "", List.of("b: mind"));

    private static List<ComparedStudy> outcomes(String strategy, Stage stage, int firstSeed, double... scores) {
        return IntStream.range(0, scores.length)
                .mapToObj(i -> new ComparedStudy(
                        strategy,
                        stage,
                        firstSeed + i,
                        new Trace(
                                List.of(new Trace.Point(10, 1, 0), new Trace.Point(20, 2, scores[i])),
                                Double.NEGATIVE_INFINITY)))
                .toList();
    }

    @SafeVarargs
    private static Comparison compare(ComparisonSettings terms, List<ComparedStudy>... outcomes) {
        List<ComparedStudy> all = new ArrayList<>();
        for (List<ComparedStudy> some : outcomes) {
            all.addAll(some);
        }
        return Comparison.of(terms, all);
    }

    @Test
    void theBestInterquartileMeanWins() {
        List<ComparedStudy> lucky = outcomes("lucky", Stage.CHOOSING, 0, 1, 1, 1, 100);
        List<ComparedStudy> steady = outcomes("steady", Stage.CHOOSING, 0, 2, 2, 2, 2);
        Comparison more = compare(MORE, lucky, steady);
        assertThat(more.winner().strategy()).isEqualTo("steady");
        assertThat(more.winner().iqm()).isEqualTo(2);
        assertThat(more.improvements()).hasSize(1).first().satisfies(improvement -> {
            assertThat(improvement.better()).isEqualTo("steady");
            assertThat(improvement.other()).isEqualTo("lucky");
            assertThat(improvement.probability()).isEqualTo(0.75);
            assertThat(improvement.interval().low()).isLessThan(0.75);
            assertThat(improvement.interval().high()).isEqualTo(1);
        });
        Comparison less = compare(LESS, lucky, steady);
        assertThat(less.winner().strategy()).isEqualTo("lucky");
        assertThat(less.improvements().get(0).probability()).isEqualTo(0.75);
        assertThat(less.improvement(less.standings().get(1), less.winner()).probability())
                .isCloseTo(0.25, within(1e-12));
    }

    /** The terms allow 20 steps; one strategy spends 40. */
    @Test
    void whatIsSpentBeyondTheTermsDoesNotCount() {
        Trace large =
                new Trace(List.of(new Trace.Point(20, 1, 5), new Trace.Point(40, 2, 50)), Double.NEGATIVE_INFINITY);
        Comparison comparison = compare(
                MORE,
                outcomes("frugal", Stage.CHOOSING, 0, 7),
                List.of(new ComparedStudy("greedy", Stage.CHOOSING, 0, large)));
        assertThat(comparison.winner().strategy()).isEqualTo("frugal");
        assertThat(comparison.standings().get(1).iqm()).isEqualTo(5);
        assertThat(comparison.standings().get(1).steps()).isEqualTo(20);
    }

    @Test
    void onlyWhatChoseNothingIsFresh() {
        Comparison comparison = compare(
                MORE,
                outcomes("a", Stage.CHOOSING, 0, 5, 6),
                outcomes("b", Stage.CHOOSING, 0, 1, 2),
                // Seed 1 chose; seeds 2 and 3 did not. The loser's are of no interest.
                outcomes("a", Stage.REPORTING, 1, 100, 3, 4),
                outcomes("b", Stage.REPORTING, 2, 9));
        assertThat(comparison.fresh()).hasValueSatisfying(fresh -> {
            assertThat(fresh.strategy()).isEqualTo("a");
            assertThat(fresh.seeds()).isEqualTo("2 to 3");
            assertThat(fresh.iqm()).isEqualTo(3.5);
        });
        assertThat(String.join("\n", ResultTable.lines(comparison)))
                .contains("On fresh seeds (2 to 3)", "IQM is 3.50", "against 5.50", "b: mind");
        assertThat(new Picture(comparison).svg()).contains("a, fresh seeds", "b: mind");
    }

    @Test
    void withoutAScoreOneIsLast() {
        Comparison comparison = compare(
                MORE,
                outcomes("broken", Stage.CHOOSING, 0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
                outcomes("bad", Stage.CHOOSING, 0, -1e9, -2e9));
        assertThat(comparison.winner().strategy()).isEqualTo("bad");
        assertThat(ResultTable.lines(comparison)).anyMatch(line -> line.matches("\\| broken .*no score.*"));
        assertThat(new Picture(comparison).svg()).contains("no score").doesNotContain("NaN", "Infinity");
        Comparison none = compare(MORE, outcomes("broken", Stage.CHOOSING, 0, Double.NEGATIVE_INFINITY));
        assertThat(none.hasScores()).isFalse();
        assertThat(ResultTable.lines(none)).last().asString().contains("No best");
        assertThat(new Picture(none).svg()).doesNotContain("NaN", "Infinity");
    }
}
