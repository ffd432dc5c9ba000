package org.evolvent.runtime.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.population.Score;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.EventStore;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.testkit.internal.contract.ForwardingEventStore;
import org.evolvent.testkit.internal.contract.SampleStudy;
import org.evolvent.testkit.memory.InMemoryCheckpointStore;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.junit.jupiter.api.Test;

/** What a driver finds, and what it makes of it. */
class RecoveryTest {
    private static final Instant NOW = Instant.EPOCH.plusSeconds(100_000);

    private final InMemoryEventStore log = new InMemoryEventStore();
    private final InMemoryCheckpointStore checkpoints = new InMemoryCheckpointStore();
    private final List<List<Event>> told = new ArrayList<>();

    private Recovery recovery(String definition, EventStore events) {
        return new Recovery(
                SampleStudy.study(),
                definition,
                store -> StudyState.firstPopulation(SampleStudy.study()),
                events,
                checkpoints,
                SnapshotStore.NONE,
                () -> NOW);
    }

    private StudyState recover(String definition) {
        return recovery(definition, log).recover(told::add, (now, member) -> List.of());
    }

    private void assertRefused(String definition, String... said) {
        long before = log.size();
        assertThatThrownBy(() -> recover(definition))
                .isInstanceOf(EvolventException.class)
                .hasMessageContainingAll(said);
        assertThat(log.size()).as("nothing is added").isEqualTo(before);
        assertThat(told).isEmpty();
    }

    /** Returns the index of the last event of a type. */
    private static int last(List<Event> events, Class<? extends Event> type) {
        int index = events.size() - 1;
        while (!type.isInstance(events.get(index))) {
            index--;
        }
        return index;
    }

    private List<Event> whole() {
        SampleStudy.run(log, checkpoints);
        List<Event> whole = log.events();
        log.truncate(0);
        return new ArrayList<>(whole);
    }

    @Test
    void anEmptyLogIsBegun() {
        StudyState begun = recover(SampleStudy.DEFINITION);
        assertThat(begun.population()).hasSize(5);
        assertThat(log.events())
                .containsExactly(
                        new Event.StudyCreated(SampleStudy.DEFINITION, NOW),
                        StudyState.firstPopulation(SampleStudy.study()));
        assertThat(told).containsExactly(log.events());
    }

    @Test
    void aLogIsGoneOnWith() {
        List<Event> whole = whole();
        log.append(whole.subList(0, last(whole, Event.IntervalFinished.class)));
        Recovery recovery = recovery(SampleStudy.DEFINITION, log);
        StudyState state = recovery.recover(told::add, (now, member) -> List.of());
        assertThat(told).containsExactly(List.of(), List.of(new Event.StudyResumed(NOW)));
        assertThat(log.events()).endsWith(new Event.StudyResumed(NOW));
        assertThat(state.population())
                .containsExactlyElementsOf(StudyState.initial(SampleStudy.study())
                        .after(log.events())
                        .population());
        assertThat(recovery.state().population()).containsExactlyElementsOf(state.population());
        Event.IntervalFinished latest = (Event.IntervalFinished) whole.get(
                last(whole.subList(0, last(whole, Event.IntervalFinished.class)), Event.IntervalFinished.class));
        Instant begun = ((Event.StudyCreated) whole.get(0)).at();
        assertThat(recovery.facts().elapsed())
                .isEqualTo(Duration.between(begun, latest.execution().finishedAt()))
                .isPositive();
    }

    @Test
    void whatIsOverStaysAsItIs() {
        List<Event> whole = whole();
        log.append(whole);
        assertThat(recover(SampleStudy.DEFINITION).end()).contains(Event.End.BUDGET);
        assertThat(told).containsExactly(List.of());
        assertThat(log.events()).isEqualTo(whole);
    }

    @Test
    void whatNobodyNeedsGoesWhenTheLogIsOnTheDevice() {
        List<Event> whole = whole();
        log.append(whole);
        checkpoints.release(checkpoints.commit(checkpoints.stage()).id());
        int stored = checkpoints.list().size();
        Set<?>[] whenSynced = new Set<?>[1];
        EventStore events = new ForwardingEventStore(log) {
            @Override
            public void sync() {
                whenSynced[0] = checkpoints.list();
            }
        };
        StudyState state = recovery(SampleStudy.DEFINITION, events).recover(told::add, (now, member) -> List.of());
        assertThat(whenSynced[0]).hasSize(stored);
        assertThat(checkpoints.list())
                .hasSize(stored - 1)
                .isEqualTo(state.population().reachable());
    }

    @Test
    void theLogOfAnotherStudyIsRefused() {
        log.append(List.of(new Event.StudyCreated("rate: 0.1", NOW)));
        assertRefused("rate: 0.2", "another study", "It holds:   rate: 0.1\n", "Asked for:  rate: 0.2\n");
    }

    @Test
    void whereTwoLongDefinitionsDifferIsShown() {
        String before = "a".repeat(70) + "b".repeat(80);
        String after = "c".repeat(79) + "d".repeat(70);
        log.append(List.of(new Event.StudyCreated(before + "1" + after, NOW)));
        String shown = "... " + "b".repeat(80) + "%s" + "c".repeat(79) + " ...\n";
        assertRefused(before + "2" + after, "It holds:   " + shown.formatted(1), "Asked for:  " + shown.formatted(2));
    }

    @Test
    void aLogThatBeginsWithSomethingElseIsRefused() {
        log.append(List.of(new Event.StudyResumed(NOW)));
        assertRefused(SampleStudy.DEFINITION, "does not begin with the creation of a study");
    }

    @Test
    void aLogThatContradictsItselfIsRefusedAndItsBeginningNamed() {
        List<Event> changed = whole();
        int index = last(changed, Event.IntervalFinished.class);
        Event.IntervalFinished f = (Event.IntervalFinished) changed.get(index);
        changed.set(
                index,
                new Event.IntervalFinished(
                        f.attempt(),
                        new Score.Valid(77),
                        f.metrics(),
                        f.samples(),
                        f.checkpoint(),
                        f.checkpointBytes(),
                        f.execution()));
        log.append(changed);
        assertRefused(SampleStudy.DEFINITION, "the score", "77.0", "--keep-events %s".formatted(index));
    }

    @Test
    void aLogThatIsCutWithinATransactionIsRefused() {
        List<Event> whole = whole();
        log.append(whole.subList(0, whole.size() - 1));
        // Back to the transaction before: to keep what is there would be refused again.
        assertRefused(SampleStudy.DEFINITION, "--keep-events %s".formatted(last(whole, Event.IntervalFinished.class)));
    }

    /** A later version may word a reason otherwise. */
    @Test
    void otherWordsAreNoContradiction() {
        List<Event> changed = whole();
        int index = last(changed, Event.Decided.class);
        Event.Decided decided = (Event.Decided) changed.get(index);
        Decision stop = new Decision.Stop("because", decided.decision().evidence());
        assertThat(decided.decision()).isInstanceOf(Decision.Stop.class).isNotEqualTo(stop);
        changed.set(index, new Event.Decided(decided.member(), decided.interval(), stop));
        log.append(changed);
        assertThat(recover(SampleStudy.DEFINITION).end()).isPresent();
    }
}
