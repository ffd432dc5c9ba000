package org.evolvent.core.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Edit;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * A study at one point of its log: the fold of the events so far. Immutable; {@link #after} is the only way forward. Whoever never looks
 * back folds with a {@link StudyFold}, whose present state can be read until it takes in the next event.
 *
 * <p>A member goes through these transitions, everything else is refused:
 *
 * <pre>
 *   TRAINING --IntervalFinished--------------------> READY
 *   TRAINING --IntervalSuspended-------------------> TRAINING (next attempt, from where the last one ended)
 *   TRAINING --AttemptFailed, attempts left--------> TRAINING (next attempt)
 *   TRAINING --AttemptFailed, attempts used up-----> READY (with an invalid score and its parent's weights); as after the same error again
 *   TRAINING --StudyResumed------------------------> TRAINING (next attempt; attempts count anew, but not under the first rules)
 *   TRAINING --CheckpointsLost, stranded-----------> TRAINING (next attempt, from an ancestor), or READY (with an invalid score)
 *   READY    --CheckpointsLost, stranded-----------> READY (with an invalid score)
 *   READY    --Decided(Continue|Exploit|Explore)---> TRAINING (next interval)
 *   TRAINING --Decided(Explore) of the same point--> TRAINING (other hyperparameters)
 *   READY    --Decided(Stop)-----------------------> STOPPED
 *   any      --StudyAmended------------------------> see {@link Amendment}
 * </pre>
 *
 * @param study what was asked for
 * @param population the members as they stand
 * @param strategy the strategy with all that it has observed
 * @param training the number of members that are training or waiting for a slot
 * @param ready the number of members that wait for a decision
 * @param tally the totals so far
 * @param end why the study is over; empty while it is not
 */
public record StudyState(
        Study study,
        Population population,
        Strategy strategy,
        int training,
        int ready,
        Tally tally,
        Optional<Event.End> end) {
    /** Returns the state before the first event. */
    public static StudyState initial(Study study) {
        return new StudyState(
                study,
                study.populationOf(List.of(), Optional.empty()),
                study.strategy(),
                0,
                0,
                Tally.NONE,
                Optional.empty());
    }

    /** Returns the population that a study begins with: given hyperparameters first, completed by draws, then what the strategy begins with. */
    public static Event.PopulationCreated firstPopulation(Study study) {
        Randomness randomness = new Randomness(study.seed());
        List<Hyperparameters> first = new ArrayList<>();
        for (Hyperparameters given : study.initial()) {
            first.add(
                    study.space().contains(given)
                            ? given
                            : study.space().sample(randomness.stream(Purpose.INITIAL, first.size(), 0), given));
        }
        first.addAll(study.strategy()
                .first(
                        study.space(),
                        IntStream.range(first.size(), study.population())
                                .mapToObj(member -> randomness.stream(Purpose.INITIAL, member, 0))
                                .toList()));
        return new Event.PopulationCreated(first);
    }

    /** Returns the state after an event that continues the log. */
    public StudyState after(Event event) {
        return after(event, null);
    }

    /** Returns the state after an event; with an edit, this one is used up. */
    StudyState after(Event event, @Nullable Edit edit) {
        if (event instanceof Event.StudyAmended amended) {
            return Amendment.after(this, amended);
        }
        if (end.isPresent()) {
            throw new IllegalStateException(
                    "The study is over (%s) but its log goes on with %s".formatted(end.get(), event));
        }
        if (event instanceof Event.StudyCreated) {
            requireNobody(event);
            return this;
        }
        if (event instanceof Event.PopulationCreated created) {
            return created(created);
        }
        if (event instanceof Event.IntervalFinished finished) {
            return finished(finished, edit);
        }
        if (event instanceof Event.IntervalSuspended suspended) {
            return suspended(suspended, edit);
        }
        if (event instanceof Event.AttemptFailed failed) {
            return failed(failed, edit);
        }
        if (event instanceof Event.Decided decided) {
            return decided(decided, edit);
        }
        if (event instanceof Event.StudyResumed) {
            return resumed(edit);
        }
        if (event instanceof Event.CheckpointsLost lost) {
            return lost(lost, edit);
        }
        return new StudyState(
                study, population, strategy, training, ready, tally, Optional.of(((Event.StudyEnded) event).reason()));
    }

    /** Returns the state after several events. */
    public StudyState after(Iterable<? extends Event> events) {
        StudyFold fold = new StudyFold(this);
        events.forEach(fold::add);
        return fold.state();
    }

    /** Returns this state with what an edit has made of its population. */
    StudyState ended(Edit edit) {
        return with(edit.end(population));
    }

    private static Population with(Population population, Member changed, @Nullable Edit edit) {
        return edit == null ? population.with(changed) : edit.with(population, changed);
    }

    private StudyState with(Population changed) {
        return new StudyState(study, changed, strategy, training, ready, tally, end);
    }

    /** Returns what has to be run for a member that is training. */
    public Attempt attempt(MemberId id) {
        Attempt whole = interval(id);
        return population.get(id).suspended().map(whole::behind).orElse(whole);
    }

    /** Returns an attempt at all of the open interval of a member that is training, whatever part of it is trained already. */
    public Attempt interval(MemberId id) {
        Member member = population.get(id);
        requireStatus(member, Status.TRAINING);
        return Attempt.of(study, member);
    }

    /** Returns an attempt that ended well as the log has it: all of its interval, of which an earlier attempt may have trained a part. */
    public Attempt whole(Attempt ended) {
        Member member = population.get(ended.member());
        return member.suspended().isEmpty()
                ? ended
                : Attempt.of(study, member).having(ended.stepTo() - member.stepFrom());
    }

    /** Returns the result of an open interval all of which was trained before the study was stopped; empty when there is more to do. */
    public Optional<Member.Suspended> trained(MemberId id) {
        Member member = population.get(id);
        return member.suspended()
                .filter(part ->
                        !Attempt.of(study, member).isPart(part.weights().step() - member.stepFrom(), part.training()));
    }

    /** Returns whether the attempt is the current one of an open interval; anything else is an echo of the past and must be ignored. */
    public boolean isCurrent(Attempt attempt) {
        Member member = population.get(attempt.member());
        return end.isEmpty()
                && member.status() == Status.TRAINING
                && member.interval() == attempt.interval()
                && member.attempt() == attempt.number();
    }

    private StudyState created(Event.PopulationCreated event) {
        requireNobody(event);
        List<Member> members = new ArrayList<>();
        for (Hyperparameters hyperparameters : event.hyperparameters()) {
            members.add(Member.created(new MemberId(members.size()), hyperparameters));
        }
        Founding.into(members, study, event.founders());
        return new StudyState(
                study, study.populationOf(members, Optional.empty()), strategy, members.size(), 0, tally, end);
    }

    private StudyState finished(Event.IntervalFinished event, @Nullable Edit edit) {
        Member member = current(event.attempt());
        CheckpointRef checkpoint = new CheckpointRef(
                member.id(), member.interval(), event.attempt().stepTo(), event.checkpoint());
        ReadyPoint point = point(member, event.score(), event.metrics(), event.samples(), Optional.of(checkpoint));
        if (event.score() instanceof Score.Absent) {
            point = point.scoredAs(member.last(), study.absences());
        }
        Tally counted = tally.interval(event.score().isValid(), point.score() instanceof Score.Invalid);
        return ready(member, point, event.attempt().steps(), counted, edit);
    }

    private StudyState suspended(Event.IntervalSuspended event, @Nullable Edit edit) {
        Member member = current(event.attempt());
        CheckpointRef weights = new CheckpointRef(
                member.id(), member.interval(), event.attempt().stepTo(), event.checkpoint());
        Member.Suspended part = new Member.Suspended(
                weights,
                event.checkpointBytes(),
                event.metrics(),
                event.samples(),
                event.execution().training());
        return with(with(population, member.suspended(part), edit));
    }

    private StudyState failed(Event.AttemptFailed event, @Nullable Edit edit) {
        Member member = current(event.attempt());
        boolean trainersFault = event.fault().isTrainers();
        boolean again = event.fault() == Event.Fault.TRAINER_AGAIN;
        boolean usedUp = event.fault().usesUp(member.faults(), study.attempts());
        Tally counted = trainersFault ? tally.failed(usedUp) : tally.lost();
        if (usedUp) {
            Score score = new Score.Invalid("%s of %s attempts failed, %s: %s"
                    .formatted(
                            member.faults() + 1,
                            study.attempts(),
                            again ? "the last two with the same error" : "the last with",
                            event.message()));
            ReadyPoint point = point(member, score, Map.of(), List.of(), member.parent());
            return ready(member, point, Attempt.of(study, member).steps(), counted, edit);
        }
        return new StudyState(
                study, with(population, member.reissued(trainersFault), edit), strategy, training, ready, counted, end);
    }

    private ReadyPoint point(
            Member member,
            Score score,
            Map<String, Double> metrics,
            List<Double> samples,
            Optional<CheckpointRef> checkpoint) {
        return new ReadyPoint(
                member.id(),
                member.interval(),
                checkpoint.map(CheckpointRef::step).orElse(0L),
                score,
                study.objective().fitness(score),
                samples.isEmpty()
                        ? List.of()
                        : samples.stream().map(study.objective()::fitness).toList(),
                metrics,
                member.hyperparameters(),
                checkpoint);
    }

    private StudyState ready(Member member, ReadyPoint point, long steps, Tally counted, @Nullable Edit edit) {
        Population next = with(population, member.ready(point, steps, study.ancestors()), edit);
        return new StudyState(study, next, strategy.observe(point), training - 1, ready + 1, counted, end);
    }

    private StudyState decided(Event.Decided event, @Nullable Edit edit) {
        Member member = population.get(event.member());
        Decision decision = event.decision();
        Strategy seen = strategy.observe(member.id(), decision);
        boolean open = member.status() == Status.TRAINING;
        if (event.interval() != member.interval() - (open ? 1 : 0)) {
            throw new IllegalStateException(
                    "The log has a decision about interval %s of member %s, which is %s interval %s"
                            .formatted(
                                    event.interval(),
                                    member.id(),
                                    open ? "training" : "at the end of",
                                    member.interval()));
        }
        if (decision instanceof Decision.Explore explore && open && member.attempt() == 0) {
            Population changed = with(population, member.with(explore.after()), edit);
            return new StudyState(study, changed, seen, training, ready, tally.explored(), end);
        }
        requireStatus(member, Status.READY);
        if (decision instanceof Decision.Stop) {
            return new StudyState(
                    study, with(population, member.stopped(), edit), seen, training, ready - 1, tally, end);
        }
        Member next;
        Tally counted = tally;
        if (decision instanceof Decision.Exploit exploit) {
            boolean copied = exploit.weights().isPresent();
            next = member.next(exploit.after(), copied ? exploit.weights() : member.parent(), copied);
            if (copied && study.ancestors() > 0) {
                next = next.descending(ancestors(exploit.donor(), exploit.weights()));
            }
            if (copied && study.rules() != Rules.V1) {
                next = next.ranked(published(exploit).map(point -> point.heldBy(member.id())));
            }
            counted = tally.exploited();
        } else if (decision instanceof Decision.Explore explore) {
            next = member.next(explore.after(), member.parent(), false);
            counted = tally.explored();
        } else {
            next = member.next(member.hyperparameters(), member.parent(), false);
        }
        return new StudyState(study, with(population, next, edit), seen, training + 1, ready - 1, counted, end);
    }

    /** Returns what was published of copied weights: by the donor, unless that has others by now, or as the best ever. */
    private Optional<ReadyPoint> published(Decision.Exploit exploit) {
        return Stream.of(population.get(exploit.donor()).last(), population.best())
                .flatMap(Optional::stream)
                .filter(point -> point.checkpoint().equals(exploit.weights()))
                .findFirst();
    }

    /** Returns what is kept of the checkpoints that a donor's weights descend through; nothing when it has others by now. */
    private List<CheckpointRef> ancestors(MemberId donor, Optional<CheckpointRef> weights) {
        Member holder = population.get(donor);
        return holder.parent().equals(weights) ? holder.ancestors() : List.of();
    }

    private StudyState lost(Event.CheckpointsLost event, @Nullable Edit edit) {
        Set<CheckpointId> lost = Set.copyOf(event.checkpoints());
        Score.Invalid reason = new Score.Invalid(event.reason());
        List<Member> affected = new ArrayList<>();
        for (Member member : population) {
            if (member.needs(lost)) {
                affected.add(member);
            }
        }
        Population left = population;
        Strategy seen = strategy;
        int ended = 0;
        for (Member member : affected) {
            Member next = member.without(lost, event.stranded().contains(member.id()), reason);
            left = with(left, next, edit);
            if (member.status() == Status.TRAINING && next.status() == Status.READY) {
                seen = seen.observe(next.last().orElseThrow());
                ended++;
            }
        }
        if (left.best()
                .flatMap(ReadyPoint::checkpoint)
                .filter(ref -> lost.contains(ref.id()))
                .isPresent()) {
            left = left.withBestOfRanked();
        }
        Tally counted = tally.stranded(ended);
        return new StudyState(study, left, seen, training - ended, ready + ended, counted, end);
    }

    private StudyState resumed(@Nullable Edit edit) {
        List<Member> open = new ArrayList<>();
        for (Member member : population) {
            if (member.status() == Status.TRAINING) {
                open.add(member);
            }
        }
        Population reissued = population;
        for (Member member : open) {
            reissued = with(reissued, study.rules() == Rules.V1 ? member.reissued(false) : member.reissuedAnew(), edit);
        }
        return with(reissued);
    }

    private Member current(Attempt attempt) {
        if (!isCurrent(attempt)) {
            throw new IllegalStateException("The log has a result of %s, which is not open".formatted(attempt));
        }
        return population.get(attempt.member());
    }

    private void requireNobody(Event event) {
        if (population.size() > 0) {
            throw new IllegalStateException("The log has members already but goes on with %s"
                    .formatted(event.getClass().getSimpleName()));
        }
    }

    private static void requireStatus(Member member, Status status) {
        if (member.status() != status) {
            throw new IllegalStateException(
                    "Member %s is %s but must be %s".formatted(member.id(), member.status(), status));
        }
    }
}
