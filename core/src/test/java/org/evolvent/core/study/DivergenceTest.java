package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** All members diverge in one interval, and stay so as long as they train from what diverged. */
class DivergenceTest {
    private static final int MEMBERS = 6;
    private static final int FATAL = 3;

    @Tag("slow")
    @Test
    void atMostOneMoreIntervalIsLost() {
        for (Map<String, ?> options : List.<Map<String, ?>>of(
                Map.of(),
                Map.of("compare", "latest"),
                Map.of("compare", "equal_progress"),
                Map.of("exploit", "tournament"),
                Map.of("exploit", "welch"),
                Map.of("exploit", Map.of("truncation", Map.of(), "backtrack", true)),
                Map.of("exploit", Map.of("truncation", Map.of(), "gap", Map.of("absolute", 1))),
                Map.of("explore", "pb2"),
                Map.of("explore", "trust_region"),
                Map.of("copy", "hyperparameters"),
                Map.of("mf_pbt", Map.of("periods", List.of(1, 3))),
                Map.of("fire", Map.of("period", 3)),
                Map.of("ipbt", Map.of()))) {
            Property.holds("divergence " + options, 2, random -> {
                for (Mode mode : Mode.values()) {
                    Study study = ToyLog.study()
                            .population(MEMBERS)
                            .mode(mode)
                            .strategy(Catalogue.builtIn().strategy(options))
                            .seed(random.nextLong())
                            .build();
                    ToyLog log = new ToyLog(study);
                    int lost = train(log);
                    assertThat(lost).as("%s %s", options, mode).isBetween(1, 2 * MEMBERS);
                    assertThat(log.state.end()).contains(Event.End.BUDGET);
                    for (ReadyPoint point : log.state.population().ranking()) {
                        assertThat(point.score().isValid()).isTrue();
                    }
                }
            });
        }
    }

    /** Returns how many intervals ended without a score. */
    private static int train(ToyLog log) {
        Set<CheckpointId> diverged = new HashSet<>();
        int lost = 0;
        while (log.state.end().isEmpty()) {
            for (int member = 0; member < MEMBERS; member++) {
                Member now = log.member(member);
                if (log.state.end().isPresent() || now.status() != Status.TRAINING) {
                    continue;
                }
                boolean isLost = now.interval() == FATAL
                        || now.parent()
                                .map(CheckpointRef::id)
                                .filter(diverged::contains)
                                .isPresent();
                double score = log.attempt(member).stepTo() + member;
                lost += isLost ? 1 : 0;
                int before = log.events.size();
                log.finish(member, isLost ? Double.NaN : score);
                if (isLost) {
                    diverged.add(((Event.IntervalFinished) log.events.get(before)).checkpoint());
                }
            }
        }
        return lost;
    }
}
