package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Values of choices that are neither a number nor a text. */
class JsonValueTest {
    @Test
    void numbersInsideHaveOneTypeEach() {
        assertThat(Value.of(List.of(1, 0.5f, "a"))).isEqualTo(Value.of(List.of(1L, 0.5, "a")));
        assertThat(Value.of(List.of(1))).isNotEqualTo(Value.of(List.of(1.0)));
        assertThat(Value.of(null).plain()).isNull();
        assertThat(Value.of(List.of(1)).plain()).isEqualTo(List.of(1L));
    }

    @Test
    void differentValuesHaveDifferentTexts() {
        List<Object> plain = new ArrayList<>(List.of(
                List.of(),
                Map.of(),
                List.of(1),
                List.of(1.0),
                List.of("1"),
                List.of(List.of(1)),
                List.of("a", "b"),
                List.of("a, b"),
                List.of("a\", \"b"),
                List.of("\n"),
                List.of("\\n"),
                Map.of("a", 1),
                Map.of("a", "1"),
                List.of(true),
                List.of("true"),
                Collections.singletonList(null),
                List.of("null")));
        plain.add(null);
        assertThat(plain.stream().map(Value::of).map(Value::toString))
                .doesNotHaveDuplicates()
                .contains("[\"a\", \"b\"]", "{\"a\": 1}", "null", "[\"\\u000a\"]");
    }

    @Test
    void nobodyChangesOne() {
        List<Object> list = new ArrayList<>(List.of(new ArrayList<>(List.of(1))));
        Map<String, Object> map = new LinkedHashMap<>(Map.of("a", list));
        Value value = Value.of(map);
        list.add(2);
        map.put("b", 3);
        assertThat(value).hasToString("{\"a\": [[1]]}");
    }

    @Test
    void whatIsNoJsonIsRefused() {
        Object deep = 1;
        for (int i = 0; i < 21; i++) {
            deep = List.of(deep);
        }
        Object tooDeep = deep;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Value.of(tooDeep))
                .withMessageContaining("deeper than 20 levels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Value.of(List.of(Double.NaN)))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Value.of(List.of(new Object[] {Thread.class})))
                .withMessageContaining("must be a number");
    }

    @Test
    void choicesOfAnyValue() {
        Choice layers = new Choice(
                Stream.of(null, List.of(64), List.of(64, 64), Map.of("width", 8))
                        .map(Value::of)
                        .toList(),
                true);
        assertThat(layers.contains(Value.of(List.of(64L, 64L)))).isTrue();
        assertThat(layers.contains(Value.of(List.of(64.0)))).isFalse();
        assertThat(layers.plain()).hasToString("{choice=[null, [64], [64, 64], {width=8}], ordered=true}");
    }
}
