package org.evolvent.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EventStore;
import org.evolvent.testkit.internal.contract.SampleEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} does. */
public abstract class EventStoreContract {
    private EventStore store;

    /** Returns a new, empty store. */
    protected abstract EventStore create();

    /** Closes a store and opens what it stored again. */
    protected abstract EventStore reopen(EventStore store);

    @BeforeEach
    void createStore() {
        store = create();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void beginsEmpty() {
        assertThat(store.size()).isZero();
        assertThat(log()).isEmpty();
    }

    @Test
    void givesBackEveryEventAsItWas() {
        store.append(SampleEvents.all());
        assertThat(log()).isEqualTo(SampleEvents.all());
        assertThat(store.size()).isEqualTo(SampleEvents.all().size());
    }

    @Test
    void keepsTheOrderOfAppending() {
        for (int i = 0; i < 20; i++) {
            store.append(SampleEvents.interval(i));
        }
        store.append(List.of());
        assertThat(log()).isEqualTo(intervals(20));
    }

    @Test
    void keepsEventsOverReopening() {
        store.append(SampleEvents.all());
        store.sync();
        store = reopen(store);
        store.append(SampleEvents.interval(7));
        List<Event> expected = new ArrayList<>(SampleEvents.all());
        expected.addAll(SampleEvents.interval(7));
        assertThat(log()).isEqualTo(expected);
        assertThat(store.size()).isEqualTo(expected.size());
    }

    @Test
    void readsFromAnyPlace() {
        store.append(intervals(5));
        List<Event> tail = new ArrayList<>();
        store.read(7, tail::add);
        assertThat(tail).isEqualTo(intervals(5).subList(7, 10));
        tail.clear();
        store.read(10, tail::add);
        assertThat(tail).isEmpty();
    }

    @Test
    void findsWhatConcernsAMember() {
        store.append(SampleEvents.all());
        Event.CheckpointsLost copied =
                new Event.CheckpointsLost(List.of(SampleEvents.copied()), List.of(), "It rotted", Instant.EPOCH);
        store.append(List.of(copied));
        List<Event> mine = new ArrayList<>();
        store.readMember(new MemberId(0), mine::add);
        assertThat(mine)
                .as("whoever made what was lost, but lacks nothing")
                .filteredOn(Event.CheckpointsLost.class::isInstance)
                .containsExactly(copied);
        assertThat(mine).filteredOn(event -> event.subject().isPresent()).hasSize(4);
        mine.clear();
        store.readMember(new MemberId(1), mine::add);
        assertThat(mine)
                .as("whoever was stranded, and whoever copied what was lost")
                .filteredOn(Event.CheckpointsLost.class::isInstance)
                .hasSize(2);
        assertThat(mine).filteredOn(event -> event.subject().isPresent()).hasSize(4);
        mine.clear();
        store.readMember(new MemberId(2), mine::add);
        assertThat(mine)
                .filteredOn(Event.CheckpointsLost.class::isInstance)
                .hasSize(1)
                .doesNotContain(copied);
    }

    @Test
    void findsTheLosses() {
        store.append(SampleEvents.all());
        List<Event> losses = new ArrayList<>();
        store.readLosses(losses::add);
        assertThat(losses)
                .isEqualTo(SampleEvents.all().stream()
                        .filter(Event.CheckpointsLost.class::isInstance)
                        .toList())
                .hasSize(1);
    }

    @Test
    void syncsFromAnotherThreadWhileEventsAreAppended() {
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> syncing = CompletableFuture.runAsync(() -> {
            for (boolean last = false; !last; ) {
                last = done.get();
                store.sync();
            }
        });
        for (int i = 0; i < 500; i++) {
            store.append(SampleEvents.interval(i));
        }
        done.set(true);
        syncing.join();
        assertThat(log()).isEqualTo(intervals(500));
    }

    @Test
    void mayBeClosedTwice() {
        store.append(SampleEvents.all());
        store.close();
        store.close();
    }

    private List<Event> log() {
        List<Event> events = new ArrayList<>();
        store.read(events::add);
        return events;
    }

    private static List<Event> intervals(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.addAll(SampleEvents.interval(i));
        }
        return events;
    }
}
