package org.evolvent.core.study;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Member.Status;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.Ranking;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.Randomness;
import org.evolvent.core.random.Randomness.Purpose;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.strategy.Strategy;

/**
 * How a study that has begun becomes another one. What it changes about members:
 *
 * <ul>
 *   <li>Whose hyperparameters are outside of the changed space goes on with {@linkplain Fitting the nearest} that are in it. What was
 *       published counts as made with those.
 *   <li>Who is at rest and has steps left is asked anew, in the order of members. So a study that was over goes on where it gets more
 *       steps; whom its strategy stopped is stopped again, unless it says otherwise by now.
 *   <li>Who has spent what is left of a shorter budget rests; of the interval that it was in nothing counts.
 *   <li>Of a study that ended since nobody ever had a score, failures count anew: the amendment may have mended their cause.
 *   <li>When members are to leave, the weakest do: first those without a valid score, from the highest index, then by rank. The best result
 *       is kept, whoever made it.
 *   <li>When members join, they begin like the first: with what the strategy gives beginners. As copies, they begin from the weights of the
 *       best, one after the other.
 * </ul>
 *
 * <p>The strategy keeps what it has learnt, unless strategy, space or population were changed: then it knows the members as they stand.
 */
public final class Amendment {
    private Amendment() {}

    /**
     * Returns the event that makes a study another one.
     *
     * @param state where its log ends, before or after its end
     * @param definition what the study becomes, in its canonical text
     * @param next what it becomes. Objective and rules are the same, and the space has all parameters that there were, with domains of the
     *     same kinds
     * @param changes what was changed
     * @param copies whether members that join begin with weights of others
     * @param at when
     */
    public static Event.StudyAmended of(
            StudyState state, String definition, Study next, List<Event.Change> changes, boolean copies, Instant at) {
        List<MemberId> left = leaving(state.population(), next.population());
        Fitting fitting = new Fitting(state.study().space(), next);
        Map<MemberId, Hyperparameters> changed = new LinkedHashMap<>();
        for (Member member : state.population()) {
            if (member.isPresent() && !left.contains(member.id())) {
                Hyperparameters fitted = fitting.of(member);
                if (!fitted.equals(member.hyperparameters())) {
                    changed.put(member.id(), fitted);
                }
            }
        }
        return new Event.StudyAmended(definition, changes, changed, joining(state, next, copies), left, at);
    }

    /** Returns the state after an amendment. */
    static StudyState after(StudyState before, Event.StudyAmended event) {
        Study study = before.study()
                .next()
                .filter(amended -> amended.definition().equals(event.definition()))
                .orElseThrow(() -> new IllegalStateException(
                        "The log has an amendment of the study that is not among those that it was read for"))
                .study();
        Fitting fitting = new Fitting(before.study().space(), study);
        List<Member> members = new ArrayList<>();
        for (Member member : before.population()) {
            members.add(event.left().contains(member.id()) ? member.left() : after(member, study, event, fitting));
        }
        for (Event.Newcomer newcomer : event.joined()) {
            if (newcomer.member().index() != members.size()) {
                throw new IllegalStateException(
                        "Member %s joins %s others".formatted(newcomer.member(), members.size()));
            }
            members.add(Member.joined(
                    newcomer.member(),
                    newcomer.hyperparameters(),
                    newcomer.weights(),
                    published(before.population(), newcomer).map(point -> point.with(newcomer.hyperparameters()))));
        }
        Optional<ReadyPoint> best = before.population()
                .best()
                .map(point -> point.with(
                        fitting.of(point, members.get(point.member().index()).hyperparameters())));
        return new StudyState(
                study,
                study.populationOf(members, best),
                strategy(before, study, event),
                count(members, Status.TRAINING),
                count(members, Status.READY),
                before.end().filter(end -> end == Event.End.FAILURE).isPresent()
                        ? before.tally().mended()
                        : before.tally(),
                Optional.empty());
    }

    private static Member after(Member before, Study study, Event.StudyAmended event, Fitting fitting) {
        if (!before.isPresent()) {
            return before;
        }
        Hyperparameters own = event.hyperparameters().getOrDefault(before.id(), before.hyperparameters());
        Member member = own.equals(before.hyperparameters())
                ? before
                : before.with(own).ranked(before.last().map(point -> point.with(fitting.of(point, own))));
        boolean isSpent = Decisions.isSpent(study, member);
        if (member.status() == Status.STOPPED && !isSpent) {
            return member.awoken();
        }
        return member.status() == Status.TRAINING && isSpent ? member.withdrawn() : member;
    }

    /** What it has learnt may say nothing of other members or other parameters. One that does not tell what it knows stays as it is. */
    private static Strategy strategy(StudyState before, Study study, Event.StudyAmended event) {
        if (Stream.of("strategy", "space", "constraints", "population").anyMatch(event::touches)) {
            return study.strategy();
        }
        Optional<Memory> memory = before.strategy().memory();
        return memory.isPresent() ? study.strategy().remembering(memory.get()) : before.strategy();
    }

    private static List<MemberId> leaving(Population population, int left) {
        List<MemberId> weakest = new ArrayList<>();
        Ranking ranking = population.ranking();
        for (int index = population.size() - 1; index >= 0; index--) {
            Member member = population.get(new MemberId(index));
            if (member.isPresent()
                    && member.last().filter(point -> point.score().isValid()).isEmpty()) {
                weakest.add(member.id());
            }
        }
        for (int rank = ranking.valid() - 1; rank >= 0; rank--) {
            weakest.add(ranking.at(rank).member());
        }
        int leave = StrictMath.max(0, weakest.size() - left);
        return weakest.subList(0, leave).stream().sorted().toList();
    }

    private static List<Event.Newcomer> joining(StudyState state, Study next, boolean copies) {
        Population population = state.population();
        int first = population.size();
        int present = 0;
        for (Member member : population) {
            present += member.isPresent() ? 1 : 0;
        }
        Randomness randomness = new Randomness(next.seed());
        List<Hyperparameters> begin = next.strategy()
                .first(
                        next.space(),
                        IntStream.range(first, first + StrictMath.max(0, next.population() - present))
                                .mapToObj(member -> randomness.stream(Purpose.INITIAL, member, 0))
                                .toList());
        List<ReadyPoint> donors = copies ? donors(population, next) : List.of();
        List<Event.Newcomer> joining = new ArrayList<>();
        for (int i = 0; i < begin.size(); i++) {
            Optional<ReadyPoint> donor =
                    donors.isEmpty() ? Optional.empty() : Optional.of(donors.get(i % donors.size()));
            Hyperparameters drawn = begin.get(i);
            joining.add(new Event.Newcomer(
                    new MemberId(first + i),
                    donor.map(point -> new Fitting(state.study().space(), next).fixedOf(point, drawn))
                            .orElse(drawn),
                    donor.flatMap(ReadyPoint::checkpoint)));
        }
        return joining;
    }

    /** The better half, and of those whose weights may still be trained. */
    private static List<ReadyPoint> donors(Population population, Study next) {
        Ranking ranking = population.ranking();
        return IntStream.range(0, (ranking.valid() + 1) / 2)
                .mapToObj(ranking::at)
                .filter(point -> point.isDonor()
                        && point.checkpoint().orElseThrow().step()
                                < next.budget().steps())
                .toList();
    }

    private static Optional<ReadyPoint> published(Population population, Event.Newcomer newcomer) {
        Optional<CheckpointRef> weights = newcomer.weights();
        if (weights.isEmpty()) {
            return Optional.empty();
        }
        Stream<Optional<ReadyPoint>> last = IntStream.range(0, population.size())
                .mapToObj(i -> population.get(new MemberId(i)).last());
        return Stream.concat(last, Stream.of(population.best()))
                .flatMap(Optional::stream)
                .filter(point -> point.checkpoint().equals(weights))
                .findFirst()
                .map(point -> point.heldBy(newcomer.member()));
    }

    private static int count(List<Member> members, Status status) {
        return (int)
                members.stream().filter(member -> member.status() == status).count();
    }
}
