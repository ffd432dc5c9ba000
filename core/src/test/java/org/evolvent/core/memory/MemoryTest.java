package org.evolvent.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void whatGoesInComesOut() {
        Memory inner = Memory.NONE.with("text", "a");
        Memory memory = Memory.NONE
                .with("int", 7)
                .with("long", 1L << 40)
                .with("real", 0.5)
                .with("reals", List.of(1.5, Double.NaN, Double.NEGATIVE_INFINITY))
                .with("lists", List.of(List.of(1.0), List.of(), List.of(2.0, Double.POSITIVE_INFINITY)))
                .with("infinite", Double.POSITIVE_INFINITY)
                .with("flag", true)
                .with("not", false)
                .with("member", 3)
                .with("inner", inner)
                .with("inners", List.of(inner, Memory.NONE));
        for (Memory each : List.of(memory, Memory.of(memory.values()))) {
            assertThat(each.integer("int")).isEqualTo(7);
            assertThat(each.number("long")).isEqualTo(1L << 40);
            assertThat(each.real("real")).isEqualTo(0.5);
            assertThat(each.reals("reals")).containsExactly(1.5, Double.NaN, Double.NEGATIVE_INFINITY);
            assertThat(each.lists("lists"))
                    .containsExactly(List.of(1.0), List.of(), List.of(2.0, Double.POSITIVE_INFINITY));
            assertThat(each.real("infinite")).isInfinite();
            assertThat(each.flag("flag")).isTrue();
            assertThat(each.flag("not")).isFalse();
            assertThat(each.member("member")).isEqualTo(new MemberId(3));
            assertThat(each.memory("inner")).isEqualTo(inner);
            assertThat(each.memory("inner").text("text")).isEqualTo("a");
            assertThat(each.memories("inners")).containsExactly(inner, Memory.NONE);
            assertThat(each).isEqualTo(memory).hasSameHashCodeAs(memory).hasToString(memory.toString());
        }
        assertThat(memory.values().get("int")).as("as JSON would give it back").isEqualTo(7L);
        assertThat(memory.values().get("infinite")).isEqualTo("Infinity");
        assertThat(memory.toString()).contains("real=0.5", "inner={text=a}");
    }

    @Test
    void nothingIsNothing() {
        assertThat(Memory.NONE.isEmpty()).isTrue();
        assertThat(Memory.NONE.with("none", Memory.NONE)).isSameAs(Memory.NONE);
        assertThat(Memory.NONE.memory("none")).isSameAs(Memory.NONE);
        assertThat(Memory.NONE.has("none")).isFalse();
        Memory something = Memory.NONE.with("a", 1);
        assertThat(something.isEmpty()).isFalse();
        assertThat(something.has("a")).isTrue();
        assertThat(something).isNotEqualTo(Memory.NONE).isNotEqualTo(something.values());
        assertThat(something.hashCode()).isNotEqualTo(something.with("b", 1).hashCode());
    }

    @Test
    void membersAreRemembered() {
        PerMember<Double> each =
                PerMember.<Double>empty().with(new MemberId(2), 0.25).with(new MemberId(40), 0.5);
        Memory memory = Memory.NONE.with("weights", each, value -> Memory.NONE.with("weight", value));
        assertThat(memory.memories("weights")).hasSize(2);
        PerMember<Double> back = memory.perMember("weights", row -> row.real("weight"));
        assertThat(back.get(new MemberId(2))).contains(0.25);
        assertThat(back.get(new MemberId(40))).contains(0.5);
        assertThat(back.get(new MemberId(3))).isEmpty();
    }

    @Test
    void hyperparametersAreRemembered() {
        Hyperparameters hyperparameters = Hyperparameters.of(
                Map.of("rate", Value.of(0.5), "units", Value.of(3L), "name", Value.of("adam"), "flag", Value.of(true)));
        Memory memory = Memory.NONE.with("hyperparameters", Memory.of(hyperparameters));
        assertThat(memory.hyperparameters("hyperparameters")).isEqualTo(hyperparameters);
    }

    @Test
    void whatIsNoPlainValueIsRefused() {
        assertRefused(() -> Memory.NONE.with("at", Instant.EPOCH), "Instant");
        assertRefused(() -> Memory.NONE.with("list", List.of(1, Instant.EPOCH)), "Instant");
        Map<String, Object> nothing = new HashMap<>();
        nothing.put("a", null);
        assertRefused(() -> Memory.of(nothing), "a null");
        assertRefused(() -> Memory.NONE.with("list", Arrays.asList(1, null)), "a null");
    }

    @Test
    void whatIsMissingOrOfAnotherTypeIsNamed() {
        Memory memory = Memory.NONE
                .with("text", "a")
                .with("finite", "1.5")
                .with("large", 1L << 40)
                .with("list", List.of("NaN", true))
                .with("texts", List.of("a"));
        assertRefused(() -> memory.number("text"), "'text'", "must be a Long");
        assertRefused(() -> memory.number("none"), "'none' is null");
        assertRefused(() -> memory.text("large"), "'large'", "must be a String");
        assertRefused(() -> memory.flag("text"), "must be a Boolean");
        assertRefused(() -> memory.reals("text"), "must be a List");
        assertRefused(() -> memory.reals("list"), "'list' has true but must have numbers");
        assertRefused(() -> memory.real("large"), "must have numbers");
        assertRefused(() -> memory.real("finite"), "'finite' has 1.5");
        assertRefused(() -> memory.memory("text"), "'text' has a but must have maps");
        assertRefused(() -> memory.memories("texts"), "must have maps");
        assertThatThrownBy(() -> memory.integer("large")).isInstanceOf(ArithmeticException.class);
    }

    private static void assertRefused(ThrowingCallable asking, String... said) {
        assertThatThrownBy(asking).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(said);
    }

    @Test
    void valuesCannotBeChanged() {
        Memory memory = Memory.NONE.with("a", 1);
        assertThatThrownBy(() -> memory.values().put("b", 2)).isInstanceOf(UnsupportedOperationException.class);
        memory.with("b", 2);
        assertThat(memory.has("b")).isFalse();
    }

    /** What a user's operator may look like. */
    interface Observer {
        default void observe(String result) {}

        default void decide() {}
    }

    /** Observes, and does not say what it makes of it. */
    public static final class Secretive implements Observer {
        @Override
        public void observe(String result) {
            // It writes it down somewhere.
        }
    }

    /** Observes nothing. */
    public static final class Stateless implements Observer {
        @Override
        public void decide() {
            // Whatever comes to mind.
        }
    }

    @Test
    void whoDoesNotObserveRemembersNothing() {
        assertThat(Memory.ofStateless(new Stateless(), Observer.class)).contains(Memory.NONE);
        assertThat(Memory.ofStateless(new Secretive(), Observer.class)).isEmpty();
    }

    @Test
    void whoRemembersNothingIsToRememberNothing() {
        Memory.NONE.requireNothing(Perturb.standard());
        assertRefused(() -> Memory.NONE.with("trust", 1).requireNothing(Perturb.standard()), "Perturb", "[trust]");
    }
}
