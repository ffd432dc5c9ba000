package org.evolvent.cli.internal.display;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Facts;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Executor;
import org.junit.jupiter.api.Test;

/** What the displays write, at times that the test sets. */
class DisplayTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    private Instant now = START;
    private StudyState state = begun(40);

    private static StudyState begun(int population) {
        return begun(population, Budget.ofSteps(10));
    }

    private static StudyState begun(int population, Budget budget) {
        Study study = Study.named(
                        "demo",
                        new SearchSpace(List.of(new Parameter("learning_rate", new Reals(0, 1, Scale.LINEAR), false))),
                        new Objective("accuracy", Objective.Goal.MAXIMIZE),
                        budget,
                        1)
                .population(population)
                .build();
        return StudyState.initial(study).after(StudyState.firstPopulation(study));
    }

    private void finish(int member, double score) {
        state = state.after(new Event.IntervalFinished(
                state.attempt(new MemberId(member)),
                new Score.Valid(score),
                Map.of("accuracy", score),
                List.of(),
                new CheckpointId("0123456789abcdef"),
                1,
                new Execution(0, now, now, Duration.ZERO)));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @Test
    void plainLinesComeForNewBestsAndEveryFewSeconds() {
        try (PlainLines lines = new PlainLines(out, () -> now)) {
            lines.committed(() -> state, List.of());
            assertThat(text()).isEmpty();
            finish(0, 0.5);
            lines.committed(() -> state, List.of());
            assertThat(text().lines())
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("2026-01-01T00:00:00Z  new best: accuracy 0.5 by member 0"));
            finish(1, 0.6);
            lines.committed(() -> state, List.of());
            assertThat(text().lines()).hasSize(1);
            now = START.plusSeconds(2);
            lines.committed(() -> state, List.of());
            assertThat(text().lines()).hasSize(2);
            now = START.plusSeconds(5);
            lines.committed(() -> state, List.of());
            assertThat(text().lines().skip(2))
                    .containsExactly("2026-01-01T00:00:05Z  0 %  2 intervals  0.4/s  0 exploits  16:35 left");
            lines.committed(() -> state, List.of());
            assertThat(text().lines()).hasSize(3);
        }
    }

    @Test
    void whatEarlierSessionsFoundIsNotNew() {
        finish(0, 0.5);
        try (PlainLines lines = new PlainLines(out, () -> now)) {
            lines.committed(() -> state, List.of());
            assertThat(text().lines())
                    .singleElement()
                    .asString()
                    .isEqualTo("2026-01-01T00:00:00Z  best so far: accuracy 0.5 by member 0 at step 1");
            finish(1, 0.6);
            lines.committed(() -> state, List.of());
            assertThat(text().lines().skip(1))
                    .singleElement()
                    .asString()
                    .startsWith("2026-01-01T00:00:00Z  new best: accuracy 0.6 by member 1");
        }
    }

    private Executor.Activity activity(int member, Executor.Phase phase, Instant since, Instant heard) {
        return new Executor.Activity(member, state.attempt(new MemberId(member)), phase, since, heard);
    }

    @Test
    void silenceIsToldFromTheStartAndThenEveryMinute() {
        try (PlainLines lines = new PlainLines(out, () -> now)) {
            lines.watching(() -> List.of(
                    activity(0, Executor.Phase.TRAINS, START, START.plusSeconds(3)),
                    activity(1, Executor.Phase.STARTS, START, now),
                    activity(2, Executor.Phase.TRAINS, START, START.plusSeconds(5))));
            lines.committed(() -> state, List.of());
            now = START.plusSeconds(9);
            lines.look();
            assertThat(text()).isEmpty();
            now = START.plusSeconds(14);
            lines.look();
            assertThat(text().lines())
                    .containsExactly(
                            "2026-01-01T00:00:14Z  0 %  0 intervals  0/s  0 exploits",
                            "  1 slot starts, 2 slots train",
                            "  nothing heard from member 0 for 0:11 (slot 0 trains for 0:14)");
            now = START.plusSeconds(73);
            lines.look();
            assertThat(text().lines()).hasSize(3);
            now = START.plusSeconds(75);
            lines.look();
            assertThat(text().lines())
                    .as("by now the third is silent for long, too")
                    .hasSize(7);
            now = START.plusSeconds(132);
            lines.committed(() -> state, List.of());
            now = START.plusSeconds(135);
            lines.look();
            assertThat(text().lines().skip(7))
                    .as("how far it is was said just before")
                    .hasSize(4)
                    .first(InstanceOfAssertFactories.STRING)
                    .startsWith("2026-01-01T00:02:12Z  0 %");
            lines.watching(List::of);
            lines.paused("A disk is full");
            now = START.plusSeconds(200);
            lines.look();
            assertThat(text()).endsWith("  A disk is full\n  no member trains at the moment\n");
        }
    }

    @Test
    void theLiveViewShowsWhoIsSilent() {
        now = START.plusSeconds(75);
        Console console = Console.terminal(out, out, 100, 12, true);
        try (LiveView view = new LiveView(console, () -> now, 2)) {
            view.watching(() -> List.of(activity(0, Executor.Phase.RESTORES, START, START)));
            view.committed(() -> state, List.of());
        }
        assertThat(text()).contains("restores, silent 1:15", "waits");
    }

    /** What earlier sessions have used of the wall-clock budget is gone. */
    @Test
    void whatIsLeftCountsFromTheFirstSession() {
        state = begun(40, new Budget(10, Optional.of(Duration.ofMinutes(10)), Optional.empty()));
        try (PlainLines lines = new PlainLines(out, () -> now)) {
            lines.recovered(Facts.NONE
                    .after(new Event.StudyCreated("demo", START.minusSeconds(400)))
                    .after(new Event.StudyEnded(Event.End.WALL_CLOCK, START.minusSeconds(100))));
            lines.committed(() -> state, List.of());
            now = START.plusSeconds(5);
            lines.committed(() -> state, List.of());
            assertThat(text().lines()).singleElement().asString().endsWith("4:55 left");
        }
    }

    @Test
    void theLiveViewFitsTheTerminalAndGivesItBack() {
        finish(7, 0.7);
        finish(3, 0.9);
        Console console = Console.terminal(out, out, 40, 12, true);
        try (LiveView view = new LiveView(console, () -> now, 2)) {
            view.committed(() -> state, List.of());
        }
        String plain = text().replaceAll("\u001b\\[[0-9?]*[a-zA-Z]", "");
        assertThat(plain.lines()).hasSizeLessThan(12).allMatch(line -> line.length() < 40);
        assertThat(plain).contains("demo  40 members  2 slots", "and 34 members more");
        assertThat(plain.indexOf("0.9 ")).isLessThan(plain.indexOf("0.7 "));
        assertThat(text()).startsWith("\u001b[?25l").endsWith("\u001b[?25h");
    }
}
