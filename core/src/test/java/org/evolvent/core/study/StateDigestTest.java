package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("It sets the locale")
class StateDigestTest {
    /**
     * The digest of {@link ToyLog} with 8 members. It stands for every decision in it: whoever changes it changes what a seed means, and
     * must say so. The same on every JDK.
     */
    private static final String GOLDEN = "cd1f1d50eb9470c8b9fa5d8fad8cf3ccba459f6258c53ba239d5d692b34852f2";

    private static final Study SYNCHRONOUS =
            ToyLog.study().population(8).mode(Mode.SYNCHRONOUS).seed(17).build();

    @Test
    void aFixedStudyHasAFixedDigest() {
        ToyLog log = new ToyLog(SYNCHRONOUS);
        log.trainToTheEnd();
        assertThat(log.state.tally().exploits()).isGreaterThan(5);
        assertThat(log.state.tally().failedIntervals()).isGreaterThan(2);
        assertThat(StateDigest.of(log.events)).isEqualTo(GOLDEN);
    }

    @Test
    void aLogHasOneDigestAndOneState() {
        ToyLog log = new ToyLog(SYNCHRONOUS);
        log.trainToTheEnd();
        assertThat(StateDigest.of(log.events)).isEqualTo(StateDigest.of(List.copyOf(log.events)));
        ToyLog.assertSame(StudyState.initial(SYNCHRONOUS).after(log.events), log.state);
    }

    @Test
    void aDigestDoesNotDependOnTheHostsLocale() {
        ToyLog log = new ToyLog(SYNCHRONOUS);
        log.trainToTheEnd();
        String digest = StateDigest.of(log.events);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(StateDigest.of(log.events)).isEqualTo(digest);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        ToyLog one = new ToyLog(SYNCHRONOUS);
        ToyLog two = new ToyLog(SYNCHRONOUS);
        for (int i = 0; i < 8; i++) {
            one.finish(i, ToyLog.formula(one.attempt(i)));
            two.finish(7 - i, ToyLog.formula(two.attempt(7 - i)));
        }
        assertThat(one.events).isNotEqualTo(two.events);
        assertThat(StateDigest.of(one.events)).isEqualTo(StateDigest.of(two.events));
    }

    @Test
    void slotsTimesAndAttemptsDoNotMatter() {
        ToyLog calm = new ToyLog(SYNCHRONOUS);
        calm.finish(0, 1);
        ToyLog rough = new ToyLog(SYNCHRONOUS);
        rough.fail(0, Event.Fault.PLACE);
        rough.append(new Event.StudyResumed(Instant.MAX));
        rough.append(ToyLog.finished(rough.attempt(0), 1, ToyLog.execution(5)));
        assertThat(StateDigest.of(rough.events)).isEqualTo(StateDigest.of(calm.events));
    }

    @Test
    void everythingElseMatters() {
        ToyLog log = new ToyLog(SYNCHRONOUS);
        Attempt attempt = log.attempt(0);
        Hyperparameters changed = attempt.hyperparameters().with("rate", Value.of(0.05));
        Execution execution = ToyLog.execution(0);
        CheckpointId weights = new CheckpointId("0123456789abcdef");
        CheckpointId others = new CheckpointId("fedcba9876543210");
        Attempt elsewhere = new Attempt(
                attempt.member(), 0, 0, 0, attempt.steps() + 1, attempt.hyperparameters(), Optional.empty(), 0);
        Attempt tuned = new Attempt(attempt.member(), 0, 0, 0, attempt.steps(), changed, Optional.empty(), 0);
        Attempt someoneElse = log.attempt(1);
        List<Event> different = new ArrayList<>();
        different.add(finished(attempt, new Score.Valid(1), weights, execution));
        different.add(finished(attempt, new Score.Valid(Math.nextUp(1.0)), weights, execution));
        different.add(finished(attempt, new Score.Invalid("NaN"), weights, execution));
        different.add(finished(attempt, new Score.Valid(1), others, execution));
        different.add(finished(elsewhere, new Score.Valid(1), weights, execution));
        different.add(finished(tuned, new Score.Valid(1), weights, execution));
        different.add(finished(someoneElse, new Score.Valid(1), weights, execution));
        Hyperparameters own = attempt.hyperparameters();
        for (Decision decision : List.of(
                new Decision.Continue("", Evidence.NONE),
                new Decision.Stop("", Evidence.NONE),
                new Decision.Explore(own, changed, "", Evidence.NONE),
                new Decision.Explore(changed, own, "", Evidence.NONE),
                new Decision.Exploit(new MemberId(1), 0, Optional.empty(), own, own, "", Evidence.NONE),
                new Decision.Exploit(new MemberId(2), 0, Optional.empty(), own, own, "", Evidence.NONE),
                new Decision.Exploit(new MemberId(1), 1, Optional.empty(), own, own, "", Evidence.NONE),
                new Decision.Exploit(new MemberId(1), 0, Optional.empty(), own, changed, "", Evidence.NONE))) {
            different.add(new Event.Decided(attempt.member(), 0, decision));
        }
        different.add(new Event.Decided(attempt.member(), 1, new Decision.Continue("", Evidence.NONE)));
        assertThat(different.stream().map(event -> digestAfter(log, event)).distinct())
                .hasSameSizeAs(different)
                .doesNotContain(StateDigest.of(log.events));
        assertThat(digestAfter(log, finished(attempt, new Score.Invalid("infinite"), weights, execution)))
                .as("the words of an invalid score are for people")
                .isEqualTo(digestAfter(log, different.get(2)));
        assertThat(digestAfter(log, finished(attempt, new Score.Valid(-0.0), weights, execution)))
                .isEqualTo(digestAfter(log, finished(attempt, new Score.Valid(0.0), weights, execution)));
    }

    @Test
    void aTextCannotPassForAnotherParameter() {
        Hyperparameters one = Hyperparameters.of(texts("1;b=T2", "3"));
        Hyperparameters two = Hyperparameters.of(texts("1", "2;b=T3"));
        assertThat(StateDigest.of(List.of(new Event.PopulationCreated(List.of(one)))))
                .isNotEqualTo(StateDigest.of(List.of(new Event.PopulationCreated(List.of(two)))));
    }

    private static Map<String, Value> texts(String a, String b) {
        Map<String, Value> texts = new LinkedHashMap<>();
        texts.put("a", Value.of(a));
        texts.put("b", Value.of(b));
        return texts;
    }

    private static String digestAfter(ToyLog log, Event event) {
        List<Event> events = new ArrayList<>(log.events);
        events.add(event);
        return StateDigest.of(events);
    }

    private static Event finished(Attempt attempt, Score score, CheckpointId checkpoint, Execution execution) {
        return new Event.IntervalFinished(attempt, score, Map.of(), List.of(), checkpoint, 1, execution);
    }

    @Test
    void goesOnFromItsChains() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        log.trainToTheEnd();
        StateDigest digest = StateDigest.NONE;
        for (Event event : log.events) {
            digest = StateDigest.ofChains(digest.chains()).after(event);
        }
        assertThat(digest.value()).isEqualTo(StateDigest.of(log.events));
    }
}
