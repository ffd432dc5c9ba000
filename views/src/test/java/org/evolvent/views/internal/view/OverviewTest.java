package org.evolvent.views.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.views.internal.history.History;
import org.junit.jupiter.api.Test;

/** What sentences and cards say, in words. */
class OverviewTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Hyperparameters HALF = Hyperparameters.of(Map.of("rate", Value.of(0.5)));
    private static final Hyperparameters MORE = Hyperparameters.of(Map.of("rate", Value.of(0.6)));

    private final History history = begun(Catalogue.builtIn().strategy(Map.of()), 0);

    @Test
    void aCardCountsWhoWasCopied() {
        assertThat(meaning("copies")).isEqualTo("nobody was copied; 0 intervals ended");
        finished(0, 0, 0, 0.7);
        finished(1, 0, 0, 0.2);
        assertThat(meaning("copies")).isEqualTo("nobody was copied; 2 intervals ended");
        copies(1, 0, 0);
        assertThat(meaning("copies")).isEqualTo("1 member was copied; 2 intervals ended");
        history.add(new Event.Decided(new MemberId(0), 0, new Decision.Continue("", Evidence.NONE)));
        finished(1, 1, 10, 0.8);
        finished(0, 1, 10, 0.1);
        copies(0, 1, 1);
        assertThat(meaning("copies")).isEqualTo("2 members were copied; 4 intervals ended");
    }

    @Test
    void aCardCountsWhatFailed() {
        assertThat(meaning("failures")).isEqualTo("no attempt has ended yet");
        assertThat(meaning("has run")).isEqualTo("no attempt has ended yet");
        finished(0, 0, 0, 0.7);
        assertThat(meaning("failures")).isEqualTo("every attempt gave a score");
        history.add(new Event.AttemptFailed(attempt(1, 0, 0, 0), Event.Fault.TRAINER, "out of memory", execution(1)));
        assertThat(meaning("failures")).isEqualTo("attempts; 0 intervals gave no score");
        noNumber(history, 1, 1);
        assertThat(meaning("failures")).isEqualTo("attempts; 1 interval gave no score");
        History other = begun(Pbt.standard(), 0);
        noNumber(other, 0, 0);
        assertThat(meaning(other, "failures")).isEqualTo("attempts; 1 interval gave no score");
    }

    private static void noNumber(History history, int member, int number) {
        history.add(new Event.IntervalFinished(
                attempt(member, 0, number, 0),
                new Score.Invalid("the trainer reported score = NaN"),
                Map.of("score", Double.NaN),
                List.of(),
                new CheckpointId("c0ffee00"),
                0,
                execution(2)));
    }

    /** Seen: a member that failed at step 900 copied "at step 0". */
    @Test
    void whoFailedIsReplacedWhereItStood() {
        finished(0, 0, 0, 0.7);
        finished(1, 0, 0, 0.2);
        history.add(new Event.Decided(new MemberId(1), 0, new Decision.Continue("", Evidence.NONE)));
        for (int attempt = 0; attempt < 3; attempt++) {
            history.add(new Event.AttemptFailed(
                    attempt(1, 1, attempt, 10), Event.Fault.TRAINER, "out of memory", execution(attempt)));
        }
        copies(1, 1, 0);
        Decisions.Row row = Decisions.of(
                        history,
                        new Decisions.Filter(
                                Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), "", 0, 1))
                .rows()
                .get(0);
        assertThat(row.step()).isEqualTo(10);
    }

    @Test
    void theFirstCopiesAreDueUntilSomebodyIsThatFar() {
        assertThat(sentence(begun(Pbt.standard(), 0)))
                .endsWith("first intervals. The first copies are due at step 10.");
        assertThat(sentence(begun(Pbt.standard(), 25)))
                .endsWith("The first copies are due at step 30, after the burn-in.");
        assertThat(sentence(begun(Pbt.randomSearch(), 25))).endsWith("train their first intervals.");
        finished(0, 0, 0, 0.7);
        assertThat(sentence(history)).contains("nobody was copied.").doesNotContain("due");
    }

    /** Seen: 0.9098 "is worse by 0.004019" than 0.9139. */
    @Test
    void aDifferenceIsNoFinerThanWhatDiffers() {
        finished(0, 0, 0, 0.913857);
        assertThat(against(0.909838)).endsWith("found 0.9098, which is worse by 0.004.");
        assertThat(against(0.9138569)).endsWith("found 0.9139, which is worse by 1e-07.");
        assertThat(against(-Double.MAX_VALUE)).contains("which is worse by 1.798e+308.");
    }

    private String against(double random) {
        History other = begun(Pbt.randomSearch(), 0);
        other.add(finish(0, 0, 0, random));
        return Overview.of(new Source(history, "runs/x", Optional.empty(), 1, true, false), Optional.of(other))
                .sentence();
    }

    private String meaning(String label) {
        return meaning(history, label);
    }

    private static String meaning(History history, String label) {
        return Overview.of(new Source(history, "runs/x", Optional.of("somebody"), 1, false, false), Optional.empty())
                .cards()
                .stream()
                .filter(card -> card.label().equals(label))
                .findFirst()
                .orElseThrow()
                .meaning();
    }

    private static String sentence(History history) {
        return Overview.of(new Source(history, "runs/x", Optional.of("somebody"), 1, false, false), Optional.empty())
                .sentence();
    }

    private void finished(int member, int interval, long from, double score) {
        history.add(finish(member, interval, from, score));
    }

    private static Event finish(int member, int interval, long from, double score) {
        return new Event.IntervalFinished(
                attempt(member, interval, 0, from),
                new Score.Valid(score),
                Map.of("score", score),
                List.of(),
                checkpoint(member, interval),
                0,
                execution(interval));
    }

    private void copies(int member, int interval, int donor) {
        int last = history.of(donor).size() - 1;
        history.add(new Event.Decided(
                new MemberId(member),
                interval,
                new Decision.Exploit(
                        new MemberId(donor),
                        last,
                        Optional.of(new CheckpointRef(
                                new MemberId(donor), last, 10L * (last + 1), checkpoint(donor, last))),
                        HALF,
                        MORE,
                        "it ranks last",
                        Evidence.NONE)));
    }

    private static CheckpointId checkpoint(int member, int interval) {
        return new CheckpointId("c0ffee" + member + interval);
    }

    private static Attempt attempt(int member, int interval, int number, long from) {
        return new Attempt(new MemberId(member), interval, number, from, from + 10, HALF, Optional.empty(), 1);
    }

    private static Execution execution(int seconds) {
        return new Execution(0, AT.plusSeconds(seconds), AT.plusSeconds(seconds + 1), Duration.ofSeconds(1));
    }

    private static History begun(Strategy strategy, long burnIn) {
        var study = StudySpec.named(
                        "words",
                        SearchSpace.of(Parameter.of("rate", Reals.linear(0, 1))),
                        Objective.maximize("score"),
                        Budget.ofSteps(100),
                        10)
                .population(2)
                .burnInSteps(burnIn)
                .build()
                .study(strategy);
        History history = new History(study, study);
        history.add(new Event.StudyCreated("", AT));
        history.add(new Event.PopulationCreated(Collections.nCopies(2, HALF)));
        return history;
    }
}
