package org.evolvent.core.decision;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named facts that a decision rests on, in the order in which a person would want to read them. Immutable.
 *
 * <p>Most evidence is written and never read, and so the map is made by whoever asks for it.
 */
public final class Evidence {
    /** No facts. */
    public static final Evidence NONE = new Evidence();

    /** A name, its fact, the next name, its fact, and so on. */
    private final Object[] namesAndFacts;

    private Evidence(Object... namesAndFacts) {
        this.namesAndFacts = namesAndFacts;
    }

    /**
     * Returns evidence of several facts.
     *
     * @param namesAndFacts a name, its fact, the next name, its fact, and so on; facts as in {@link #with}
     */
    public static Evidence of(Object... namesAndFacts) {
        Object[] pairs = namesAndFacts.clone();
        for (int i = 1; i < pairs.length; i += 2) {
            pairs[i] = normal(pairs[i]);
        }
        return new Evidence(pairs);
    }

    /** Returns evidence of the facts of a map, in its order. */
    public static Evidence of(Map<String, ?> facts) {
        Object[] pairs = new Object[2 * facts.size()];
        int i = 0;
        for (Map.Entry<String, ?> fact : facts.entrySet()) {
            pairs[i++] = fact.getKey();
            pairs[i++] = normal(fact.getValue());
        }
        return new Evidence(pairs);
    }

    /** Returns the facts by name; values are {@code Long}, finite {@code Double}, {@code String}, {@code Boolean}, or a list of these. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFacts.length; i += 2) {
            facts.put((String) namesAndFacts[i], namesAndFacts[i + 1]);
        }
        return Collections.unmodifiableMap(facts);
    }

    /** Returns this evidence with one more fact; an {@code int} is widened, a non-finite number becomes its name. */
    public Evidence with(String name, Object fact) {
        Object[] more = Arrays.copyOf(namesAndFacts, namesAndFacts.length + 2);
        more[namesAndFacts.length] = name;
        more[namesAndFacts.length + 1] = normal(fact);
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
            Object[] facts = list.toArray();
            for (int i = 0; i < facts.length; i++) {
                facts[i] = normal(facts[i]);
            }
            return List.of(facts);
        }
        if (fact instanceof Long || fact instanceof String || fact instanceof Boolean) {
            return fact;
        }
        throw new IllegalArgumentException("A fact is a %s but must be a number, a text, true, false or a list of these"
                .formatted(fact.getClass().getSimpleName()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Evidence that
                && (Arrays.equals(namesAndFacts, that.namesAndFacts) || facts().equals(that.facts()));
    }

    @Override
    public int hashCode() {
        return facts().hashCode();
    }

    @Override
    public String toString() {
        return facts().toString();
    }
}
