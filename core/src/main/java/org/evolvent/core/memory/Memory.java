package org.evolvent.core.memory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.PerMember;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;

/**
 * What a strategy or an operator has made of the results and decisions that it observed, as plain values by name. Whoever remembers
 * returns from {@code memory()} all that tells it from a fresh one, and from {@code remembering(memory)}, called on a fresh one, itself:
 * from there on both must decide alike, to the last bit.
 *
 * <p>Values are {@code Long}, {@code Double}, {@code String}, {@code Boolean}, lists and maps of these; they survive as JSON. The getters
 * throw {@link IllegalArgumentException} for what is missing or of another type, naming it. Immutable.
 */
public final class Memory {
    /** Nothing. */
    public static final Memory NONE = new Memory(Map.of());

    private static final String MEMBER = "member";

    private final Map<String, Object> values;

    private Memory(Map<String, Object> values) {
        this.values = values;
    }

    /**
     * Returns the memory of an operator that does not override {@code observe}, which is none; empty for one that does, and so remembers
     * something that nobody knows.
     *
     * @param operator a strategy, an exploit or an explore operator
     * @param type the interface that declares {@code observe}
     */
    public static Optional<Memory> ofStateless(Object operator, Class<?> type) {
        boolean observes = Arrays.stream(operator.getClass().getMethods())
                .anyMatch(method -> method.getName().equals("observe")
                        && !method.getDeclaringClass().equals(type));
        return observes ? Optional.empty() : Optional.of(NONE);
    }

    /**
     * Returns the memory that {@link #values} gave, read from JSON, say.
     *
     * @throws IllegalArgumentException when anything in it is no plain value
     */
    public static Memory of(Map<String, ?> values) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((name, value) -> plain.put(name, plain(value)));
        return new Memory(plain);
    }

    /** Returns the values by name, unmodifiable; numbers that are not finite are {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}. */
    public Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }

    /** Returns whether there is nothing in it. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Throws unless this is empty, for an operator that remembers nothing. */
    public void requireNothing(Object operator) {
        if (!values.isEmpty()) {
            throw new IllegalArgumentException("%s remembers nothing but is to remember %s"
                    .formatted(operator.getClass().getSimpleName(), values.keySet()));
        }
    }

    /** Returns this and one more value; an {@code int} is widened, and a memory within a memory is left out when it is empty. */
    public Memory with(String name, Object value) {
        if (value instanceof Memory inner && inner.isEmpty()) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(name, plain(value));
        return new Memory(more);
    }

    /** Returns this and what is remembered for each member; only those count for which there is something. */
    public <T> Memory with(String name, PerMember<T> remembered, Function<T, Memory> memory) {
        List<Memory> each = new ArrayList<>();
        remembered.forEach((member, value) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put(MEMBER, (long) member.index());
            row.putAll(memory.apply(value).values);
            each.add(new Memory(row));
        });
        return with(name, each);
    }

    /** Returns what {@link #with(String, PerMember, Function)} put in. */
    public <T> PerMember<T> perMember(String name, Function<Memory, T> value) {
        PerMember<T> remembered = PerMember.empty();
        for (Memory row : memories(name)) {
            remembered = remembered.with(row.member(MEMBER), value.apply(row));
        }
        return remembered;
    }

    /** Returns hyperparameters as a memory. */
    public static Memory of(Hyperparameters hyperparameters) {
        return new Memory(hyperparameters.plain());
    }

    /** Returns a result as a memory. */
    public static Memory of(ReadyPoint point) {
        Memory memory = NONE.with(MEMBER, point.member().index())
                .with("interval", point.interval())
                .with("step", point.step())
                .with("fitness", point.fitness())
                .with("samples", point.samples())
                .with("metrics", point.metrics())
                .with("hyperparameters", of(point.hyperparameters()));
        memory = point.absences() > 0 ? memory.with("absences", point.absences()) : memory;
        memory = memory.with(point.score());
        return point.checkpoint().isPresent()
                ? memory.with("checkpoint", of(point.checkpoint().get()))
                : memory;
    }

    private static Memory of(CheckpointRef checkpoint) {
        return NONE.with(MEMBER, checkpoint.member().index())
                .with("interval", checkpoint.interval())
                .with("step", checkpoint.step())
                .with("id", checkpoint.id().digest());
    }

    /** Returns the result that {@link #of(ReadyPoint)} made this of. */
    public ReadyPoint point() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Memory all = memory("metrics");
        all.values.keySet().forEach(name -> metrics.put(name, all.real(name)));
        return new ReadyPoint(
                member(MEMBER),
                integer("interval"),
                number("step"),
                score(),
                real("fitness"),
                reals("samples"),
                metrics,
                hyperparameters("hyperparameters"),
                has("checkpoint") ? Optional.of(memory("checkpoint").checkpoint()) : Optional.empty(),
                has("absences") ? integer("absences") : 0);
    }

    /** Returns this memory with a score as well; it has room for one. */
    public Memory with(Score score) {
        if (score instanceof Score.Valid valid) {
            return with("score", valid.value());
        }
        return score instanceof Score.Invalid invalid
                ? with("invalid", invalid.reason())
                : with("absent", ((Score.Absent) score).reason());
    }

    /** Returns the score that {@link #with(Score)} put in. */
    public Score score() {
        if (has("absent")) {
            return new Score.Absent(text("absent"));
        }
        return has("invalid") ? new Score.Invalid(text("invalid")) : new Score.Valid(real("score"));
    }

    private CheckpointRef checkpoint() {
        return new CheckpointRef(member(MEMBER), integer("interval"), number("step"), new CheckpointId(text("id")));
    }

    /** Returns hyperparameters. */
    public Hyperparameters hyperparameters(String name) {
        return Hyperparameters.ofPlain(memory(name).values);
    }

    /** Returns whether there is such a value. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** Returns a member. */
    public MemberId member(String name) {
        return new MemberId(integer(name));
    }

    /** Returns an integer of 32 bits. */
    public int integer(String name) {
        return StrictMath.toIntExact(number(name));
    }

    /** Returns an integer. */
    public long number(String name) {
        return get(name, Long.class);
    }

    /** Returns a number that need not be finite. */
    public double real(String name) {
        return real(get(name, Object.class), name);
    }

    /** Returns numbers that need not be finite. */
    public List<Double> reals(String name) {
        List<Double> reals = new ArrayList<>();
        list(name).forEach(value -> reals.add(real(value, name)));
        return List.copyOf(reals);
    }

    /** Returns lists of numbers that need not be finite. */
    public List<List<Double>> lists(String name) {
        List<List<Double>> lists = new ArrayList<>();
        list(name).forEach(value -> lists.add(new Memory(Map.of(name, value)).reals(name)));
        return List.copyOf(lists);
    }

    /** Returns a text. */
    public String text(String name) {
        return get(name, String.class);
    }

    /** Returns true or false. */
    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    /** Returns a memory within this one; {@link #NONE} when there is none. */
    public Memory memory(String name) {
        return has(name) ? memory(get(name, Object.class), name) : NONE;
    }

    /** Returns a list of memories. */
    public List<Memory> memories(String name) {
        List<Memory> memories = new ArrayList<>();
        list(name).forEach(value -> memories.add(memory(value, name)));
        return memories;
    }

    private List<?> list(String name) {
        return (List<?>) get(name, List.class);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "What is remembered as '%s' is %s but must be a %s".formatted(name, value, type.getSimpleName()));
        }
        return type.cast(value);
    }

    private static double real(Object value, String name) {
        if (value instanceof Double number) {
            return number;
        }
        if (value instanceof String text && !Double.isFinite(Double.parseDouble(text))) {
            return Double.parseDouble(text);
        }
        throw new IllegalArgumentException(
                "What is remembered as '%s' has %s but must have numbers".formatted(name, value));
    }

    @SuppressWarnings("unchecked") // Nothing but plain values gets in.
    private static Memory memory(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return new Memory((Map<String, Object>) map);
        }
        throw new IllegalArgumentException(
                "What is remembered as '%s' has %s but must have maps".formatted(name, value));
    }

    private static Object plain(Object value) {
        if (value instanceof Memory inner) {
            return inner.values;
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Double number) {
            return Double.isFinite(number) ? number : number.toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Memory::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, each) -> plain.put((String) name, plain(each)));
            return plain;
        }
        if (value instanceof Long || value instanceof String || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException(
                "What is to be remembered is a %s but must be a number, a text, true, false, a list or a map of these"
                        .formatted(value == null ? "null" : value.getClass().getSimpleName()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Memory that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
