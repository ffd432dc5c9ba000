package org.evolvent.testkit.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;

/** Spaces, members and populations to test operators with. */
public final class Populations {
    /** A space with every kind of domain and two fixed parameters, one of which has a single value. */
    public static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("rate", new Reals(1e-5, 1e-1, Scale.LOG), false),
            new Parameter("dropout", new Reals(0, 0.7, Scale.LINEAR), false),
            new Parameter("layers", new Ints(1, 4, Scale.LINEAR), true),
            new Parameter("units", new Ints(1, 100, Scale.LOG), false),
            new Parameter("batch", new Choice(List.of(Value.of(32), Value.of(64), Value.of(128)), true), false),
            new Parameter("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false), false),
            new Parameter("nesterov", Choice.flag(), false),
            new Parameter("only", new Choice(List.of(Value.of("one")), false), false)));

    private static final Objective ACCURACY = new Objective("accuracy", Objective.Goal.MAXIMIZE);

    private Populations() {}

    /** Returns what a member publishes; NaN stands for an invalid score. The checkpoint's name comes from member and interval. */
    public static ReadyPoint point(int member, int interval, double score) {
        MemberId id = new MemberId(member);
        long step = 10L * (interval + 1);
        Score judged = Double.isNaN(score) ? new Score.Invalid("it is NaN") : new Score.Valid(score);
        return new ReadyPoint(
                id,
                interval,
                step,
                judged,
                ACCURACY.fitness(judged),
                List.of(),
                SPACE.sample(new RandomStream(member)),
                Optional.of(new CheckpointRef(id, interval, step, checkpoint(member, interval))));
    }

    /** Returns the name of the checkpoint that a member saves at the end of an interval. */
    public static CheckpointId checkpoint(int member, int interval) {
        return new CheckpointId("%08x%08x".formatted(member, interval));
    }

    /** Returns members that have not published anything. */
    public static Population unpublished(int size) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            members.add(Member.created(new MemberId(i), SPACE.sample(new RandomStream(i))));
        }
        return Population.of(members);
    }

    /** Returns a population in which the i-th member has published the i-th score, be it NaN (invalid) or infinite (nothing published). */
    public static Population scored(double... scores) {
        Population population = unpublished(scores.length);
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isInfinite(scores[i])) {
                Member member = population.get(new MemberId(i));
                population = population.with(member.ready(point(i, 0, scores[i]), 10));
            }
        }
        return population;
    }

    /** Returns a population of 2 to 20 members with many ties, some invalid scores and some who have published nothing. */
    public static Population random(RandomStream random) {
        double[] scores = new double[2 + random.index(19)];
        for (int i = 0; i < scores.length; i++) {
            double kind = random.uniform();
            scores[i] = kind < 0.15
                    ? Double.NaN
                    : kind < 0.3 ? Double.NEGATIVE_INFINITY : kind < 0.6 ? random.index(3) : random.gaussian();
        }
        return scored(scores);
    }

    /** Returns what a member takes over in a space: member 0, which used {@code own}, copies member 1, which has published no weights. */
    public static Handover handover(SearchSpace space, Hyperparameters inherited, Hyperparameters own) {
        ReadyPoint self = trained(0, own);
        ReadyPoint donor = trained(1, inherited);
        Population population = Population.of(List.of(
                Member.created(self.member(), own).ready(self, 1),
                Member.created(donor.member(), inherited).ready(donor, 1)));
        return new Handover(space, population, self, donor, inherited);
    }

    private static ReadyPoint trained(int member, Hyperparameters hyperparameters) {
        return new ReadyPoint(
                new MemberId(member),
                0,
                1,
                new Score.Valid(member),
                member,
                List.of(),
                hyperparameters,
                Optional.empty());
    }

    /** Returns hyperparameters drawn from the test space. */
    public static Hyperparameters sample(RandomStream random) {
        return SPACE.sample(random);
    }
}
