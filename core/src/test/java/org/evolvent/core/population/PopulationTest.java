package org.evolvent.core.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evolvent.core.population.Member.Status;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;

class PopulationTest {
    @Test
    void aChangeTouchesOneMemberAndNotThePopulationBefore() {
        Property.holds("with", 200, random -> {
            int size = 1 + random.index(50);
            Population population = Populations.unpublished(size);
            List<Member> naive = members(population);
            for (int change = 0; change < 30; change++) {
                int index = random.index(size);
                Member member = naive.get(index);
                Member changed = random.chance(0.7)
                        ? member.ready(Populations.point(index, change, random.index(5)), 10)
                        : member.next(member.hyperparameters(), member.parent(), true);
                Population next = population.with(changed);
                assertThat(members(population)).isEqualTo(naive);
                naive = new ArrayList<>(naive);
                naive.set(index, changed);
                assertThat(members(next)).isEqualTo(naive);
                assertThat(next.get(new MemberId(index))).isSameAs(changed);
                assertThat(next.size()).isEqualTo(size);
                assertThat(next.ranking().size()).isEqualTo((int)
                        naive.stream().filter(m -> m.last().isPresent()).count());
                population = next;
            }
        });
    }

    /** Whatever an edit does, what it began with and what was ended on the way stay as they were. */
    @Test
    void anEditChangesNoOther() {
        Property.holds("edited", 100, random -> {
            int size = 1 + random.index(random.chance(0.5) ? 20 : 400);
            Population copied = Populations.unpublished(size);
            Population edited = copied;
            Edit edit = new Edit();
            List<Population> ended = new ArrayList<>(List.of(copied));
            List<Population> expected = new ArrayList<>(List.of(Populations.unpublished(size)));
            for (int change = 0; change < 3 * size; change++) {
                int index = random.index(size);
                Member member = copied.get(new MemberId(index));
                Member changed = random.chance(0.8)
                        ? member.ready(Populations.point(index, change, random.index(5)), 10)
                        : member.next(member.hyperparameters(), member.parent(), true);
                copied = copied.with(changed);
                edited = edit.with(edited, changed);
                if (random.chance(0.03)) {
                    edited = edit.end(edited);
                    edit = new Edit();
                    ended.add(edited);
                    expected.add(copied);
                }
            }
            ended.add(edited);
            expected.add(copied);
            for (int i = 0; i < ended.size(); i++) {
                assertThat(ended.get(i)).containsExactlyElementsOf(expected.get(i));
                assertThat(ended.get(i).ranking())
                        .containsExactlyElementsOf(expected.get(i).ranking());
                assertThat(ended.get(i).best()).isEqualTo(expected.get(i).best());
                assertThat(ended.get(i).ranking().valid())
                        .isEqualTo(expected.get(i).ranking().valid());
            }
        });
    }

    @Test
    void whatAnEditHasLeftBehindSaysSo() {
        Edit edit = new Edit();
        Population immutable = Populations.scored(1, 5, 3);
        Member first = immutable.get(new MemberId(0));
        Population shown = edit.with(immutable, first);
        Population ranked = shown.ranked(Ranking.EMPTY);
        Population derived = shown.with(first.stopped());
        Population again = shown.withBestOfRanked();
        assertThat(derived.get(new MemberId(0)).status()).isEqualTo(Status.STOPPED);
        assertThat(shown.get(new MemberId(0))).isEqualTo(first);
        Population next = edit.with(shown, first.stopped());
        assertThat(next.get(new MemberId(0)).status()).isEqualTo(Status.STOPPED);
        assertThat(immutable.get(new MemberId(0))).isEqualTo(first);
        for (Population behind : List.of(shown, ranked, derived, again)) {
            for (ThrowingCallable use : List.<ThrowingCallable>of(
                    () -> behind.get(new MemberId(0)),
                    () -> behind.with(first),
                    behind::ranking,
                    behind::withBestOfRanked,
                    () -> behind.ranked(Ranking.EMPTY),
                    () -> edit.with(behind, first),
                    () -> edit.end(behind))) {
                assertThatIllegalStateException().isThrownBy(use).withMessageContaining("has moved on");
            }
        }
    }

    /** Who is shown a population that changes has no way to change it. */
    @Test
    void onlyItsOwnEditChangesAPopulation() {
        Edit edit = new Edit();
        Population shown = edit.with(
                Populations.scored(1, 5, 3),
                Populations.scored(1, 5, 3).get(new MemberId(0)).stopped());
        Member second = shown.get(new MemberId(1));
        Edit stranger = new Edit();
        for (ThrowingCallable use :
                List.<ThrowingCallable>of(() -> stranger.with(shown, second.stopped()), () -> stranger.end(shown))) {
            assertThatIllegalStateException().isThrownBy(use).withMessageContaining("Another edit");
        }
        assertThat(shown.with(second.stopped()).get(second.id()).status()).isEqualTo(Status.STOPPED);
        Population next = edit.with(shown, shown.get(new MemberId(2)));
        assertThat(next.get(second.id())).isEqualTo(second);
        Population ended = edit.end(next);
        assertThat(stranger.with(ended, second.stopped()).get(second.id()).status())
                .isEqualTo(Status.STOPPED);
        assertThat(ended.get(second.id())).isEqualTo(second);
    }

    @Test
    void theBestIsKeptWhateverHappensToItsMember() {
        Population population = Populations.scored(1, 5, 3);
        Member best = population.get(new MemberId(1));
        assertThat(population.best().orElseThrow().member()).isEqualTo(best.id());
        Population copied = population.with(best.next(best.hyperparameters(), best.parent(), true));
        assertThat(copied.ranking().size()).isEqualTo(2);
        assertThat(copied.best()).isEqualTo(population.best());
        Population worse = copied.with(copied.get(best.id()).ready(Populations.point(1, 1, 2), 10));
        assertThat(worse.best()).isEqualTo(population.best());
        Population equal = worse.with(worse.get(best.id()).ready(Populations.point(1, 2, 5), 10));
        assertThat(equal.best()).as("the first of equals").isEqualTo(population.best());
        Population better = equal.with(equal.get(best.id()).ready(Populations.point(1, 3, 6), 10));
        assertThat(better.best().orElseThrow().interval()).isEqualTo(3);
    }

    @Test
    void onlyWhatCanBeCopiedIsBest() {
        assertThat(Populations.scored(Double.NaN, Double.NaN).best()).isEmpty();
        assertThat(Populations.scored(Double.NaN, -1e300).best().orElseThrow().member())
                .isEqualTo(new MemberId(1));
    }

    @Test
    void membersGoOnWithWhatTheyPublished() {
        Member member = Populations.unpublished(1).get(new MemberId(0));
        assertThat(member.stepFrom()).isZero();
        assertThat(member.reissued(true).faults()).isEqualTo(1);
        assertThat(member.reissued(false).faults()).isZero();
        assertThat(member.reissued(true).reissued(false).attempt()).isEqualTo(2);
        ReadyPoint point = Populations.point(0, 0, 1);
        Member ready = member.reissued(true).ready(point, 10);
        assertThat(ready.status()).isEqualTo(Status.READY);
        assertThat(ready.trained()).isEqualTo(10);
        assertThat(ready.parent()).isEqualTo(point.checkpoint());
        Member next = ready.next(ready.hyperparameters(), ready.parent(), false);
        assertThat(next)
                .isEqualTo(new Member(
                        member.id(),
                        Status.TRAINING,
                        1,
                        0,
                        0,
                        10,
                        member.hyperparameters(),
                        point.checkpoint(),
                        List.of(),
                        Optional.of(point)));
        assertThat(next.stepFrom()).isEqualTo(10);
        assertThat(ready.next(ready.hyperparameters(), ready.parent(), true).last())
                .isEmpty();
        assertThat(ready.stopped().status()).isEqualTo(Status.STOPPED);
        assertThat(ready.stopped().last()).isEqualTo(ready.last());
    }

    @Test
    void idsThatCannotBeAreRefused() {
        Population three = Populations.unpublished(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.get(new MemberId(3)))
                .withMessageContaining("no member 3; members are 0 to 2");
        assertThatIllegalArgumentException().isThrownBy(() -> new MemberId(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckpointId("../etc"))
                .withMessageContaining("../etc");
        assertThat(new MemberId(2)).isGreaterThan(new MemberId(1)).hasToString("2");
        assertThat(new CheckpointId("0123abcd")).hasToString("0123abcd");
    }

    private static List<Member> members(Population population) {
        List<Member> members = new ArrayList<>();
        population.forEach(members::add);
        return members;
    }
}
