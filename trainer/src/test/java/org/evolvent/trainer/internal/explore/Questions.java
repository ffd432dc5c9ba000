package org.evolvent.trainer.internal.explore;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
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

/** A population of three, of whom member 2 copies member 0. */
final class Questions {
    static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("learning_rate", new Reals(1e-4, 1, Scale.LOG), false),
            new Parameter("layers", new Ints(1, 4, Scale.LINEAR), true),
            new Parameter("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false), false),
            new Parameter("batch", new Choice(List.of(Value.of(32), Value.of(64)), true), false)));

    private Questions() {}

    static Hyperparameters hyperparameters(double learningRate, int layers, String optimizer, int batch) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("learning_rate", new Value.Real(learningRate));
        values.put("layers", new Value.Int(layers));
        values.put("optimizer", new Value.Text(optimizer));
        values.put("batch", new Value.Int(batch));
        return Hyperparameters.of(values);
    }

    static Handover handover() {
        Population population = Population.of(List.of(
                Member.created(new MemberId(0), hyperparameters(0.25, 2, "sgd", 32)),
                Member.created(new MemberId(1), hyperparameters(0.75, 3, "adam", 64)),
                Member.created(new MemberId(2), hyperparameters(0.5, 4, "adam", 32))));
        population = ready(population, 0, new Score.Valid(0.75));
        population = ready(population, 1, new Score.Valid(0.875));
        population = ready(population, 2, new Score.Invalid("loss = NaN"));
        ReadyPoint donor = population.get(new MemberId(0)).last().orElseThrow();
        return new Handover(
                SPACE,
                population,
                population.get(new MemberId(2)).last().orElseThrow(),
                donor,
                donor.hyperparameters());
    }

    private static Population ready(Population population, int index, Score score) {
        Member member = population.get(new MemberId(index));
        double fitness = score instanceof Score.Valid valid ? valid.value() : Double.NEGATIVE_INFINITY;
        CheckpointRef checkpoint = new CheckpointRef(member.id(), 0, 10, new CheckpointId("0123456789abcde" + index));
        ReadyPoint point = new ReadyPoint(
                member.id(), 0, 10, score, fitness, List.of(), member.hyperparameters(), Optional.of(checkpoint));
        return population.with(member.ready(point, 10));
    }

    static Question copy() {
        return new Question(handover(), 1234567);
    }

    static Question alone() {
        Population population =
                Population.of(List.of(Member.created(new MemberId(0), hyperparameters(0.5, 2, "adam", 64))));
        population = ready(population, 0, new Score.Valid(0.5));
        ReadyPoint self = population.get(new MemberId(0)).last().orElseThrow();
        return new Question(new Handover(SPACE, population, self, self, hyperparameters(0.25, 2, "sgd", 32)), 42);
    }
}
