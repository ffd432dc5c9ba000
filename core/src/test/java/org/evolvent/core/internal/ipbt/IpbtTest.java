package org.evolvent.core.internal.ipbt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Rules;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.StrategyLaws;
import org.junit.jupiter.api.Test;

class IpbtTest extends StrategyLaws {
    @Override
    protected Strategy strategy() {
        return new Ipbt(Pbt.standard(), 2, 2);
    }

    /** The best rises for ten steps and then stands still: five steps later all draw anew, and go on in steps of two intervals. */
    @Test
    void startsAgainWithLongerStepsWhenTheBestStandsStill() {
        Strategy strategy = new Ipbt(Pbt.randomSearch(), 5, 2);
        Population population = Populations.unpublished(2);
        List<List<Decision>> made = List.of(new ArrayList<>(), new ArrayList<>());
        for (int interval = 0; interval < 24; interval++) {
            for (int i = 0; i < 2; i++) {
                ReadyPoint point = Populations.point(i, interval, Math.min(interval, 10) + 0.1 * i);
                strategy = strategy.observe(point);
                population = population.with(population.get(id(i)).ready(point, 10));
            }
            for (int i = 0; i < 2; i++) {
                Member member = population.get(id(i));
                Decision decision = strategy.decide(
                                new Situation(
                                        Populations.SPACE,
                                        new Objective("accuracy", Goal.MAXIMIZE),
                                        population,
                                        member,
                                        Rules.LATEST),
                                new RandomStream(interval))
                        .get(0);
                made.get(i).add(decision);
                strategy = strategy.observe(member.id(), decision);
                population = population.with(member.next(member.hyperparameters(), member.parent(), false));
            }
        }
        for (List<Decision> decisions : made) {
            int restart = 0;
            while (decisions.get(restart) instanceof Decision.Continue) {
                restart++;
            }
            // Smoothing rounds the corner at 10.
            assertThat(restart).isBetween(16, 20);
            Decision.Explore explore = (Decision.Explore) decisions.get(restart);
            assertThat(explore.after().get("rate"))
                    .isNotEqualTo(explore.before().get("rate"));
            assertThat(explore.after().get("layers")).isEqualTo(explore.before().get("layers"));
            assertThat(explore.evidence().facts()).containsEntry("length", 2L);
            assertThat(decisions.get(restart + 1).reason())
                    .isEqualTo("It has trained 1 of the 2 intervals of its step");
            assertThat(decisions.get(restart + 2).reason()).isEqualTo("This strategy does not exploit");
        }
    }

    @Test
    void whatRisesHasNotStagnated() {
        OuterProgress progress = OuterProgress.NONE;
        RandomStream random = new RandomStream(1);
        for (int step = 0; step < 200; step++) {
            progress = progress.with(step, 0.1 * step + 0.1 * random.gaussian());
            assertThat(progress.hasStagnated(5)).as("after step %s", step).isFalse();
        }
        assertThat(progress.finished()).hasSize(100);
    }

    /** Up to 20 and down again: the top is the 21st step, and patience ends five steps after it. */
    @Test
    void patienceCountsFromTheTop() {
        OuterProgress progress = OuterProgress.NONE;
        int steps = 0;
        while (!progress.hasStagnated(5)) {
            progress = progress.with(steps, steps <= 20 ? steps : 40 - steps);
            steps++;
        }
        assertThat(progress.finished()).hasSize(26);
    }

    /** Three steps before the end everybody is lucky once: the record is new, but smoothed it often counts for nothing. */
    @Test
    void oneLuckyStepIsNoProgress() {
        RandomStream random = new RandomStream(2);
        int stagnated = 0;
        for (int run = 0; run < 100; run++) {
            OuterProgress progress = OuterProgress.NONE;
            for (int step = 0; step < 41; step++) {
                progress = progress.with(step, step == 37 ? 5.35 : 5 + 0.1 * random.gaussian());
            }
            stagnated += progress.hasStagnated(5) ? 1 : 0;
        }
        assertThat(stagnated).isGreaterThan(20);
    }

    @Test
    void constantScoresStagnateAsSoonAsPatienceAllows() {
        OuterProgress progress = OuterProgress.NONE;
        for (int step = 0; step < 4; step++) {
            progress = progress.with(step, 7);
            assertThat(progress.hasStagnated(3)).isFalse();
        }
        assertThat(progress.with(4, 7).hasStagnated(3)).isTrue();
    }

    @Test
    void whoIsLateAddsNothing() {
        OuterProgress progress = OuterProgress.NONE.with(0, 1).with(1, 2);
        assertThat(progress.with(0, 100)).isEqualTo(progress);
        assertThat(progress.with(1, Double.NEGATIVE_INFINITY)).isEqualTo(progress);
        assertThat(progress.finished()).containsExactly(1.0);
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ipbt(Pbt.standard(), 0, 2))
                .withMessageContaining("patience is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ipbt(Pbt.standard(), 5, 1))
                .withMessageContaining("growth is 1");
    }
}
