package org.evolvent.study.internal.operators;

import java.util.List;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.runtime.EvolventException;

/**
 * What stands for operators and strategies of the user's own where a study file is read to look at: folding a log needs none. They observe
 * nothing and refuse to decide.
 */
final class Unloaded {
    private Unloaded() {}

    /** Stands for an exploit operator of this name. */
    record AnExploit(String name) implements Exploit {
        @Override
        public Verdict judge(Population population, ReadyPoint self, RandomStream random) {
            throw asked(name);
        }

        @Override
        public Verdict rescue(Population population, ReadyPoint self, RandomStream random) {
            throw asked(name);
        }
    }

    /** Stands for an explore operator of this name, or a program. */
    record AnExplore(String name) implements Explore {
        @Override
        public Exploration explore(Handover handover, RandomStream random) {
            throw asked(name);
        }
    }

    /** Stands for a strategy of this name. */
    record AStrategy(String name) implements Strategy {
        @Override
        public List<Hyperparameters> first(SearchSpace space, List<RandomStream> streams) {
            throw asked(name);
        }

        @Override
        public List<Decision> decide(Situation situation, RandomStream random) {
            throw asked(name);
        }
    }

    private static EvolventException asked(String name) {
        return new EvolventException(
                "What '%s' decides cannot be derived again: it is the study's own, and nothing of a study is loaded or started to look at it."
                        .formatted(name));
    }
}
