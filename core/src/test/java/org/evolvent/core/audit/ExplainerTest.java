package org.evolvent.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.audit.Explanation.Change;
import org.evolvent.core.audit.Explanation.How;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplainerTest {
    private static Explanation explained(Study study, List<Event> log, MemberId member, int interval) {
        Explainer explainer = new Explainer(study, member, interval, true);
        log.forEach(explainer);
        return explainer.explanation().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void everyDecisionIsExplained(Mode mode) {
        Study study = Logs.study(mode, 3);
        List<Event> log = Logs.eventful(study);
        int copies = 0;
        int factors = 0;
        for (int i = 0; i < log.size(); i++) {
            if (!(log.get(i) instanceof Event.Decided decided)
                    || (log.get(i - 1) instanceof Event.Decided before
                            && before.member().equals(decided.member()))) {
                continue;
            }
            Explanation explanation = explained(study, log, decided.member(), decided.interval());
            assertThat(explanation.event()).isEqualTo(i + 1L);
            assertThat(explanation.agrees()).isTrue();
            assertThat(explanation.derived()).isPresent();
            assertThat(explanation.logged().get(0)).isEqualTo(decided.decision());
            assertThat(explanation.key())
                    .isEqualTo(new Randomness(study.seed())
                            .key(Purpose.DECISION, decided.member().index(), decided.interval()));
            assertThat(explanation.point().member()).isEqualTo(decided.member());
            assertThat(explanation.point().interval()).isEqualTo(decided.interval());
            explanation.fact("rank").ifPresent(rank -> assertThat(rank).isEqualTo((long) explanation.rank()));
            Optional<Decision.Exploit> copy = explanation.copy();
            if (copy.isPresent()) {
                copies++;
                assertThat(explanation.ranking().subList(0, explanation.top()))
                        .extracting(ReadyPoint::member)
                        .contains(copy.get().donor());
                if (explanation.point().score().isValid()) {
                    assertThat(explanation.rank()).isGreaterThanOrEqualTo(explanation.bottom());
                }
            }
            for (Change change : explanation.changes()) {
                if (change.factor().isPresent()) {
                    factors++;
                }
                if (change.how() == How.KEPT) {
                    assertThat(change.next()).isEqualTo(change.own());
                } else {
                    assertThat(copy).isPresent();
                }
                if (change.name().equals("rate") && change.factor().isPresent()) {
                    double factor = change.factor().get();
                    assertThat(Math.abs(StrictMath.log(factor))).isCloseTo(StrictMath.log(1.25), within(1e-9));
                }
            }
        }
        assertThat(copies).isGreaterThan(5);
        assertThat(factors).isGreaterThan(5);
    }

    @Test
    void aLieIsNotExplainedAway() {
        Study study = Logs.study(Mode.SYNCHRONOUS, 3);
        List<Event> log = new ArrayList<>(Logs.eventful(study));
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i) instanceof Event.Decided decided && decided.decision() instanceof Decision.Exploit exploit) {
                log.set(
                        i,
                        new Event.Decided(
                                decided.member(),
                                decided.interval(),
                                new Decision.Continue(exploit.reason(), exploit.evidence())));
                log.subList(i + 1, log.size()).clear();
                assertThat(explained(study, log, decided.member(), decided.interval())
                                .agrees())
                        .isFalse();
                return;
            }
        }
        throw new AssertionError("Nobody copies in this log");
    }

    @Test
    void whatIsNotThereIsNotExplained() {
        Study study = Logs.study(Mode.ASYNCHRONOUS, 3);
        Explainer explainer = new Explainer(study, new MemberId(2), 99, true);
        List<Event> log = Logs.eventful(study);
        log.forEach(explainer);
        assertThat(explainer.explanation()).isEmpty();
        assertThat(explained(study, log, new MemberId(2), explainer.latest().orElseThrow())
                        .logged())
                .singleElement()
                .isInstanceOf(Decision.Stop.class);
    }
}
