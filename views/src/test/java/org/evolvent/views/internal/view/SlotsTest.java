package org.evolvent.views.internal.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.tasks.internal.Tasks;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Simulated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What slots did, and why they did nothing. */
class SlotsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Hyperparameters HALF = Hyperparameters.of(Map.of("rate", Value.of(0.5)));

    static Stream<Simulated> studies() {
        return Arrays.stream(Mode.values())
                .flatMap(mode -> Stream.of(1, 3, 200)
                        .map(slots -> Simulated.of(Tasks.named("stepwise"), Pbt.standard(), mode, slots, 1)));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void whatIsBusyAndWhatIsIdleIsAllTheTimeThereWas(Simulated simulated) {
        for (int events :
                new int[] {simulated.events().size() / 2, simulated.events().size()}) {
            History history = simulated.history(events);
            for (Slots.Row row : Slots.of(history, history.slots()).rows()) {
                double idle = row.idle().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                assertThat(row.busy() + idle).isCloseTo(history.seconds(), within(1e-6 * history.seconds()));
                assertThat(row.idle().values()).allMatch(seconds -> seconds >= -1e-9);
            }
        }
    }

    /** Two rounds in two slots of four, a session that was cut off, and another that came to the end of the budget. */
    @Test
    void eachGapHasItsCause() {
        History history = history();
        created(history);
        finished(history, 0, 0, 0, 0, 2, 10);
        finished(history, 1, 0, 0, 1, 0, 6);
        goOn(history);
        finished(history, 0, 1, 0, 0, 12, 20);
        history.add(new Event.StudyResumed(AT.plusSeconds(1000)));
        finished(history, 1, 1, 1, 1, 1003, 1010);
        history.add(new Event.StudyEnded(Event.End.BUDGET, AT.plusSeconds(1011)));
        Slots slots = Slots.of(history, 4);
        assertThat(gaps(slots, 0))
                .containsExactly(
                        "0-2 before the first attempt of a session",
                        "10-12 while no slot ran anything (decisions, or a pause)",
                        "20-31 at the end, with nothing left to do");
        assertThat(gaps(slots, 1))
                .containsExactly(
                        "6-20 until the end of a session, without another result",
                        "20-23 before the first attempt of a session",
                        "30-31 at the end, with nothing left to do");
        assertThat(slots.sentence())
                .isEqualTo(
                        "4 slots ran attempts 23 % of the time, and trained 23 % of it; starting, restoring and saving took the"
                                + " difference. Idle: 50 % in slots that no member needed; 11 % until the end of a session, without"
                                + " another result; 10 % at the end, with nothing left to do; 4 % before the first attempt of a session; 2 %"
                                + " while no slot ran anything (decisions, or a pause).");
    }

    @Test
    void whoWaitsForARoundWaitsForItsOthers() {
        History history = history();
        created(history);
        finished(history, 0, 0, 0, 0, 0, 10);
        finished(history, 1, 0, 0, 1, 0, 6);
        goOn(history);
        finished(history, 1, 1, 0, 1, 11, 20);
        Slots slots = Slots.of(history, 2);
        assertThat(gaps(slots, 1)).containsExactly("6-11 waiting for the others of a round");
        assertThat(slots.rows().get(1).idle().get(IdleCause.OTHERS)).isEqualTo(4);
        assertThat(slots.rows().get(1).idle().get(IdleCause.NOBODY)).isEqualTo(1);
        assertThat(gaps(slots, 0)).containsExactly("10-20 until the end of a session, without another result");
    }

    /** What an attempt leaves behind is stored while the next one trains; seen: a slot with gaps that was "100 % busy". */
    @Test
    void timesOfTwoAttemptsCountOnce() {
        History history = history();
        created(history);
        finished(history, 0, 0, 0, 0, 0, 6);
        finished(history, 1, 0, 0, 0, 4, 10);
        goOn(history);
        finished(history, 0, 1, 0, 0, 12, 20);
        Slots slots = Slots.of(history, 1);
        assertThat(slots.rows().get(0).busy()).isEqualTo(18);
        assertThat(slots.sentence())
                .startsWith("1 slot ran attempts 90 % of the time")
                .contains("Idle: 10 % while");
    }

    /** Two places one after the other, in the first of which it came back after a part and a loss; then the driver's own machine. */
    @Test
    void eachSlotHasThePlacesThatItHad() {
        History history = history();
        created(history);
        history.add(new Event.IntervalSuspended(
                attempt(0, 0, 0),
                Map.of("score", 0.5),
                List.of(),
                new CheckpointId("c0ffee07"),
                0,
                execution(0, 1, 4, "node n1, job step 7.0")));
        history.add(new Event.AttemptFailed(
                attempt(0, 0, 1), Event.Fault.PLACE, "gone", execution(0, 4, 5, "node n1, job step 7.0")));
        finished(history, 1, 0, 0, execution(1, 2, 3, ""));
        finished(history, 0, 0, 2, execution(0, 8, 10, "node n2, job step 8.0"));
        Slots slots = Slots.of(history, 2);
        assertThat(slots.rows().get(0).stays())
                .containsExactly(
                        new Stay("node n1, job step 7.0", 1, 5, 2, 4), new Stay("node n2, job step 8.0", 8, 10, 1, 2));
        assertThat(slots.rows().get(1).stays()).containsExactly(new Stay("", 2, 3, 1, 1));
        assertThat(slots.rows().get(0).boxes()).extracting(Slots.Box::kind).containsExactly("part", "lost", "trained");
        assertThat(slots.rows().get(0).training()).isEqualTo(5);
    }

    private static Execution execution(int slot, long from, long to, String place) {
        return new Execution(
                slot,
                AT.plusSeconds(from),
                AT.plusSeconds(to),
                Duration.ofSeconds(to - from),
                place.isEmpty() ? Optional.empty() : Optional.of(place));
    }

    private static Attempt attempt(int member, int interval, int number) {
        return new Attempt(new MemberId(member), interval, number, interval, interval + 1, HALF, Optional.empty(), 1);
    }

    private static List<String> gaps(Slots slots, int slot) {
        return slots.rows().get(slot).gaps().stream()
                .map(gap -> "%.0f-%.0f %s"
                        .formatted(gap.from(), gap.to(), slots.causes().get(gap.cause())))
                .toList();
    }

    private static History history() {
        Study study = StudySpec.named(
                        "idle",
                        SearchSpace.of(Parameter.of("rate", Reals.linear(0, 1))),
                        Objective.maximize("score"),
                        Budget.ofSteps(2),
                        1)
                .population(2)
                .mode(Mode.SYNCHRONOUS)
                .build()
                .study(Catalogue.builtIn().strategy(Map.of()));
        return new History(study, study);
    }

    private static void created(History history) {
        history.add(new Event.StudyCreated("", AT));
        history.add(new Event.PopulationCreated(Collections.nCopies(2, HALF)));
    }

    private static void goOn(History history) {
        for (int member = 0; member < 2; member++) {
            history.add(new Event.Decided(new MemberId(member), 0, new Decision.Continue("", Evidence.NONE)));
        }
    }

    private static void finished(History history, int member, int interval, int number, int slot, long from, long to) {
        finished(history, member, interval, number, execution(slot, from, to, ""));
    }

    private static void finished(History history, int member, int interval, int number, Execution execution) {
        history.add(new Event.IntervalFinished(
                attempt(member, interval, number),
                new Score.Valid(0.5),
                Map.of("score", 0.5),
                List.of(),
                new CheckpointId("c0ffee0" + IntStream.of(member, interval).sum()),
                0,
                execution));
    }
}
