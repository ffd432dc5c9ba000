package org.evolvent.core.internal.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.bandit.Pb2.Categories;
import org.evolvent.core.internal.bandit.RewardHistory.Row;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.ExploreLaws;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class Pb2Test extends ExploreLaws {
    private static final SearchSpace DROPOUT =
            new SearchSpace(List.of(new Parameter("dropout", new Reals(0, 0.7, Scale.LINEAR), false)));

    @Override
    protected Explore explore() {
        return new Pb2(Categories.BANDIT, 1000);
    }

    /** It inherits as long as it knows nothing. */
    @Override
    protected boolean alwaysMoves() {
        return false;
    }

    /** Scores of all kinds, equal ones and invalid ones among them, and points that repeat. */
    @Test
    void whatItProposesLiesInTheSpaceWhateverItHasSeen() {
        Property.holds("PB2 stays inside", 30, random -> {
            Categories[] ways = Categories.values();
            Explore learned = new Pb2(ways[random.index(ways.length)], 20);
            int kind = random.index(3);
            List<ReadyPoint> points = new ArrayList<>();
            for (int i = 0; i < 2 + random.index(20); i++) {
                Hyperparameters hyperparameters =
                        i % 4 == 3 ? points.get(i - 1).hyperparameters() : SPACE.sample(random);
                double score = kind == 0 ? 1 : kind == 1 ? random.gaussian() : random.gaussian() * 1e300;
                points.add(point(i % 3, i / 3, i % 7 == 5 ? Double.NaN : score, hyperparameters));
                learned = learned.observe(points.get(i));
            }
            ReadyPoint self = points.get(0);
            ReadyPoint donor = point(1, 9, 1, SPACE.sample(random));
            Handover handover = new Handover(SPACE, Population.of(List.of()), self, donor, donor.hyperparameters());
            Exploration exploration = learned.explore(handover, random);
            assertThat(SPACE.contains(exploration.hyperparameters())).isTrue();
            for (Parameter parameter : SPACE.parameters()) {
                if (parameter.fixed()) {
                    assertThat(exploration.hyperparameters().get(parameter.name()))
                            .isEqualTo(donor.hyperparameters().get(parameter.name()));
                }
            }
        });
    }

    /** The gain is highest at a dropout of 0.2. */
    @Test
    void findsWhereTheScoreRisesFastest() {
        RandomStream random = new RandomStream(1);
        Explore learned = new Pb2(Categories.BANDIT, 1000);
        double[] scores = new double[4];
        for (int interval = 0; interval < 15; interval++) {
            for (int member = 0; member < 4; member++) {
                Hyperparameters hyperparameters = DROPOUT.sample(random);
                double distance = hyperparameters.real("dropout") - 0.2;
                scores[member] += Math.exp(-20 * distance * distance);
                learned = learned.observe(point(member, interval, scores[member], hyperparameters));
            }
        }
        ReadyPoint donor = point(1, 14, scores[1], DROPOUT.sample(random));
        double proposed = 0;
        for (int i = 0; i < 5; i++) {
            Handover handover = new Handover(DROPOUT, Population.of(List.of()), donor, donor, donor.hyperparameters());
            proposed += learned.explore(handover, random).hyperparameters().real("dropout") / 5;
        }
        assertThat(proposed).isBetween(0.1, 0.3);
    }

    /** Category a is best at 0.2, b at 0.8; who learns from either apart proposes the right one for each. */
    @Test
    void separateModelsLearnFromTheirOwnCategory() {
        SearchSpace space = new SearchSpace(List.of(
                new Parameter("x", new Reals(0, 1, Scale.LINEAR), false),
                new Parameter("kind", new Choice(List.of(Value.of("a"), Value.of("b")), false), false)));
        RandomStream random = new RandomStream(1);
        Explore learned = new Pb2(Categories.SEPARATE, 1000);
        double[] scores = new double[4];
        for (int interval = 0; interval < 20; interval++) {
            for (int member = 0; member < 4; member++) {
                Hyperparameters hyperparameters = space.sample(random);
                double distance = hyperparameters.real("x")
                        - (hyperparameters.text("kind").equals("a") ? 0.2 : 0.8);
                scores[member] += Math.exp(-20 * distance * distance);
                learned = learned.observe(point(member, interval, scores[member], hyperparameters));
            }
        }
        ReadyPoint donor = point(1, 19, scores[1], space.sample(random));
        Handover handover = new Handover(space, Population.of(List.of()), donor, donor, donor.hyperparameters());
        for (int i = 0; i < 10; i++) {
            Hyperparameters proposed = learned.explore(handover, random).hyperparameters();
            double best = proposed.text("kind").equals("a") ? 0.2 : 0.8;
            assertThat(proposed.real("x")).isBetween(best - 0.15, best + 0.15);
        }
    }

    @Test
    void theBanditPrefersTheBetterCategoryAndNeverForgetsTheOthers() {
        Choice choice = new Choice(List.of(Value.of("a"), Value.of("b"), Value.of("c")), false);
        RandomStream random = new RandomStream(2);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Hyperparameters hyperparameters =
                    Hyperparameters.of(Map.of("x", choice.values().get(random.index(3))));
            double gain = hyperparameters.text("x").equals("b") ? 1 : 0.2;
            rows.add(new Row(i, 0, hyperparameters, gain));
        }
        double[] probabilities = CategoryBandit.probabilities("x", choice, rows);
        assertThat(probabilities[1]).isGreaterThan(0.6);
        assertThat(probabilities[0]).isBetween(0.01, 0.3);
        assertThat(probabilities[0] + probabilities[1] + probabilities[2]).isBetween(1 - 1e-9, 1 + 1e-9);
    }

    @Test
    void knowsNothingOfACategoryBeforeTheFirstResult() {
        Choice choice = new Choice(List.of(Value.of("a"), Value.of("b")), false);
        assertThat(CategoryBandit.probabilities("x", choice, List.of())).containsExactly(0.5, 0.5);
    }

    @Test
    void refusesAWindowWithoutAView() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pb2(Categories.BANDIT, 3))
                .withMessageContaining("at least 4");
    }

    private static ReadyPoint point(int member, int interval, double score, Hyperparameters hyperparameters) {
        Score judged = Double.isNaN(score) ? new Score.Invalid("it is NaN") : new Score.Valid(score);
        double fitness = Double.isNaN(score) ? Double.NEGATIVE_INFINITY : score;
        return new ReadyPoint(
                new MemberId(member),
                interval,
                10L * (interval + 1),
                judged,
                fitness,
                List.of(),
                hyperparameters,
                Optional.empty());
    }
}
