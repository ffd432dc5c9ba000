package org.evolvent.core.internal.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyFold;
import org.evolvent.core.study.StudyState;
import org.jspecify.annotations.Nullable;

/**
 * Asks what another study would have decided on the recorded results of one.
 *
 * <p>The other study begins with the recorded population and trains beside the recorded one, each attempt taking as long as it took. A
 * result of the log is also a result of the other study as long as the member that reports it has had the same weights and
 * hyperparameters in both. The first result of a member that has not is the <em>horizon</em>: what it would have been nobody knows, and
 * from then on every decision may rest on it. Up to the horizon decisions are compared exactly, and may differ as often as they will; a
 * member that the other study has stopped reports nothing there, and so is no horizon.
 *
 * <p>Beside that, every decision is asked anew <em>in its place</em>: what would the other strategy have decided in exactly the situation
 * that the log holds? That has an answer for all of them, but they do not add up to a study. After an amendment nothing is asked. Not thread-safe.
 */
public final class WhatIf implements Consumer<Event> {
    /**
     * A decision that would have been another.
     *
     * @param event the number of the recorded one in the log, from 1
     * @param member who decided
     * @param interval after which interval
     * @param recorded what the log says
     * @param other what the other study would have decided
     */
    public record Otherwise(long event, MemberId member, int interval, List<Decision> recorded, List<Decision> other) {}

    /** Why nothing beyond the horizon can be compared. */
    public enum Because {
        /** A member reports what it reached with other weights or hyperparameters than it would have had. */
        ANOTHER_RESULT,
        /** A member that the log stopped would have gone on. */
        GOES_ON,
        /** The other study would have been over. */
        OVER,
        /** Checkpoints were lost that other members might have held. */
        LOSS,
        /** The study was changed, and what is asked about is the study as it began. */
        AMENDED
    }

    /**
     * Where exact comparison ends.
     *
     * @param event the number of the first event that the other study knows nothing of
     * @param member whose event it is
     * @param because why
     */
    public record Horizon(long event, MemberId member, Because because) {}

    /**
     * What came out. Decisions are counted by ready points: an exploit and its explore are one.
     *
     * @param decisions the decisions in the log
     * @param equal those before the horizon that would have been the same
     * @param different those before the horizon that would have been others
     * @param notComparable those beyond the horizon, and of members that the other study has stopped
     * @param first the decisions before the horizon that differ, in the order of the log
     * @param horizon where exact comparison ends; empty when it reaches the end of the log
     * @param others the members that would have begun with other hyperparameters than recorded
     * @param equalInPlace of all decisions those that are the same when asked in the recorded situation
     * @param recordedKinds how many of all decisions went on, copied, explored and stopped, as the log says
     * @param otherKinds the same of the other strategy, asked in the recorded situations
     */
    public record Result(
            long decisions,
            long equal,
            long different,
            long notComparable,
            List<Otherwise> first,
            Optional<Horizon> horizon,
            Set<MemberId> others,
            long equalInPlace,
            Map<String, Long> recordedKinds,
            Map<String, Long> otherKinds) {}

    private record Point(MemberId member, int interval) {}

    /** What the log says at one ready point. */
    private record Recorded(long event, List<Decision> decisions) {}

    private final long recordedSeed;
    private final Study other;

    /** What the log says. */
    private final StudyFold recorded;

    /** What the other strategy sees of the recorded study. */
    private final StudyFold inPlace;

    /** The other study, up to the horizon. */
    private final StudyFold would;

    private final Map<Point, List<Decision>> askedInPlace = new HashMap<>();
    private final Map<Point, List<Decision>> wouldDecide = new HashMap<>();
    private final Map<Point, Recorded> batch = new LinkedHashMap<>();

    /** Who trains with other weights or hyperparameters than recorded. */
    private final Set<MemberId> diverged = new HashSet<>();

    private final Set<MemberId> others = new TreeSet<>();
    private final List<Otherwise> first = new ArrayList<>();
    private final Map<String, Long> recordedKinds = new TreeMap<>();
    private final Map<String, Long> otherKinds = new TreeMap<>();
    private @Nullable Horizon horizon;

    /** Why the next result is beyond the horizon, whoever reports it. */
    private @Nullable Because ends;

    private boolean amended;
    private long events;
    private long decisions;
    private long equal;
    private long equalInPlace;

    /**
     * Creates one.
     *
     * @param study what the log is of; its strategy is asked nothing
     * @param other the same study with another strategy, burn-in, objective or seed; the seed is that of decisions only
     */
    public WhatIf(Study study, Study other) {
        this.recordedSeed = study.seed();
        this.other = other;
        this.recorded = new StudyFold(StudyState.initial(study));
        this.inPlace = new StudyFold(StudyState.initial(other));
        this.would = new StudyFold(StudyState.initial(other));
    }

    /**
     * Takes in the next event of the log.
     *
     * @throws IllegalStateException when it cannot follow the others
     */
    @Override
    public void accept(Event event) {
        if (amended) {
            return;
        }
        events++;
        if (event instanceof Event.StudyAmended) {
            amend();
            return;
        }
        if (event instanceof Event.Decided decided) {
            decided(decided);
            return;
        }
        settle();
        recorded.add(event);
        if (event instanceof Event.PopulationCreated created) {
            begin(created);
        } else if (event instanceof Event.IntervalFinished finished) {
            report(finished.attempt(), attempt -> rescored(finished, attempt));
        } else if (event instanceof Event.AttemptFailed failed) {
            report(
                    failed.attempt(),
                    attempt -> new Event.AttemptFailed(attempt, failed.fault(), failed.message(), failed.execution()));
        } else if (event instanceof Event.CheckpointsLost lost) {
            lose(lost);
        } else if (event instanceof Event.StudyResumed || event instanceof Event.IntervalSuspended) {
            inPlace.add(event);
            if (would.now().end().isEmpty() && event.subject().isEmpty()) {
                would.add(event);
            }
        }
    }

    /** Returns what came out, when the whole log has been taken in. */
    public Result result() {
        settle();
        return new Result(
                decisions,
                equal,
                first.size(),
                decisions - equal - first.size(),
                List.copyOf(first),
                Optional.ofNullable(horizon),
                Collections.unmodifiableSet(others),
                equalInPlace,
                Collections.unmodifiableMap(recordedKinds),
                Collections.unmodifiableMap(otherKinds));
    }

    private void amend() {
        settle();
        amended = true;
        if (horizon == null) {
            horizon = new Horizon(events, new MemberId(0), Because.AMENDED);
        }
    }

    private void begin(Event.PopulationCreated created) {
        inPlace.add(created);
        boolean anew = created.founders().isEmpty();
        Event.PopulationCreated instead = anew ? StudyState.firstPopulation(other.withSeed(recordedSeed)) : created;
        would.add(instead);
        for (int i = 0; i < created.hyperparameters().size(); i++) {
            Hyperparameters begins = instead.hyperparameters().get(i);
            if (!begins.equals(created.hyperparameters().get(i))) {
                others.add(new MemberId(i));
            }
        }
        diverged.addAll(others);
    }

    private Event rescored(Event.IntervalFinished finished, Attempt attempt) {
        return new Event.IntervalFinished(
                attempt,
                other.scoreOf(finished.metrics()),
                finished.metrics(),
                finished.samples(),
                finished.checkpoint(),
                finished.checkpointBytes(),
                finished.execution());
    }

    private void decided(Event.Decided decided) {
        Point point = new Point(decided.member(), decided.interval());
        if (!batch.containsKey(point)) {
            ask(decided.member());
        }
        recorded.add(decided);
        inPlace.add(decided);
        batch.computeIfAbsent(point, first -> new Recorded(events, new ArrayList<>()))
                .decisions()
                .add(decided.decision());
    }

    /** Asks about a member that decides for itself, in the recorded situation, and in the other study if it decides there just now. */
    private void ask(MemberId member) {
        if (other.decidesLate()) {
            if (inPlace.now().population().get(member).status() == Status.READY) {
                note(Decisions.decideLate(inPlace.now(), member), askedInPlace);
            }
            if (horizon == null && would.now().population().get(member).status() == Status.READY) {
                goOn(Decisions.decideLate(would.now(), member));
            }
        } else if (other.mode() == Mode.ASYNCHRONOUS) {
            note(Decisions.decide(inPlace.now(), member), askedInPlace);
        }
    }

    /** Takes in a result: of the recorded attempt, and of the same one in the other study, which may have been re-issued more often. */
    private void report(Attempt logged, Function<Attempt, Event> result) {
        MemberId subject = logged.member();
        askInPlace(result.apply(logged));
        if (would.now().population().get(subject).status() != Status.STOPPED && isWithinHorizon(subject)) {
            goOn(result.apply(would.now().attempt(subject)));
        }
    }

    /** What is lost may have been held by others in the other study, once their ways have parted. */
    private void lose(Event.CheckpointsLost lost) {
        askInPlace(lost);
        MemberId first =
                lost.stranded().isEmpty() ? new MemberId(0) : lost.stranded().get(0);
        if (!diverged.isEmpty() && ends == null) {
            ends = Because.LOSS;
        }
        if (isWithinHorizon(first)) {
            goOn(lost);
        }
    }

    private void askInPlace(Event event) {
        inPlace.add(event);
        if (other.mode() == Mode.SYNCHRONOUS) {
            for (MemberId subject : Decisions.subjects(inPlace.now(), event)) {
                note(Decisions.decide(inPlace.now(), subject), askedInPlace);
            }
        }
    }

    private boolean isWithinHorizon(MemberId subject) {
        if (horizon == null && (ends != null || diverged.contains(subject))) {
            horizon = new Horizon(events, subject, ends == null ? Because.ANOTHER_RESULT : ends);
        }
        return horizon == null;
    }

    private void goOn(Event event) {
        would.add(event);
        for (MemberId subject : Decisions.subjects(would.now(), event)) {
            goOn(Decisions.decide(would.now(), subject));
        }
    }

    private void goOn(List<Event.Decided> decided) {
        note(decided, wouldDecide);
        for (Event.Decided each : decided) {
            would.add(each);
        }
        if (Decisions.end(would.now()).isPresent()) {
            ends = Because.OVER;
        }
    }

    private static void note(List<Event.Decided> decided, Map<Point, List<Decision>> asked) {
        for (Event.Decided each : decided) {
            asked.computeIfAbsent(new Point(each.member(), each.interval()), point -> new ArrayList<>())
                    .add(each.decision());
        }
    }

    /** Compares what was decided last, and sees whose ways part. */
    private void settle() {
        batch.forEach((point, log) -> {
            decisions++;
            recordedKinds.merge(kind(log.decisions()), 1L, Long::sum);
            List<Decision> asked = taken(askedInPlace, point);
            otherKinds.merge(kind(asked), 1L, Long::sum);
            equalInPlace += isSame(log.decisions(), asked) ? 1 : 0;
            List<Decision> decided = taken(wouldDecide, point);
            if (isSame(log.decisions(), decided)) {
                equal++;
            } else if (!decided.isEmpty()) {
                first.add(new Otherwise(log.event(), point.member(), point.interval(), log.decisions(), decided));
            }
            follow(point.member());
        });
        batch.clear();
    }

    private static List<Decision> taken(Map<Point, List<Decision>> from, Point point) {
        List<Decision> taken = from.remove(point);
        return taken == null ? List.of() : taken;
    }

    private void follow(MemberId id) {
        Member was = recorded.now().population().get(id);
        Member instead = would.now().population().get(id);
        boolean isSame = was.hyperparameters().equals(instead.hyperparameters())
                && was.parent().equals(instead.parent())
                && was.status() == instead.status();
        if (!isSame) {
            diverged.add(id);
        }
        if (was.status() == Status.STOPPED && instead.status() == Status.TRAINING && ends == null) {
            ends = Because.GOES_ON;
        }
    }

    private static String kind(List<Decision> decisions) {
        return decisions.isEmpty() ? "nothing" : Difference.kind(decisions.get(0));
    }

    private static boolean isSame(List<Decision> these, List<Decision> those) {
        if (these.size() != those.size()) {
            return false;
        }
        for (int i = 0; i < these.size(); i++) {
            if (!effect(these.get(i)).equals(effect(those.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Returns a decision without its words. */
    private static Decision effect(Decision decision) {
        if (decision instanceof Decision.Exploit e) {
            return new Decision.Exploit(
                    e.donor(), e.donorInterval(), e.weights(), e.before(), e.after(), "", Evidence.NONE);
        }
        if (decision instanceof Decision.Explore e) {
            return new Decision.Explore(e.before(), e.after(), "", Evidence.NONE);
        }
        return decision instanceof Decision.Stop
                ? new Decision.Stop("", Evidence.NONE)
                : new Decision.Continue("", Evidence.NONE);
    }
}
