package org.evolvent.views.internal.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;

/**
 * What happened in a study, as far as its log goes: the engine's own fold, and beside it every interval, every turn and every failure.
 * Grows by events. Not thread-safe.
 */
public final class History {
    private final Study study;
    private final StudyFold fold;
    private final Clock clock = new Clock();
    private final List<Interval> intervals = new ArrayList<>();
    private final List<Turn> turns = new ArrayList<>();
    private final Texts texts = new Texts();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, String> places = new HashMap<>();
    private final List<Double> sessions = new ArrayList<>();
    private final Indices indices = new Indices();
    private final Map<Integer, Turn> latestTurns = new HashMap<>();
    private final Map<Integer, Event.Founder> founders = new HashMap<>();
    private List<String> names = List.of();
    private long events;
    private double trained;
    private int slots;

    /**
     * Creates the history of an empty log.
     *
     * @param begun the study as it began
     * @param inForce the study as it is by now
     */
    public History(Study begun, Study inForce) {
        this.study = inForce;
        this.fold = new StudyFold(StudyState.initial(begun));
    }

    /** Returns whether an amendment is the next of those that the study was begun with. */
    boolean expects(Event.StudyAmended amended) {
        return fold.now()
                .study()
                .next()
                .filter(next -> next.definition().equals(amended.definition()))
                .isPresent();
    }

    /** Takes in the next event of the log. */
    public void add(Event event) {
        events++;
        fold.add(event);
        if (event instanceof Event.StudyCreated created) {
            begins(created.at());
        } else if (event instanceof Event.PopulationCreated population) {
            population
                    .founders()
                    .forEach(founder -> founders.put(founder.member().index(), founder));
        } else if (event instanceof Event.StudyResumed resumed) {
            begins(resumed.at());
        } else if (event instanceof Event.IntervalFinished finished) {
            finished(finished);
        } else if (event instanceof Event.IntervalSuspended suspended) {
            suspended(suspended.attempt(), suspended.execution());
        } else if (event instanceof Event.AttemptFailed failed) {
            failed(failed);
        } else if (event instanceof Event.Decided decided) {
            decided(decided);
        } else if (event instanceof Event.StudyEnded ended) {
            double unused = clock.ended(ended.at());
        }
    }

    private void begins(Instant at) {
        clock.begins(at);
        sessions.add(clock.latest());
    }

    private void finished(Event.IntervalFinished finished) {
        Attempt attempt = finished.attempt();
        int member = attempt.member().index();
        int parent = indexOf(attempt.parent());
        double training = finished.execution().training().toNanos() / 1e9;
        trained += training;
        slots = Math.max(slots, finished.execution().slot() + 1);
        Interval added = new Interval(
                intervals.size(),
                events,
                member,
                attempt.interval(),
                attempt.stepFrom(),
                attempt.stepTo(),
                parent,
                finished.score() instanceof Score.Valid valid ? valid.value() : Double.NaN,
                absence(finished.score()),
                Metrics.of(finished.metrics(), names),
                shared(attempt.hyperparameters(), parent, member),
                finished.execution().slot(),
                clock.at(finished.execution().startedAt()),
                clock.ended(finished.execution().finishedAt()),
                training,
                place(finished.execution()));
        intervals.add(added);
        names = added.reported().names();
        indices.add(member, attempt.interval(), added.index());
    }

    private void suspended(Attempt attempt, Execution execution) {
        double training = execution.training().toNanos() / 1e9;
        trained += training;
        parts.add(new Part(
                attempt.member().index(),
                attempt.interval(),
                execution.slot(),
                clock.at(execution.startedAt()),
                clock.ended(execution.finishedAt()),
                training,
                place(execution)));
    }

    /** Many attempts run in one place, and the log names it each time. */
    private String place(Execution execution) {
        return execution
                .place()
                .map(place -> places.computeIfAbsent(place, same -> same))
                .orElse("");
    }

    private static String absence(Score score) {
        if (score instanceof Score.Valid) {
            return "";
        }
        return score instanceof Score.Invalid invalid ? invalid.reason() : ((Score.Absent) score).reason();
    }

    /** Most intervals train with what the one before them had, and the log writes it each time. */
    private Hyperparameters shared(Hyperparameters hyperparameters, int parent, int member) {
        if (parent >= 0 && intervals.get(parent).hyperparameters().equals(hyperparameters)) {
            return intervals.get(parent).hyperparameters();
        }
        Turn latest = latestTurns.get(member);
        if (latest != null && latest.after().equals(hyperparameters)) {
            return latest.after();
        }
        return hyperparameters;
    }

    private void failed(Event.AttemptFailed failed) {
        Attempt attempt = failed.attempt();
        trained += failed.execution().training().toNanos() / 1e9;
        failures.add(new Failure(
                attempt.member().index(),
                attempt.interval(),
                attempt.number(),
                attempt.stepFrom(),
                indexOf(attempt.parent()),
                failed.fault().isTrainers(),
                failed.message(),
                failed.execution().slot(),
                clock.at(failed.execution().startedAt()),
                clock.ended(failed.execution().finishedAt()),
                place(failed.execution())));
    }

    private void decided(Event.Decided decided) {
        int member = decided.member().index();
        Decision decision = decided.decision();
        if (decision instanceof Decision.Exploit exploit) {
            add(turn(
                    decided,
                    exploit.donor().index(),
                    exploit.donorInterval(),
                    indexOf(exploit.weights()),
                    exploit.before(),
                    exploit.after(),
                    texts.add(exploit.reason()),
                    -1,
                    false));
        } else if (decision instanceof Decision.Explore explore) {
            int last = turns.size() - 1;
            if (last >= 0
                    && turns.get(last).member() == member
                    && turns.get(last).interval() == decided.interval()) {
                Turn both = turns.get(last).exploring(explore.after(), texts.add(explore.reason()));
                turns.set(last, both);
                latestTurns.put(member, both);
            } else {
                add(turn(
                        decided,
                        -1,
                        -1,
                        -1,
                        explore.before(),
                        explore.after(),
                        -1,
                        texts.add(explore.reason()),
                        false));
            }
        } else if (decision instanceof Decision.Stop stop) {
            Hyperparameters own = fold.now().population().get(decided.member()).hyperparameters();
            add(turn(decided, -1, -1, -1, own, own, -1, texts.add(stop.reason()), true));
        }
    }

    /** Returns the steps behind a member's weights before an interval all of whose attempts failed. */
    private long begun(int member, int interval) {
        for (int i = failures.size() - 1; i >= 0; i--) {
            Failure failure = failures.get(i);
            if (failure.member() == member && failure.interval() == interval) {
                return failure.step();
            }
        }
        return 0;
    }

    private void add(Turn turn) {
        turns.add(turn);
        latestTurns.put(turn.member(), turn);
    }

    private Turn turn(
            Event.Decided decided,
            int donor,
            int donorInterval,
            int source,
            Hyperparameters before,
            Hyperparameters after,
            int copyText,
            int text,
            boolean isStop) {
        int member = decided.member().index();
        int own = indexOf(member, decided.interval()).orElse(-1);
        return new Turn(
                events,
                member,
                decided.interval(),
                own < 0 ? begun(member, decided.interval()) : intervals.get(own).to(),
                clock.latest(),
                donor,
                donorInterval,
                source,
                own,
                own >= 0 && intervals.get(own).hyperparameters().equals(before)
                        ? intervals.get(own).hyperparameters()
                        : before,
                after,
                texts,
                copyText,
                text,
                isStop);
    }

    private int indexOf(Optional<CheckpointRef> weights) {
        return weights.map(ref -> indexOf(ref.member().index(), ref.interval()).orElse(-1))
                .orElse(-1);
    }

    /** Returns the index of a member's interval; empty when it did not end well, or not yet. */
    public OptionalInt indexOf(int member, int interval) {
        return indices.of(member, interval);
    }

    /** Returns the study as it is in force. */
    public Study study() {
        return study;
    }

    /** Returns the engine's state after the events so far, to be read until the next one. */
    public StudyState state() {
        return fold.now();
    }

    /** Returns the number of events so far. */
    public long events() {
        return events;
    }

    /** Returns the intervals that ended well, in the order of the log, to be read. */
    public List<Interval> intervals() {
        return Collections.unmodifiableList(intervals);
    }

    /** Returns what was decided other than to go on, in the order of the log, to be read. */
    public List<Turn> turns() {
        return Collections.unmodifiableList(turns);
    }

    /** Returns the attempts that failed, in the order of the log, to be read. */
    public List<Failure> failures() {
        return Collections.unmodifiableList(failures);
    }

    /** Returns the attempts that trained a part of an interval, in the order of the log, to be read. */
    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    /** Returns the seconds that the study has run, over all its sessions. */
    public double seconds() {
        return clock.latest();
    }

    /** Returns the seconds of the study before each of its sessions, to be read. */
    public List<Double> sessions() {
        return Collections.unmodifiableList(sessions);
    }

    /** Returns when so many seconds of the study were over. */
    public Instant moment(double seconds) {
        return clock.moment(seconds);
    }

    /** Returns the seconds that slots trained, all together, failed attempts included. */
    public double trained() {
        return trained;
    }

    /** Returns in how many slots something ended well. */
    public int slots() {
        return slots;
    }

    /** Returns the index of the interval whose weights a member holds now; -1 for none. */
    public int holds(Member member) {
        return indexOf(member.parent());
    }

    /** Returns the model from elsewhere with which a member began; empty when it began with fresh weights, or as a copy. */
    public Optional<Event.Founder> founder(int member) {
        return Optional.ofNullable(founders.get(member));
    }

    /** Returns the interval that made the best model; empty while there is none. */
    public Optional<Interval> best() {
        int index = indexOf(fold.now().population().best().flatMap(ReadyPoint::checkpoint));
        return index < 0 ? Optional.empty() : Optional.of(intervals.get(index));
    }

    /** Returns the intervals that made some weights, from the first to the last. */
    public List<Interval> ancestry(int index) {
        List<Interval> ancestry = new ArrayList<>();
        for (int at = index; at >= 0; at = intervals.get(at).parent()) {
            ancestry.add(intervals.get(at));
        }
        Collections.reverse(ancestry);
        return ancestry;
    }

    /** Returns the intervals of a member, from the first to the last. */
    public List<Interval> of(int member) {
        return indices.of(member).mapToObj(intervals::get).toList();
    }

    /** Returns a score as a number of which more is better. */
    public double fitness(Interval interval) {
        return study.objective().fitness(interval.score());
    }

    /** Returns a member of the population as it stands. */
    public Member member(int index) {
        return fold.now().population().get(new MemberId(index));
    }

    /** Returns the metrics that the trainer reported with the best model. */
    public Map<String, Double> bestMetrics() {
        return best().map(Interval::metrics).orElse(Map.of());
    }
}
