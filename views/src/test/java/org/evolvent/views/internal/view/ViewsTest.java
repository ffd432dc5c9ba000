package org.evolvent.views.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Mode;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Interval;
import org.evolvent.views.internal.history.Simulated;
import org.evolvent.views.internal.history.Turn;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every number of a view is the log's, at any moment of a study. */
class ViewsTest {
    private static final Decisions.Filter ALL = new Decisions.Filter(
            Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), "", 0, Integer.MAX_VALUE);

    static Stream<Simulated> studies() {
        return Stream.of("stepwise", "smooth", "figure2")
                .filter(Tasks.names()::contains)
                .flatMap(task -> Stream.of(Mode.values())
                        .flatMap(mode -> Stream.of(1L, 2L)
                                .map(seed -> Simulated.of(Tasks.named(task), Pbt.standard(), mode, 3, seed))));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void whatHappenedIsWhatTheEngineCounts(Simulated simulated) {
        History history = simulated.history();
        assertThat(history.intervals())
                .hasSize((int) history.state().tally().intervals())
                .isNotEmpty();
        assertThat(history.turns().stream().filter(Turn::isCopy))
                .hasSize((int) history.state().tally().exploits());
        assertThat(history.failures()).hasSize((int) history.state().tally().failedAttempts());
        ReadyPoint best = history.state().population().best().orElseThrow();
        assertThat(new Score.Valid(history.best().orElseThrow().score())).isEqualTo(best.score());
    }

    @ParameterizedTest
    @MethodSource("studies")
    void theBestModelsScheduleIsThatOfItsLineage(Simulated simulated) {
        History history = simulated.history();
        Interval best = history.best().orElseThrow();
        List<Lineage.Segment> segments =
                Lineage.of(simulated.events()).schedule(new Lineage.Node(new MemberId(best.member()), best.interval()));
        List<Object> expected = new ArrayList<>();
        List<Object> found = new ArrayList<>();
        List<Axis> axes = Axis.of(history.study().space());
        List<List<Stretch>> schedule = Schedules.of(history).best();
        for (Lineage.Segment segment : segments) {
            for (int i = 0; i < axes.size(); i++) {
                expected.add(segment.hyperparameters().plain().get(axes.get(i).name()));
                found.add(schedule.get(i).stream()
                        .filter(stretch -> stretch.from() <= segment.fromStep() && stretch.to() >= segment.toStep())
                        .findFirst()
                        .orElseThrow()
                        .value());
            }
        }
        assertThat(found).isEqualTo(expected).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("studies")
    void everyTurnIsTold(Simulated simulated) {
        History history = simulated.history();
        Decisions decisions = Decisions.of(history, ALL);
        assertThat(decisions.rows()).hasSize(history.turns().size()).hasSize(decisions.found());
        assertThat(decisions.rows().stream().filter(row -> row.kind().equals("copy")))
                .allMatch(row -> row.donor() != null && !row.reason().isEmpty())
                .hasSize((int) history.state().tally().exploits());
        int member = decisions.rows().get(0).member();
        MemberPage page = MemberPage.of(history, member);
        assertThat(page.copies()).hasSize((int) decisions.rows().stream()
                .filter(row -> row.member() == member && row.donor() != null)
                .count());
        assertThat(page.points().stream().map(MemberPage.Point::node)).doesNotHaveDuplicates();
        assertThat(page.points().stream()
                        .filter(point -> point.member() == member)
                        .count())
                .isEqualTo(history.of(member).size());
    }

    @ParameterizedTest
    @MethodSource("studies")
    void thePopulationStandsAsTheEngineRanksIt(Simulated simulated) {
        History history = simulated.history();
        PopulationView view = PopulationView.of(new Source(history, "d", Optional.empty(), 3, false, false));
        List<Integer> ranked = new ArrayList<>();
        history.state()
                .population()
                .ranking()
                .forEach(point -> ranked.add(point.member().index()));
        assertThat(view.rows().stream().map(PopulationView.Row::member).toList())
                .isEqualTo(ranked);
        assertThat(new TreeSet<>(ranked)).hasSize(history.state().population().size());
    }

    @ParameterizedTest
    @MethodSource("studies")
    void nobodyTrainsInAStudyThatNobodyDrives(Simulated simulated) {
        History history = simulated.history(simulated.events().size() / 2);
        assertThat(statuses(history, Optional.of("process 1")))
                .contains("training")
                .doesNotContain("interrupted");
        assertThat(statuses(history, Optional.empty())).contains("interrupted").doesNotContain("training");
        assertThat(statuses(simulated.history(), Optional.empty())).doesNotContain("training", "interrupted");
    }

    private static List<String> statuses(History history, Optional<String> driver) {
        return PopulationView.of(new Source(history, "d", driver, 3, false, false)).rows().stream()
                .map(PopulationView.Row::status)
                .toList();
    }

    /** Also where members end with fewer steps behind their weights, since they copied from those that were behind. */
    @ParameterizedTest
    @MethodSource("studies")
    void aStudyIsOnItsWayUntilItsBudgetIsSpent(Simulated simulated) {
        int events = simulated.events().size();
        assertThat(progress(simulated.history(2))).isZero();
        assertThat(progress(simulated.history(events / 2))).isBetween(0.1, 0.9);
        assertThat(progress(simulated.history(events - 1))).isBetween(0.95, 1.0);
        assertThat(progress(simulated.history())).isOne();
    }

    private static double progress(History history) {
        return Status.of(history, Optional.of("process 1"), false).progress();
    }

    @ParameterizedTest
    @MethodSource("studies")
    void everyViewHasAFormForEveryMoment(Simulated simulated) {
        int events = simulated.events().size();
        for (int first : new int[] {0, 1, 2, 3, 10, events / 3, events / 2, events - 1, events}) {
            History history = simulated.history(first);
            Source source = new Source(history, "evolvent-runs/x", Optional.of("process 1"), 3, true, false);
            List<Object> views = new ArrayList<>(List.of(
                    Overview.of(source, Optional.empty()),
                    Overview.of(source, Optional.of(simulated.history())),
                    Schedules.of(history),
                    Decisions.of(history, ALL),
                    PopulationView.of(source),
                    Slots.of(history, 3)));
            if (history.state().population().size() > 0) {
                views.add(MemberPage.of(history, 0));
            }
            for (int node = 0; node < history.intervals().size(); node += 97) {
                views.add(Node.of(history, node).orElseThrow());
            }
            for (Object view : views) {
                String json = JsonMapper.shared().writeValueAsString(view);
                assertThat(json).doesNotContain("\"sentence\":\"\"").doesNotContain("NaN");
            }
        }
    }
}
