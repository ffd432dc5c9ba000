package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.random.RandomStream;
import org.junit.jupiter.api.Test;

class HyperparametersTest {
    private static final SearchSpace SPACE = new SearchSpace(List.of(
            new Parameter("rate", new Reals(1e-5, 1, Scale.LOG), false),
            new Parameter("size", new Ints(1, 9, Scale.LINEAR), false),
            new Parameter("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false), true),
            new Parameter("nesterov", Choice.flag(), false)));

    private final Hyperparameters some = SPACE.sample(new RandomStream(1));

    @Test
    void valuesKeepTheOrderOfTheSpace() {
        assertThat(some.values().keySet()).containsExactly("rate", "size", "optimizer", "nesterov");
        assertThat(some.with("rate", Value.of(0.5)).values().keySet())
                .containsExactly("rate", "size", "optimizer", "nesterov");
    }

    @Test
    void aSpaceContainsWhatItDrawsAndNothingElse() {
        assertThat(SPACE.contains(some)).isTrue();
        assertThat(SPACE.contains(some.with("rate", Value.of(2.0)))).isFalse();
        assertThat(SPACE.contains(some.with("size", Value.of(1.0)))).isFalse();
        Map<String, Value> values = new LinkedHashMap<>(some.values());
        values.put("more", Value.of(1));
        assertThat(SPACE.contains(Hyperparameters.of(values))).isFalse();
        values.remove("rate");
        assertThat(SPACE.contains(Hyperparameters.of(values))).isFalse();
    }

    @Test
    void gettersConvertOnlyWhatIsExact() {
        Hyperparameters mixed = Hyperparameters.of(Map.of(
                "real",
                Value.of(0.5),
                "int",
                Value.of(3),
                "long",
                Value.of(1L << 40),
                "text",
                Value.of("t"),
                "flag",
                Value.of(true)));
        assertThat(mixed.real("real")).isEqualTo(0.5);
        assertThat(mixed.real("int")).isEqualTo(3);
        assertThat(mixed.integer("int")).isEqualTo(3);
        assertThat(mixed.text("text")).isEqualTo("t");
        assertThat(mixed.flag("flag")).isTrue();
        refused(() -> mixed.integer("long"), "'long'", "32-bit");
        refused(() -> mixed.integer("real"), "'real'", "0.5");
        refused(() -> mixed.real("text"), "'text'", "a number");
        refused(() -> mixed.text("flag"), "'flag'", "a text");
        refused(() -> mixed.flag("int"), "'int'", "true or false");
        refused(() -> mixed.get("none"), "'none'", "Maybe");
        refused(() -> mixed.with("none", Value.of(1)), "'none'");
    }

    @Test
    void theyAreValues() {
        Map<String, Value> source = new LinkedHashMap<>(some.values());
        Hyperparameters copy = Hyperparameters.of(source);
        source.clear();
        assertThat(copy).isEqualTo(some).hasSameHashCodeAs(some).hasToString(some.toString());
        assertThat(copy.with("size", Value.of(1)).with("size", Value.of(2)))
                .isNotEqualTo(copy.with("size", Value.of(1)));
        assertThat(copy).isEqualTo(some).isNotEqualTo(some.values());
    }

    @Test
    void valuesComeFromPlainObjectsAndGoBack() {
        for (Object plain : List.of(0.5, 7L, "text", true)) {
            Value value = Value.of(plain);
            assertThat(value.plain()).isEqualTo(plain);
            assertThat(value).hasToString(plain.toString());
        }
        assertThat(Value.of(7)).isEqualTo(new Value.Int(7));
        assertThat(Value.of(0.5f)).isEqualTo(new Value.Real(0.5));
        refused(() -> Value.of(Double.NaN), "NaN");
        refused(() -> Value.of('c'), "Character");
    }

    @Test
    void plainValuesComeInTheOrderOfTheSpaceAndGoBack() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("z", 0.5);
        plain.put("a", 7L);
        plain.put("m", "text");
        plain.put("b", true);
        Hyperparameters typed = Hyperparameters.ofPlain(plain);
        assertThat(typed.get("a")).isEqualTo(Value.of(7));
        assertThat(typed.plain()).isEqualTo(plain);
        assertThat(typed.plain().keySet()).containsExactly("z", "a", "m", "b");
        refused(() -> Hyperparameters.ofPlain(Map.of("x", Thread.class)), "must be a number");
    }

    private static void refused(Runnable access, String... mentioned) {
        assertThatIllegalArgumentException()
                .isThrownBy(access::run)
                .satisfies(e -> assertThat(e.getMessage()).contains(mentioned));
    }
}
