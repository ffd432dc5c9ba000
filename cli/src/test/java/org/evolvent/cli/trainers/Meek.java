package org.evolvent.cli.trainers;

import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;

/** Somebody's exploit operator: whoever is worst copies whoever is best. */
public final class Meek implements Exploit {
    @Override
    public Verdict judge(Population population, ReadyPoint self, RandomStream random) {
        boolean worst = population.ranking().rankOf(self) == population.size() - 1;
        return worst
                ? new Verdict.Copy(population.ranking().at(0), "The last shall copy the first", Evidence.NONE)
                : new Verdict.Keep("It is not the last", Evidence.NONE);
    }
}
