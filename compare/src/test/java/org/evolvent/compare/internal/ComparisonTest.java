package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evolvent.compare.internal.Arena.Stage;
import org.evolvent.core.population.Objective.Goal;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ComparisonSettings MORE = settings("score", Goal.MAXIMIZE, Evaluation.CHOSE);
    private static final ComparisonSettings LESS = settings("loss", Goal.MINIMIZE, Evaluation.CHOSE);

    private static ComparisonSettings settings(String metric, Goal goal, Evaluation evaluation) {
        return new ComparisonSettings("toy", metric, goal, evaluation, 2, 10, 5, 0, "", List.of("b: mind"));
    }

    private static Trace trace(Trace.Point... points) {
        return new Trace(List.of(points), Double.NEGATIVE_INFINITY, new Trace.Selection(8, 2, Optional.of(0.5)), false);
    }

    private static Trace.Point point(long steps, double value) {
        return new Trace.Point(steps, steps / 10.0, value, value, 0);
    }

    private static List<ComparedStudy> outcomes(String strategy, Stage stage, int firstSeed, double... scores) {
        return IntStream.range(0, scores.length)
                .mapToObj(i ->
                        new ComparedStudy(strategy, stage, firstSeed + i, trace(point(10, 0), point(20, scores[i]))))
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
        assertThat(more.leader().strategy()).isEqualTo("steady");
        assertThat(more.leader().iqm()).isEqualTo(2);
        assertThat(more.improvements()).hasSize(1).first().satisfies(improvement -> {
            assertThat(improvement.better()).isEqualTo("steady");
            assertThat(improvement.other()).isEqualTo("lucky");
            assertThat(improvement.probability()).isEqualTo(0.75);
            assertThat(improvement.interval().low()).isLessThan(0.75);
            assertThat(improvement.interval().high()).isEqualTo(1);
        });
        Comparison less = compare(LESS, lucky, steady);
        assertThat(less.leader().strategy()).isEqualTo("lucky");
        assertThat(less.improvements().get(0).probability()).isEqualTo(0.75);
        assertThat(less.improvement(less.standings().get(1), less.leader()).probability())
                .isCloseTo(0.25, within(1e-12));
    }

    /** The terms allow 20 steps; one strategy spends 40. */
    @Test
    void whatIsSpentBeyondTheTermsDoesNotCount() {
        Trace large = trace(point(20, 5), point(40, 50));
        Comparison comparison = compare(
                MORE,
                outcomes("frugal", Stage.CHOOSING, 0, 7),
                List.of(new ComparedStudy("greedy", Stage.CHOOSING, 0, large)));
        assertThat(comparison.leader().strategy()).isEqualTo("frugal");
        assertThat(comparison.standings().get(1).iqm()).isEqualTo(5);
        assertThat(comparison.standings().get(1).steps()).isEqualTo(20);
        assertThat(comparison.standings().get(0).cut()).isZero();
        assertThat(ResultTable.lines(comparison))
                .contains("greedy: 1 of 1 studies went on beyond the equal compute, and were cut off there");
    }

    @Test
    void whoIsNotApartIsNoBest() {
        Comparison comparison = compare(
                MORE,
                outcomes("a", Stage.CHOOSING, 0, 5, 6, 7, 8),
                outcomes("b", Stage.CHOOSING, 0, 5.5, 6.1, 6.4, 7),
                outcomes("c", Stage.CHOOSING, 0, 1, 2, 3, 4));
        assertThat(comparison.leader().strategy()).isEqualTo("a");
        assertThat(comparison.undecided())
                .extracting(Comparison.Standing::strategy)
                .containsExactly("b");
        assertThat(comparison.improvements())
                .extracting(Comparison.Improvement::isDifference)
                .containsExactly(false, true);
        List<String> lines = ResultTable.lines(comparison);
        assertThat(lines).last().asString().startsWith("No best: there is no difference between a, whose IQM");
        assertThat(lines).anyMatch(line -> line.startsWith("| b ") && line.contains("), no difference"));
        assertThat(lines).noneMatch(line -> line.startsWith("| c ") && line.contains("no difference"));
        assertThat(new Picture(comparison).svg()).containsOnlyOnce(">no difference<");
        Map<String, Object> json = ResultFiles.json(comparison);
        assertThat(json)
                .doesNotContainKey("winner")
                .containsEntry("leader", "a")
                .containsEntry("undecided", List.of("b"));
        Comparison apart = compare(
                MORE, outcomes("a", Stage.CHOOSING, 0, 5, 6, 7, 8), outcomes("c", Stage.CHOOSING, 0, 1, 2, 3, 4));
        assertThat(ResultFiles.json(apart)).containsEntry("winner", "a").containsEntry("undecided", List.of());
        assertThat(ResultTable.lines(apart)).last().asString().startsWith("Best by IQM: a.");
    }

    /** Three of each are apart by chance in one case of ten, however far. */
    @Test
    void aFewSeedsTellNothing() {
        Comparison comparison =
                compare(MORE, outcomes("a", Stage.CHOOSING, 0, 8, 9, 10), outcomes("b", Stage.CHOOSING, 0, 1, 2, 3));
        assertThat(comparison.undecided()).hasSize(1);
        assertThat(ResultTable.lines(comparison)).last().asString().contains("So few seeds");
        assertThat(Comparison.isEnough(4, 4)).isTrue();
        assertThat(Comparison.isEnough(1, 38)).isFalse();
        assertThat(Comparison.isEnough(1, 39)).isTrue();
    }

    @Test
    void whatWasEvaluatedAgainDecidesAndStandsBesideWhatChose() {
        ComparedStudy lucky =
                new ComparedStudy("lucky", Stage.CHOOSING, 0, trace(new Trace.Point(20, 2, 0.8, 1.3, 0.1)));
        ComparedStudy honest =
                new ComparedStudy("honest", Stage.CHOOSING, 0, trace(new Trace.Point(20, 2, 0.9, 1.1, 0.1)));
        Comparison again = compare(settings("score", Goal.MAXIMIZE, Evaluation.AGAIN), List.of(lucky, honest));
        assertThat(again.leader().strategy()).isEqualTo("honest");
        assertThat(again.leader().iqm()).isEqualTo(0.9);
        assertThat(again.leader().chosen()).isEqualTo(1.1);
        assertThat(String.join("\n", ResultTable.lines(again)))
                .contains("as chosen", "1.300", "evaluated again", "0.250 (0.500)")
                .doesNotContain("WARNING");
        Comparison warned = compare(MORE, List.of(lucky, honest));
        assertThat(String.join("\n", ResultTable.lines(warned))).contains("WARNING", "a standard error of 0.1 each");
        assertThat(ResultFiles.json(warned)).containsKey("warning");
        assertThat(ResultTable.warning(compare(settings("f1", Goal.MAXIMIZE, Evaluation.APART), List.of(lucky))))
                .isEmpty();
        assertThat(ResultTable.warning(compare(MORE, outcomes("exact", Stage.CHOOSING, 0, 1))))
                .isEmpty();
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
                .contains("On fresh seeds (2 to 3)", "IQM of a is 3.50", "against 5.50", "b: mind");
        assertThat(new Picture(comparison).svg()).contains("a, fresh seeds", "b: mind");
    }

    @Test
    void withoutAScoreOneIsLast() {
        Comparison comparison = compare(
                MORE,
                outcomes("broken", Stage.CHOOSING, 0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
                outcomes("bad", Stage.CHOOSING, 0, -1e9, -2e9));
        assertThat(comparison.leader().strategy()).isEqualTo("bad");
        assertThat(ResultTable.lines(comparison)).anyMatch(line -> line.matches("\\| broken .*no score.*"));
        assertThat(new Picture(comparison).svg()).contains("no score").doesNotContain("NaN", "Infinity");
        Comparison none = compare(MORE, outcomes("broken", Stage.CHOOSING, 0, Double.NEGATIVE_INFINITY));
        assertThat(none.hasScores()).isFalse();
        assertThat(ResultTable.lines(none)).last().asString().contains("No best");
        assertThat(new Picture(none).svg()).doesNotContain("NaN", "Infinity");
    }
}
