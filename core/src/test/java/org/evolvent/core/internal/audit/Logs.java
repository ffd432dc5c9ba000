package org.evolvent.core.internal.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.ToyLog;
import org.evolvent.testkit.operator.Populations;

/** Logs of small studies with everything that happens: failures of both kinds, invalid scores, resumptions, and an end. */
final class Logs {
    static final String DEFINITION = "toy";

    private Logs() {}

    static Study study(Mode mode, long seed) {
        return ToyLog.study()
                .population(7)
                .mode(mode)
                .attempts(2)
                .burnInSteps(10)
                .ancestors((int) (seed % 3))
                .seed(seed)
                .build();
    }

    /** Returns a study of few events, for tests that try everything with each. */
    static Study small(Mode mode) {
        return ToyLog.study()
                .population(5)
                .mode(mode)
                .attempts(2)
                .burnInSteps(10)
                .initial(List.of(Populations.SPACE.sample(new RandomStream(1))))
                .seed(4)
                .build();
    }

    /** Returns a study with a limit of time. */
    static Study limited(Study study, Duration limit) {
        return Study.named(
                        study.name(),
                        study.space(),
                        study.objective(),
                        new Budget(study.budget().steps(), Optional.of(limit), Optional.empty()),
                        study.intervalSteps())
                .population(study.population())
                .burnInSteps(study.burnInSteps())
                .mode(study.mode())
                .attempts(study.attempts())
                .seed(study.seed())
                .build();
    }

    static List<Event> eventful(Study study) {
        return eventful(study, 0);
    }

    /** Returns a log; the trainer's luck depends on a seed of its own. */
    static List<Event> eventful(Study study, long luck) {
        ToyLog log = new ToyLog(study);
        RandomStream random = new RandomStream(luck);
        while (log.state.end().isEmpty()) {
            for (Member member : log.state.population()) {
                int index = member.id().index();
                boolean passed = false;
                int interval = log.member(index).interval();
                while (!passed
                        && log.state.end().isEmpty()
                        && log.member(index).status() == Status.TRAINING
                        && log.member(index).interval() == interval) {
                    double weather = random.uniform();
                    if (weather < 0.1) {
                        log.fail(index, Event.Fault.TRAINER);
                    } else if (weather < 0.15) {
                        log.fail(index, Event.Fault.PLACE);
                    } else if (weather < 0.18) {
                        log.append(new Event.StudyResumed(Instant.EPOCH));
                    } else if (weather < 0.21 && log.member(index).parent().isPresent()) {
                        lose(log, log.member(index).parent().get().id());
                    } else {
                        log.finish(index, ToyLog.formula(log.attempt(index)));
                        // In asynchronous mode it trains on; it is the next one's turn.
                        passed = true;
                    }
                    passed |= study.mode() == Mode.ASYNCHRONOUS;
                }
            }
        }
        return List.copyOf(log.events);
    }

    /** Loses a checkpoint that everybody finds out about at once. */
    private static void lose(ToyLog log, CheckpointId id) {
        List<MemberId> stranded = new ArrayList<>();
        for (Member member : log.state.population()) {
            if (member.status() != Status.STOPPED
                    && member.parent().filter(ref -> ref.id().equals(id)).isPresent()) {
                stranded.add(member.id());
            }
        }
        log.lose(new Event.CheckpointsLost(List.of(id), stranded, "it rotted", Instant.EPOCH));
    }

    static Auditor audited(Study study, List<Event> log) {
        return ended(Auditor.deriving(study, DEFINITION), log);
    }

    static Auditor trusted(Study study, List<Event> log) {
        return ended(Auditor.trusting(study, DEFINITION), log);
    }

    private static Auditor ended(Auditor auditor, List<Event> log) {
        log.forEach(auditor);
        auditor.end();
        return auditor;
    }
}
