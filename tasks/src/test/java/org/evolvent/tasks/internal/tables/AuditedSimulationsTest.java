package org.evolvent.tasks.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.audit.Auditor;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.runtime.internal.simulated.SimulatedCosts;
import org.evolvent.tasks.internal.SyntheticTask;
import org.evolvent.tasks.internal.simulation.Simulation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the driver logs is what the auditor derives, under every strategy of the tables, with fewer slots than members and failures. */
class AuditedSimulationsTest {
    /** Keeps the log that the driver commits. */
    private static final class Log implements StudyListener {
        private final List<Event> events = new ArrayList<>();
        private Study study;

        @Override
        public void committed(Supplier<StudyState> state, List<? extends Event> more) {
            events.addAll(more);
            if (study == null) {
                study = state.get().study();
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void everyStrategyIsDerivedAgain(Mode mode) {
        Set<Object> audited = new HashSet<>();
        // Once each, on the last of its tasks: these have several kinds of hyperparameters, the first have one.
        List<String> tables = new ArrayList<>(TaskStrategies.all().keySet());
        Collections.reverse(tables);
        for (String table : tables) {
            TaskStrategies.Protocol protocol = TaskStrategies.all().get(table);
            protocol.strategies().forEach((name, options) -> {
                SyntheticTask task = protocol.task();
                if (!audited.add(options)) {
                    return;
                }
                SimulatedCosts costs = new SimulatedCosts(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Collections.nCopies(StrictMath.max(1, task.population() / 2), 1.0),
                        List.of(1.0, 1.5),
                        0.03,
                        0);
                Log log = new Log();
                new Simulation(task, Catalogue.builtIn().strategy(options), mode, costs).run(3, log);
                for (Auditor auditor : List.of(
                        Auditor.deriving(log.study, log.study.name()), Auditor.trusting(log.study, log.study.name()))) {
                    log.events.forEach(auditor);
                    auditor.end();
                    assertThat(auditor.finding()).as("%s, %s", table, name).isEmpty();
                    assertThat(auditor.checked().events()).isEqualTo(log.events.size());
                }
            });
        }
    }
}
