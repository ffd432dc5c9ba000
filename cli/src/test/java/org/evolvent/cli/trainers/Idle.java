package org.evolvent.cli.trainers;

import java.util.List;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;

/** Somebody's strategy: nothing ever changes. */
public final class Idle implements Strategy {
    @Override
    public List<Decision> decide(Situation situation, RandomStream random) {
        return List.of(new Decision.Continue("Idleness is bliss", Evidence.NONE));
    }
}
