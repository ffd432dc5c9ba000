package org.evolvent.core.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.Ranking;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.strategy.Rules;
import org.evolvent.testkit.operator.Populations;
import org.junit.jupiter.api.Test;

/** Who of members with equal scores ranks first: the study's seed says, and not their number. */
class TiesTest {
    private static final int MEMBERS = 4;

    private static List<Integer> order(Ranking ranking) {
        return StreamSupport.stream(ranking.spliterator(), false)
                .map(point -> point.member().index())
                .toList();
    }

    /** Returns how members rank who all report the same. */
    private static List<Integer> order(Study.Builder study) {
        ToyLog log = new ToyLog(study.build());
        for (int member = 0; member < MEMBERS; member++) {
            log.finish(member, 1);
        }
        Population population = log.state.population();
        // What is put together again, from a snapshot say, ranks alike; so do results of an earlier step.
        Population again = log.state.study().populationOf(members(population), Optional.empty());
        assertThat(order(again.ranking())).isEqualTo(order(population.ranking()));
        assertThat(order(population.ranking().anew(population.ranking()))).isEqualTo(order(population.ranking()));
        return order(population.ranking());
    }

    private static List<Member> members(Population population) {
        return StreamSupport.stream(population.spliterator(), false).toList();
    }

    @Test
    void eachOrderIsAsLikelyAsAnyOther() {
        Set<List<Integer>> orders = new HashSet<>();
        int[] first = new int[MEMBERS];
        for (long seed = 0; seed < 400; seed++) {
            List<Integer> order = order(ToyLog.study().seed(seed));
            assertThat(order(ToyLog.study().seed(seed))).isEqualTo(order);
            orders.add(order);
            first[order.get(0)]++;
        }
        assertThat(orders).as("all of them come about").hasSize(24);
        for (int times : first) {
            // 100 are expected; the standard deviation is 8.7.
            assertThat(times).isBetween(60, 140);
        }
    }

    @Test
    void theyDifferFromIntervalToInterval() {
        Set<List<Integer>> orders = new HashSet<>();
        Study study = ToyLog.study().seed(5).build();
        for (int interval = 0; interval < 200; interval++) {
            Ranking ranking = study.populationOf(List.of(), Optional.empty()).ranking();
            for (int member = 0; member < MEMBERS; member++) {
                ranking = ranking.with(Populations.point(member, interval, 1));
            }
            orders.add(order(ranking));
        }
        assertThat(orders).hasSize(24);
    }

    @Test
    void byTheFirstRulesNoSeedBreaksThem() {
        List<List<Integer>> orders = new ArrayList<>();
        for (long seed = 0; seed < 20; seed++) {
            orders.add(order(ToyLog.study().rules(Rules.V1).seed(seed)));
        }
        assertThat(new HashSet<>(orders)).hasSize(1);
        List<ReadyPoint> points = new ArrayList<>();
        for (int member = 0; member < MEMBERS; member++) {
            points.add(Populations.point(member, 0, 1));
        }
        assertThat(orders.get(0)).isEqualTo(order(Ranking.of(points)));
    }
}
