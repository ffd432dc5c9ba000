package org.evolvent.core.decision;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named facts that a decision rests on, in the order in which a person would want to read them. Immutable.
 *
 * @param facts values are {@code Long}, finite {@code Double}, {@code String}, {@code Boolean}, or a list of these
 */
public record Evidence(Map<String, Object> facts) {
    /** No facts. */
    public static final Evidence NONE = new Evidence(Map.of());

    public Evidence {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Returns evidence of several facts.
     *
     * @param namesAndFacts a name, its fact, the next name, its fact, and so on; facts as in {@link #with}
     */
    public static Evidence of(Object... namesAndFacts) {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFacts.length; i += 2) {
            facts.put((String) namesAndFacts[i], normal(namesAndFacts[i + 1]));
        }
        return new Evidence(facts);
    }

    /** Returns this evidence with one more fact; an {@code int} is widened, a non-finite number becomes its name. */
    public Evidence with(String name, Object fact) {
        Map<String, Object> more = new LinkedHashMap<>(facts);
        more.put(name, normal(fact));
        return new Evidence(more);
    }

    private static Object normal(Object fact) {
        if (fact instanceof Integer number) {
            return number.longValue();
        }
        if (fact instanceof Double number) {
            return Double.isFinite(number) ? number : number.toString();
        }
        if (fact instanceof List<?> list) {
            return list.stream().map(Evidence::normal).toList();
        }
        if (fact instanceof Long || fact instanceof String || fact instanceof Boolean) {
            return fact;
        }
        throw new IllegalArgumentException("A fact is a %s but must be a number, a text, true, false or a list of these"
                .formatted(fact.getClass().getSimpleName()));
    }
}
