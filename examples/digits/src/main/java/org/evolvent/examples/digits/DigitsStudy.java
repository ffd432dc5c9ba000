package org.evolvent.examples.digits;

import java.util.List;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Domain;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Budget;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.Study;

/** What {@code study.yaml} says, in Java. The ranges are those of someone who has no idea yet where the good values lie. */
public final class DigitsStudy {
    /** What is tuned. */
    public static final SearchSpace SPACE = new SearchSpace(List.of(
            tuned("learning_rate", new Reals(1e-4, 1, Scale.LOG)),
            tuned("momentum", new Reals(0, 0.99, Scale.LINEAR)),
            tuned("weight_decay", new Reals(1e-6, 0.1, Scale.LOG)),
            tuned("input_dropout", new Reals(0, 0.5, Scale.LINEAR)),
            tuned("dropout", new Reals(0, 0.5, Scale.LINEAR)),
            tuned(
                    "batch_size",
                    new Choice(
                            List.of(new Value.Int(8), new Value.Int(16), new Value.Int(32), new Value.Int(64)),
                            true))));

    /** The share of validation images that are read correctly. */
    public static final Objective OBJECTIVE = new Objective("accuracy", Goal.MAXIMIZE);

    /** The members. */
    public static final int POPULATION = 16;

    /** The batches that each member may train on. */
    public static final long BUDGET_STEPS = 600;

    /** The batches between two ready points. */
    public static final long INTERVAL_STEPS = 20;

    private DigitsStudy() {}

    /**
     * Returns the study.
     *
     * @param strategy what a ready member does
     * @param mode when decisions are made
     * @param seed the source of all randomness; studies with equal seeds begin with the same members
     */
    public static Study of(Strategy strategy, Mode mode, long seed) {
        return Study.named("digits", SPACE, OBJECTIVE, Budget.ofSteps(BUDGET_STEPS), INTERVAL_STEPS)
                .population(POPULATION)
                .strategy(strategy)
                .mode(mode)
                .seed(seed)
                .build();
    }

    private static Parameter tuned(String name, Domain domain) {
        return new Parameter(name, domain, false);
    }
}
