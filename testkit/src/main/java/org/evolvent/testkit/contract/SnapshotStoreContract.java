package org.evolvent.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.memory.Memory;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Situation;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.core.study.Amendment;
import org.evolvent.core.study.Decisions;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Study;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.Snapshot;
import org.evolvent.runtime.SnapshotStore;
import org.evolvent.testkit.internal.contract.RandomLog;
import org.evolvent.testkit.memory.InMemoryEventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every {@link SnapshotStore} does. */
public abstract class SnapshotStoreContract {
    private final Study study = RandomLog.study(Pbt.standard());
    private List<Event> log = RandomLog.of(study, new RandomStream(1));
    private SnapshotStore store = SnapshotStore.NONE;

    /**
     * Returns a new, empty store.
     *
     * @param chain stands for the first events of the log
     */
    protected abstract SnapshotStore create(LongFunction<Optional<String>> chain);

    @BeforeEach
    void createStore() {
        store = create(this::chain);
    }

    private Optional<String> chain(long events) {
        return events > log.size()
                ? Optional.empty()
                : Optional.of(Integer.toHexString(log.subList(0, (int) events).hashCode()));
    }

    static List<Map<String, Object>> strategies() {
        List<Map<String, Object>> all = new ArrayList<>();
        Catalogue.builtIn().strategyNames().forEach(name -> all.add(Map.of(name, optionsOf(name))));
        all.add(Map.of());
        all.add(Map.of("compare", "equal_progress", "explore", "pairwise"));
        all.add(Map.of("exploit", "welch", "explore", Map.of("pairwise", Map.of(), "resample", 0.1)));
        all.add(Map.of(
                "exploit",
                Map.of("bands", Map.of(), "average", 3, "backtrack", true),
                "explore",
                Map.of("mutate", Map.of(), "then", "pairwise")));
        all.add(Map.of("explore", Map.of("pb2", Map.of("window", 8))));
        all.add(Map.of("explore", Map.of("trust_region", Map.of("window", 8))));
        return all;
    }

    private static Object optionsOf(String name) {
        return switch (name) {
            case "mo_pbt" -> Map.of("maximize", List.of("gradient"));
            case "fire" -> Map.of("period", 2);
            case "mf_pbt" -> Map.of("periods", List.of(1, 3));
            default -> Map.of();
        };
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aStudyGoesOnFromASnapshotAsFromItsBeginning(Map<String, Object> options) {
        Study random = RandomLog.study(Catalogue.builtIn().strategy(options));
        log = RandomLog.of(random, new RandomStream(5));
        RandomStream cuts = new RandomStream(6);
        for (int cut :
                new int[] {1 + cuts.index(log.size() / 2), log.size() / 2 + cuts.index(log.size() / 2), log.size()}) {
            Snapshot before = folded(random, cut);
            assertThat(store.write(before)).isPositive();
            Snapshot read = store.read(random).orElseThrow();
            same(read, before);
            same(decidedAgain(read), folded(random, log.size()));
        }
    }

    private Snapshot folded(Study of, int events) {
        Snapshot snapshot = Snapshot.initial(of);
        for (Event event : log.subList(0, events)) {
            snapshot = snapshot.after(event);
        }
        return snapshot;
    }

    /** Goes on to the end of the log, deriving its decisions again. */
    private Snapshot decidedAgain(Snapshot from) {
        Snapshot snapshot = from;
        List<Event> expected = List.of();
        for (Event event : log.subList((int) from.events(), log.size())) {
            if (event instanceof Event.Decided && !expected.isEmpty()) {
                assertThat(event).isEqualTo(expected.get(0));
                expected = expected.subList(1, expected.size());
            }
            snapshot = snapshot.after(event);
            if (event instanceof Event.IntervalFinished finished) {
                expected = List.copyOf(
                        Decisions.decide(snapshot.state(), finished.attempt().member()));
            }
        }
        return snapshot;
    }

    private static void same(Snapshot one, Snapshot other) {
        StudyState state = one.state();
        StudyState same = other.state();
        assertThat(state.population()).containsExactlyElementsOf(same.population());
        assertThat(state.population().ranking())
                .containsExactlyElementsOf(same.population().ranking());
        assertThat(state.population().best()).isEqualTo(same.population().best());
        assertThat(state.strategy().memory()).isEqualTo(same.strategy().memory());
        assertThat(state)
                .usingRecursiveComparison()
                .comparingOnlyFields("training", "ready", "tally", "end")
                .isEqualTo(same);
        assertThat(one.events()).isEqualTo(other.events());
        assertThat(one.facts().digest().value())
                .isEqualTo(other.facts().digest().value());
        assertThat(one.facts())
                .usingRecursiveComparison()
                .comparingOnlyFields("definition", "before", "begun", "latest", "training")
                .isEqualTo(other.facts());
    }

    @Test
    void beginsEmptyAndKeepsTheLatest() {
        assertThat(store.read(study)).isEmpty();
        store.write(folded(study, 20));
        store.write(folded(study, 50));
        assertThat(store.read(study).orElseThrow().events()).isEqualTo(50);
    }

    @Test
    void aLogThatWentBackOrOnInAnotherWayHasNoSnapshot() {
        List<Event> whole = log;
        store.write(folded(study, 50));
        log = whole.subList(0, 49);
        assertThat(store.read(study)).isEmpty();
        log = new ArrayList<>(whole);
        log.set(10, log.get(11));
        assertThat(store.read(study)).isEmpty();
        log = whole.subList(0, 50);
        assertThat(store.read(study)).isPresent();
    }

    @Test
    void aSnapshotOfMoreThanTheLogHoldsIsNotKept() {
        Snapshot ahead = folded(study, 50);
        log = log.subList(0, 49);
        assertThat(store.write(ahead)).isZero();
    }

    /** Observes and does not tell. */
    private record Secretive(Strategy strategy) implements Strategy {
        @Override
        public List<Decision> decide(Situation situation, RandomStream random) {
            return strategy.decide(situation, random);
        }

        @Override
        public Strategy observe(MemberId member, Decision decision) {
            return new Secretive(strategy.observe(member, decision));
        }
    }

    @Test
    void whatNobodyKnowsIsNotKept() {
        Study secretive = RandomLog.study(new Secretive(Pbt.standard()));
        assertThat(store.write(folded(secretive, 50))).isZero();
        assertThat(store.read(secretive)).isEmpty();
    }

    @Test
    void theEndOfALogIsReadFromTheLatestSnapshotOn() {
        InMemoryEventStore events = new InMemoryEventStore();
        events.append(log);
        store.write(folded(study, 50));
        List<Event> read = new ArrayList<>();
        Snapshot latest = store.latest(study, RandomLog.DEFINITION);
        assertThat(latest.events()).isEqualTo(50);
        same(Snapshot.atTheEnd(latest, events, read::add), folded(study, log.size()));
        assertThat(read).isEqualTo(log.subList(50, log.size()));
        read.clear();
        Snapshot ofAnother = store.latest(study, "another");
        assertThat(ofAnother.events()).isZero();
        same(Snapshot.atTheEnd(ofAnother, events, read::add), folded(study, log.size()));
        assertThat(read).isEqualTo(log);
    }

    @Test
    void afterAnAmendmentTheStudyThatIsInForceIsMeant() {
        Study amended = study.withSeed(99);
        Study both = study.before("amended", amended);
        Snapshot before = folded(both, 50);
        Snapshot after = before.after(Amendment.of(before.state(), "amended", amended, List.of(), true, Instant.EPOCH));
        assertThat(store.write(after)).isPositive();
        Snapshot read = store.latest(both, RandomLog.DEFINITION);
        same(read, after);
        assertThat(read.state().study().seed()).isEqualTo(99);
    }

    @Test
    void whatAStrategyRemembersIsPartOfIt() {
        Study learning = RandomLog.study(Catalogue.builtIn().strategy(Map.of("asha", Map.of())));
        log = RandomLog.of(learning, new RandomStream(5));
        store.write(folded(learning, log.size()));
        assertThat(store.read(learning).orElseThrow().state().strategy().memory())
                .isNotEqualTo(Optional.of(Memory.NONE))
                .isNotEqualTo(learning.strategy().memory());
    }
}
