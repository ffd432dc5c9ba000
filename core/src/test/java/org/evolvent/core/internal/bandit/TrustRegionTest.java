package org.evolvent.core.internal.bandit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.internal.bandit.TrustRegion.Size;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.testkit.operator.ExploreLaws;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class TrustRegionTest extends ExploreLaws {
    @Override
    protected Explore explore() {
        return new TrustRegion(100);
    }

    /** Whatever it has seen, equal scores, invalid ones and repeated points among them: inside the space, and inside the region. */
    @Test
    void proposalsStayInTheRegionAroundTheDonor() {
        Property.holds("trust region", 30, random -> {
            TrustRegion learned = learned(random, 3 + random.index(20));
            ReadyPoint donor = point(1, 9, 1, SPACE.sample(random));
            Exploration exploration = learned.explore(handover(donor), random);
            assertThat(SPACE.contains(exploration.hyperparameters())).isTrue();
            for (Parameter parameter : SPACE.parameters()) {
                String name = parameter.name();
                if (parameter.fixed()) {
                    assertThat(exploration.hyperparameters().get(name))
                            .isEqualTo(donor.hyperparameters().get(name));
                } else if (parameter.domain().isOrdered()) {
                    double from =
                            parameter.domain().position(donor.hyperparameters().get(name));
                    double to = parameter
                            .domain()
                            .position(exploration.hyperparameters().get(name));
                    // What is discrete is rounded to its nearest value.
                    double rounding = name.equals("batch") ? 0.25 : name.equals("units") ? 0.08 : 1e-9;
                    assertThat(Math.abs(to - from)).as(name).isLessThanOrEqualTo(0.2 + rounding);
                }
            }
        });
    }

    @Test
    void withoutResultsItDrawsAnew() {
        ReadyPoint donor = point(1, 9, 1, SPACE.sample(new RandomStream(1)));
        Exploration exploration = new TrustRegion(100).explore(handover(donor), new RandomStream(2));
        assertThat(exploration.reason()).contains("drawn anew");
        assertThat(exploration.hyperparameters()).isNotEqualTo(donor.hyperparameters());
    }

    @Test
    void threeSuccessesGrowAndTenFailuresShrink() {
        Size size = Size.FIRST;
        assertThat(size.length()).isEqualTo(0.4);
        for (int i = 0; i < 2; i++) {
            size = size.after(true);
        }
        assertThat(size.length()).isEqualTo(0.4);
        assertThat(size.after(true).length()).isCloseTo(0.6, within(1e-12));
        assertThat(size.after(false).after(true).after(true).length()).isEqualTo(0.4);
        for (int i = 0; i < 9; i++) {
            size = size.after(false);
        }
        assertThat(size.length()).isEqualTo(0.4);
        assertThat(size.after(false).length()).isCloseTo(0.4 / 1.5, within(1e-12));
        Size largest = Size.FIRST;
        Size least = Size.FIRST;
        for (int i = 0; i < 30; i++) {
            largest = largest.after(true);
            least = least.after(false);
        }
        assertThat(largest.length()).isEqualTo(1);
        assertThat(least.isTooSmall()).isTrue();
        assertThat(largest.isTooSmall()).isFalse();
    }

    /** Member 0 trains with a proposal and always loses against member 1: after 30 rounds, everything begins anew. */
    @Test
    void aRegionThatFailsStartsAnewAndForgets() {
        RandomStream random = new RandomStream(5);
        Hyperparameters hyperparameters = SPACE.sample(random);
        Explore region = new TrustRegion(100)
                .observe(
                        new MemberId(0),
                        new Decision.Explore(
                                hyperparameters, hyperparameters, "test", Evidence.NONE.with("trust_region", 0.4)));
        double[] lengths = new double[40];
        for (int round = 0; round < 40; round++) {
            region = region.observe(point(0, round, round, hyperparameters));
            region = region.observe(point(1, round, round + 0.5, hyperparameters));
            lengths[round] = ((TrustRegion) region).size().length();
        }
        assertThat(lengths[9]).isEqualTo(0.4);
        assertThat(lengths[10]).isCloseTo(0.4 / 1.5, within(1e-12));
        assertThat(lengths[20]).isCloseTo(0.4 / 2.25, within(1e-12));
        assertThat(lengths[30]).isEqualTo(0.4);
        Exploration exploration = region.explore(handover(point(1, 39, 40, hyperparameters)), random);
        // Two members, nine intervals since the restart.
        assertThat(exploration.evidence().facts()).containsEntry("results", 19L);
    }

    /** The same with the proposal ahead: the region grows until it is everywhere. */
    @Test
    void aRegionThatSucceedsGrows() {
        Hyperparameters hyperparameters = SPACE.sample(new RandomStream(6));
        Explore region = new TrustRegion(100)
                .observe(
                        new MemberId(0),
                        new Decision.Explore(
                                hyperparameters, hyperparameters, "test", Evidence.NONE.with("trust_region", 0.4)));
        for (int round = 0; round < 12; round++) {
            region = region.observe(point(0, round, round + 0.5, hyperparameters));
            region = region.observe(point(1, round, round, hyperparameters));
        }
        assertThat(((TrustRegion) region).size().length()).isEqualTo(1);
        Decision copied = new Decision.Exploit(
                new MemberId(1), 11, Optional.empty(), hyperparameters, hyperparameters, "test", Evidence.NONE);
        region = region.observe(new MemberId(0), copied);
        Size before = ((TrustRegion) region).size();
        for (int round = 12; round < 41; round++) {
            region = region.observe(point(0, round, round, hyperparameters));
        }
        assertThat(((TrustRegion) region).size())
                .as("whoever copied does not train with a proposal any more, so that only the open round counts")
                .isEqualTo(before.after(true));
    }

    /** The gain is highest at 0.4, inside the region around the donor's 0.5. */
    @Test
    void proposesWhereTheScoreRisesFastest() {
        SearchSpace line = new SearchSpace(List.of(new Parameter("x", new Reals(0, 1, Scale.LINEAR), false)));
        RandomStream random = new RandomStream(1);
        Explore learned = new TrustRegion(100);
        double[] scores = new double[4];
        for (int interval = 0; interval < 15; interval++) {
            for (int member = 0; member < 4; member++) {
                Hyperparameters hyperparameters = line.sample(random);
                double distance = hyperparameters.real("x") - 0.4;
                scores[member] += Math.exp(-20 * distance * distance);
                learned = learned.observe(point(member, interval, scores[member], hyperparameters));
            }
        }
        ReadyPoint donor = point(1, 14, scores[1], Hyperparameters.of(Map.of("x", Value.of(0.5))));
        Handover handover = new Handover(line, Population.of(List.of()), donor, donor, donor.hyperparameters());
        double proposed = 0;
        for (int i = 0; i < 10; i++) {
            proposed += learned.explore(handover, random).hyperparameters().real("x") / 10;
        }
        assertThat(proposed).isBetween(0.35, 0.45);
    }

    @Test
    void refusesAWindowWithoutAView() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrustRegion(3))
                .withMessageContaining("at least 4");
    }

    private static TrustRegion learned(RandomStream random, int results) {
        Explore learned = new TrustRegion(20);
        int kind = random.index(3);
        List<ReadyPoint> points = new ArrayList<>();
        for (int i = 0; i < 3 * results; i++) {
            Hyperparameters hyperparameters = i % 4 == 3 ? points.get(i - 1).hyperparameters() : SPACE.sample(random);
            double score = kind == 0 ? 1 : kind == 1 ? random.gaussian() : random.gaussian() * 1e300;
            points.add(point(i % 3, i / 3, i % 7 == 5 ? Double.NaN : score, hyperparameters));
            learned = learned.observe(points.get(i));
        }
        return (TrustRegion) learned;
    }

    private static Handover handover(ReadyPoint donor) {
        return new Handover(SPACE, Population.of(List.of()), donor, donor, donor.hyperparameters());
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
