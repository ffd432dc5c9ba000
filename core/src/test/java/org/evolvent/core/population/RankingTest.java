package org.evolvent.core.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.evolvent.core.random.RandomStream;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.Property;
import org.evolvent.testkit.operator.Statistics;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final Comparator<ReadyPoint> BY_FITNESS =
            Comparator.comparingDouble(ReadyPoint::fitness).reversed();

    @Test
    void itAgreesWithASortedListUnderRandomChanges() {
        Property.holds("ranking", 200, random -> {
            Ranking ranking = Ranking.EMPTY;
            List<ReadyPoint> naive = new ArrayList<>();
            for (int change = 0; change < 100; change++) {
                int member = random.index(30);
                ReadyPoint old = naive.stream()
                        .filter(point -> point.member().index() == member)
                        .findAny()
                        .orElse(null);
                if (old != null) {
                    ranking = ranking.without(old);
                    naive.remove(old);
                }
                if (old == null || random.chance(0.5)) {
                    ReadyPoint point = Populations.point(member, change, score(random));
                    ranking = ranking.with(point);
                    naive.add(point);
                }
                assertAgrees(ranking, naive);
            }
        });
    }

    /** Far more points than two levels of nodes hold, so that leaves and branches split, join and vanish. */
    @Test
    void itAgreesWithASortedListWhileItGrowsAndShrinks() {
        Property.holds("growing and shrinking", 2, random -> {
            Ranking ranking = Ranking.EMPTY;
            List<ReadyPoint> naive = new ArrayList<>();
            for (double growing : List.of(0.9, 0.5, 0.1)) {
                for (int change = 0; change < 7000; change++) {
                    if (random.chance(growing) || naive.isEmpty()) {
                        ReadyPoint point = Populations.point(naive.size(), change, score(random));
                        ranking = ranking.with(point);
                        naive.add(point);
                    } else {
                        Collections.swap(naive, random.index(naive.size()), naive.size() - 1);
                        ranking = ranking.without(naive.remove(naive.size() - 1));
                    }
                    if (change % 1750 == 0) {
                        assertAgrees(ranking, naive);
                    }
                }
            }
            for (ReadyPoint point : naive) {
                ranking = ranking.without(point);
            }
            assertThat(ranking).isEmpty();
        });
    }

    private static double score(RandomStream random) {
        return random.chance(0.2) ? Double.NaN : random.index(10);
    }

    private static void assertAgrees(Ranking ranking, List<ReadyPoint> naive) {
        assertThat(ranking.size()).isEqualTo(naive.size());
        List<ReadyPoint> ranked = new ArrayList<>();
        ranking.forEach(ranked::add);
        // As sets, for no two points are alike, and to look for each of thousands among all of them takes seconds.
        assertThat(ranked).hasSameSizeAs(naive).isSortedAccordingTo(BY_FITNESS);
        assertThat(new HashSet<>(ranked)).isEqualTo(new HashSet<>(naive));
        assertThat(ranking.valid())
                .isEqualTo((int) naive.stream().filter(ReadyPoint::isDonor).count());
        int rank = 0;
        for (ReadyPoint point : ranking) {
            assertThat(ranking.at(rank)).isSameAs(point);
            assertThat(ranking.rankOf(point)).isEqualTo(rank);
            rank++;
        }
    }

    @Test
    void itDoesNotDependOnTheOrderOfArrival() {
        Property.holds("order of arrival", 100, random -> {
            List<ReadyPoint> points = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                points.add(Populations.point(i, random.index(5), random.index(3)));
            }
            List<ReadyPoint> inOrder = ranked(points);
            for (int i = points.size(); i > 1; i--) {
                Collections.swap(points, i - 1, random.index(i));
            }
            assertThat(ranked(points)).isEqualTo(inOrder);
        });
    }

    private static List<ReadyPoint> ranked(List<ReadyPoint> points) {
        Ranking ranking = Ranking.EMPTY;
        for (ReadyPoint point : points) {
            ranking = ranking.with(point);
        }
        List<ReadyPoint> ranked = new ArrayList<>();
        ranking.forEach(ranked::add);
        return ranked;
    }

    @Test
    void aRankingNeverChanges() {
        Property.holds("immutable", 50, random -> {
            Ranking ranking = Ranking.EMPTY;
            for (int i = 0; i < 20; i++) {
                ranking = ranking.with(Populations.point(i, 0, random.index(5)));
            }
            List<ReadyPoint> before = new ArrayList<>();
            ranking.forEach(before::add);
            ranking.with(Populations.point(20, 0, 2));
            ranking.without(before.get(random.index(20)));
            assertThat(ranking).containsExactlyElementsOf(before);
        });
    }

    /** Two members with equal scores in every interval: neither is always the better one, and no place is preferred. */
    @Test
    void tiesAreFair() {
        long[] wins = new long[2];
        for (int pair = 0; pair < 100; pair++) {
            for (int interval = 0; interval < 200; interval++) {
                ReadyPoint first = Populations.point(2 * pair, interval, 1);
                ReadyPoint second = Populations.point(2 * pair + 1, interval, 1);
                Ranking ranking = Ranking.EMPTY.with(first).with(second);
                wins[ranking.at(0).equals(first) ? 0 : 1]++;
            }
        }
        Statistics.assertUniform(wins);
    }

    @Test
    void deepRankingsStayShallow() {
        Ranking ranking = Ranking.EMPTY;
        for (int i = 0; i < 20_000; i++) {
            // In rising order, where a tree without balance would be a list and overflow the stack.
            ranking = ranking.with(Populations.point(i, 0, i));
        }
        assertThat(ranking.at(0).member().index()).isEqualTo(19_999);
        assertThat(ranking.at(19_999).member().index()).isZero();
    }

    @Test
    void whatDoesNotExistIsRefused() {
        Ranking one = Ranking.EMPTY.with(Populations.point(0, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.without(Populations.point(7, 0, 1)))
                .withMessageContaining("Member 7");
        assertThatThrownBy(() -> one.at(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> one.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        Iterator<ReadyPoint> iterator = one.iterator();
        iterator.next();
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        assertThat(Ranking.EMPTY.valid()).isZero();
    }
}
