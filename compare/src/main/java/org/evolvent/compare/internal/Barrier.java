package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;

/**
 * Asks a strategy what it would do at a barrier with the results of a log: of every round, when all of its results are there. What everybody
 * goes on with is what the log says. Not thread-safe.
 */
final class Barrier {
    /** The results of a round, and what was decided after it. */
    private record Round(List<Event> results, List<Event.Decided> decided) {
        private Round() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    private final Study study;
    private final Map<Integer, Round> rounds = new TreeMap<>();
    private Optional<Event.PopulationCreated> first = Optional.empty();
    private boolean comparable = true;

    /**
     * Creates one.
     *
     * @param study what the log is of
     */
    Barrier(Study study) {
        this.study = new Study(
                study.name(),
                study.space(),
                study.objective(),
                study.population(),
                study.budget(),
                study.intervalSteps(),
                study.burnInSteps(),
                whoExploits(study.strategy()),
                Mode.SYNCHRONOUS,
                study.rules(),
                study.attempts(),
                study.absences(),
                study.ancestors(),
                study.initial(),
                study.seed(),
                study.intervalTime());
    }

    /** Models of the rewards cost much, and who copies whom does not depend on them. */
    private static Strategy whoExploits(Strategy strategy) {
        return strategy instanceof Pbt pbt ? new Pbt(pbt.exploit(), new NoExplore(), pbt.copied()) : strategy;
    }

    /** Takes in the next event of the log. */
    void accept(Event event) {
        if (event instanceof Event.PopulationCreated created) {
            first = Optional.of(created);
        } else if (event instanceof Event.IntervalFinished finished) {
            round(finished.attempt().interval()).results().add(event);
        } else if (event instanceof Event.AttemptFailed failed) {
            round(failed.attempt().interval()).results().add(event);
        } else if (event instanceof Event.Decided decided) {
            round(decided.interval()).decided().add(decided);
        } else if (event instanceof Event.CheckpointsLost || event instanceof Event.StudyAmended) {
            // Who goes on from where is not that of any round, and rounds of two studies are not those of one.
            comparable = false;
        }
    }

    private Round round(int interval) {
        return rounds.computeIfAbsent(interval, any -> new Round());
    }

    /** Returns the exploits per interval at a barrier; empty when there was no whole round, checkpoints were lost, or the study was amended. */
    Optional<Double> exploitsPerInterval() {
        if (first.isEmpty() || !comparable) {
            return Optional.empty();
        }
        StudyFold fold = new StudyFold(StudyState.initial(study));
        fold.add(first.get());
        long intervals = 0;
        long exploits = 0;
        for (Round round : rounds.values()) {
            round.results().forEach(result -> fold.add(current(result, fold.now())));
            Optional<MemberId> ready = ready(fold.now());
            if (fold.now().training() > 0 || ready.isEmpty()) {
                break;
            }
            intervals += fold.now().ready();
            exploits += Decisions.decide(fold.now(), ready.get()).stream()
                    .filter(decided -> decided.decision() instanceof Decision.Exploit)
                    .count();
            round.decided().forEach(fold::add);
            if (fold.now().ready() > 0) {
                break;
            }
        }
        return intervals == 0 ? Optional.empty() : Optional.of((double) exploits / intervals);
    }

    private static Optional<MemberId> ready(StudyState state) {
        for (Member member : state.population()) {
            if (member.status() == Status.READY) {
                return Optional.of(member.id());
            }
        }
        return Optional.empty();
    }

    /** Returns a result of the attempt that is open here: where nobody resumed, it has another number. */
    private static Event current(Event result, StudyState state) {
        if (result instanceof Event.IntervalFinished finished) {
            return new Event.IntervalFinished(
                    numbered(finished.attempt(), state),
                    finished.score(),
                    finished.metrics(),
                    finished.samples(),
                    finished.checkpoint(),
                    finished.checkpointBytes(),
                    finished.execution());
        }
        Event.AttemptFailed failed = (Event.AttemptFailed) result;
        return new Event.AttemptFailed(
                numbered(failed.attempt(), state), failed.fault(), failed.message(), failed.execution());
    }

    private static Attempt numbered(Attempt logged, StudyState state) {
        return new Attempt(
                logged.member(),
                logged.interval(),
                state.population().get(logged.member()).attempt(),
                logged.stepFrom(),
                logged.steps(),
                logged.hyperparameters(),
                logged.parent(),
                logged.seed(),
                logged.reseed(),
                logged.time());
    }
}
