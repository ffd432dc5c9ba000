package org.evolvent.trainer.internal.explore;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.fuzz.Law;

/**
 * Whatever a program that explores answers, it is a point of the space or a failure that says why. It stands in this package because
 * nobody else needs to see the wire.
 */
public final class ExploreMessageTarget {
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("rate", new Reals(1e-4, 1, Scale.LOG), false),
            new Parameter("layers", new Ints(1, 4, Scale.LINEAR), true),
            new Parameter("batch", new Choice(List.of(new Value.Int(32), new Value.Int(64)), true), false),
            new Parameter("way", new Choice(List.of(new Value.Text("a"), new Value.Flag(true)), false), false)));

    private static final Question QUESTION = new Question(alone(), 17);

    private ExploreMessageTarget() {}

    private static Handover alone() {
        Member member = Member.created(new MemberId(0), inherited());
        ReadyPoint point = new ReadyPoint(
                member.id(), 0, 1, new Score.Valid(0), 0, List.of(), member.hyperparameters(), Optional.empty());
        return Handover.alone(SPACE, Population.of(List.of(member)), point);
    }

    private static Hyperparameters inherited() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("rate", new Value.Real(0.5));
        values.put("layers", new Value.Int(2));
        values.put("batch", new Value.Int(32));
        values.put("way", new Value.Text("a"));
        return Hyperparameters.of(values);
    }

    /** Loads what it needs before any time is taken. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("{\"type\":\"ok\"}".getBytes(StandardCharsets.UTF_8));
    }

    /** Reads one answer. */
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            ExploreWire.started(input, 0, 1);
        } catch (ExploreFailure e) {
            Law.readable(e.getMessage());
        }
        try {
            ExploreWire.Answer answer = ExploreWire.answer(input, 0, 1, QUESTION);
            Law.holds(SPACE.contains(answer.hyperparameters()), "what is taken lies in the space");
            Law.equal(answer.hyperparameters().get("layers"), new Value.Int(2));
        } catch (ExploreFailure e) {
            Law.readable(e.getMessage());
        }
    }
}
