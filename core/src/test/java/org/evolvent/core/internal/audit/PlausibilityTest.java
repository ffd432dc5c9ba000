package org.evolvent.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.ToyLog;
import org.junit.jupiter.api.Test;

/** What is found without asking the strategy. */
class PlausibilityTest {
    private static final CheckpointId UNKNOWN = new CheckpointId("0123456789abcdef");

    private final Study study = Logs.study(Mode.SYNCHRONOUS, 3);

    /** A round that is over for everybody but the last member. */
    private ToyLog amidARound() {
        ToyLog log = new ToyLog(ToyLog.study().mode(Mode.SYNCHRONOUS).build());
        for (int i = 0; i < 4; i++) {
            log.finish(i, 0.1 * i);
        }
        for (int i = 0; i < 3; i++) {
            log.finish(i, 0.1 * i);
        }
        return log;
    }

    private static CheckpointId weights(ToyLog log, int member) {
        return log.member(member).parent().map(CheckpointRef::id).orElseThrow();
    }

    private static Optional<Finding> found(ToyLog log, List<CheckpointId> lost, Integer... stranded) {
        List<Event> events = new ArrayList<>(log.events);
        List<MemberId> members = new ArrayList<>();
        for (int member : stranded) {
            members.add(new MemberId(member));
        }
        events.add(new Event.CheckpointsLost(lost, members, "it rotted", Instant.EPOCH));
        Auditor auditor = Auditor.trusting(log.state.study(), Logs.DEFINITION);
        events.forEach(auditor);
        return auditor.finding();
    }

    @Test
    void onlyWhatSomebodyNeedsCanBeLost() {
        ToyLog log = amidARound();
        assertThat(found(log, List.of(weights(log, 0)), 0)).isEmpty();
        for (List<CheckpointId> lost :
                List.of(List.<CheckpointId>of(), List.of(UNKNOWN), List.of(weights(log, 0), UNKNOWN))) {
            Finding finding = found(log, lost, 0).orElseThrow();
            assertThat(finding.event()).isEqualTo(log.events.size() + 1L);
            assertThat(finding.what()).isEqualTo("the lost checkpoints");
            assertThat(finding.logged()).isEqualTo(lost.toString());
            assertThat(finding.derived()).contains("a member holds");
            assertThat(finding.wordsOnly()).isFalse();
        }
    }

    @Test
    void whoWaitsWithLostWeightsIsStrandedAndWhoTrainsMayBe() {
        ToyLog log = amidARound();
        List<CheckpointId> lost = List.of(weights(log, 1), weights(log, 3));
        assertThat(found(log, lost, 1)).isEmpty();
        assertThat(found(log, lost, 1, 3)).isEmpty();
        Integer[][] wrong = {{}, {3}, {3, 1}, {1, 1}, {1, 2}, {0, 1}};
        for (Integer[] stranded : wrong) {
            Finding finding = found(log, lost, stranded).orElseThrow();
            assertThat(finding.what()).isEqualTo("the stranded members");
            assertThat(finding.derived()).isEqualTo("[1], and maybe others of [1, 3]");
        }
    }

    @Test
    void whoIsAtRestIsNotStranded() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        while (log.member(0).status() == Member.Status.TRAINING) {
            log.finish(0, 0.5);
        }
        assertThat(found(log, List.of(weights(log, 0)))).isEmpty();
        assertThat(found(log, List.of(weights(log, 0)), 0).orElseThrow().derived())
                .isEqualTo("[], and maybe others of []");
    }

    @Test
    void theBestCanBeLostWhenNobodyHoldsItAnyMore() {
        ToyLog log = new ToyLog(ToyLog.study().build());
        log.finish(0, 0.9);
        CheckpointId best = weights(log, 0);
        log.finish(0, 0.1);
        assertThat(weights(log, 0)).isNotEqualTo(best);
        assertThat(found(log, List.of(best))).isEmpty();
    }

    private interface Lie {
        Decision about(Decision.Exploit exploit);
    }

    /** Tells a lie about the first copy. */
    private Finding told(Lie lie) {
        List<Event> log = new ArrayList<>(Logs.eventful(study));
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit exploit) {
                log.set(i, new Event.Decided(decided.member(), decided.interval(), lie.about(exploit)));
                Finding finding = Logs.trusted(study, log).finding().orElseThrow();
                assertThat(finding.event()).isEqualTo(i + 1L);
                assertThat(finding.wordsOnly()).isFalse();
                assertThat(finding.what())
                        .endsWith("of member %s after interval %s".formatted(decided.member(), decided.interval()));
                return finding;
            }
        }
        throw new AssertionError("Nobody copies in this log");
    }

    private static Decision exploit(
            Decision.Exploit e, MemberId donor, Optional<CheckpointRef> weights, Hyperparameters after) {
        return new Decision.Exploit(donor, e.donorInterval(), weights, e.before(), after, e.reason(), e.evidence());
    }

    @Test
    void aDonorIsAMember() {
        Finding finding = told(e -> exploit(e, new MemberId(7), e.weights(), e.after()));
        assertThat(finding.what()).startsWith("the donor of");
        assertThat(finding.logged()).isEqualTo("7");
        assertThat(finding.derived()).isEqualTo("one of the members 0 to 6");
    }

    @Test
    void copiedWeightsAreHeldBySomebody() {
        CheckpointRef nobodys = new CheckpointRef(new MemberId(1), 2, 30, UNKNOWN);
        Finding finding = told(e -> exploit(e, e.donor(), Optional.of(nobodys), e.after()));
        assertThat(finding.what()).startsWith("the copied weights of");
        assertThat(finding.logged()).isEqualTo("those of member 1, interval 2, step 30 (%s)".formatted(UNKNOWN));
        assertThat(finding.derived()).isEqualTo("weights that a member holds, or the best");
    }

    @Test
    void whoCopiesHadWhatItTrainedWith() {
        Finding finding = told(e -> new Decision.Exploit(
                e.donor(), e.donorInterval(), e.weights(), e.after(), e.after(), e.reason(), e.evidence()));
        assertThat(finding.what()).startsWith("the hyperparameters of");
    }

    @Test
    void hyperparametersAreThoseOfTheSpace() {
        Finding missing = told(e -> exploit(e, e.donor(), e.weights(), without(e.after(), "units")));
        assertThat(missing.what()).startsWith("units of member");
        assertThat(missing.logged()).isEqualTo("nothing");
        Finding more = told(e -> exploit(e, e.donor(), e.weights(), with(e.after(), "zeal", Value.of(1))));
        assertThat(more.what()).startsWith("the hyperparameters of member");
        assertThat(more.logged()).contains("zeal");
        assertThat(more.derived()).contains("units").doesNotContain("zeal");
        Finding type = told(e -> exploit(e, e.donor(), e.weights(), with(e.after(), "units", Value.of("many"))));
        assertThat(type.logged()).isEqualTo("many (Text)");
    }

    private static Hyperparameters without(Hyperparameters from, String name) {
        Map<String, Value> values = new LinkedHashMap<>(from.values());
        values.remove(name);
        return Hyperparameters.of(values);
    }

    private static Hyperparameters with(Hyperparameters from, String name, Value value) {
        Map<String, Value> values = new LinkedHashMap<>(from.values());
        values.put(name, value);
        return Hyperparameters.of(values);
    }
}
