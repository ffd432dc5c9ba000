package org.evolvent.core.internal.audit;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;

/** Every way to tell one lie about an event: each field, down to the last one, has another value. */
final class Lies {
    /**
     * A lie.
     *
     * @param field the path of the field, such as {@code IntervalFinished.attempt.steps}
     * @param told the event as the lie has it
     */
    record Lie(String field, Event told) {}

    private record Other(String path, Object value) {}

    private Lies() {}

    static List<Lie> about(Event event) {
        List<Lie> lies = new ArrayList<>();
        for (Other other : others(event)) {
            lies.add(new Lie(event.getClass().getSimpleName() + other.path(), (Event) other.value()));
        }
        return lies;
    }

    private static List<Other> others(Object value) {
        List<Other> others = new ArrayList<>();
        if (value instanceof Integer number) {
            others.add(new Other("", number + 1));
        } else if (value instanceof Long number) {
            others.add(new Other("", number + 1));
        } else if (value instanceof Double number) {
            others.add(new Other("", Double.isNaN(number) ? 0.5 : number + 0.5));
        } else if (value instanceof String text) {
            others.add(new Other("", text + "x"));
        } else if (value instanceof Boolean flag) {
            others.add(new Other("", !flag));
        } else if (value instanceof Instant instant) {
            others.add(new Other("", instant.plusSeconds(1)));
        } else if (value instanceof Duration duration) {
            others.add(new Other("", duration.plusSeconds(1)));
        } else if (value instanceof Enum<?> word) {
            for (Object each : word.getDeclaringClass().getEnumConstants()) {
                if (each != word) {
                    others.add(new Other("", each));
                }
            }
        } else if (value instanceof CheckpointId) {
            others.add(new Other("", new CheckpointId("0123456789abcdef")));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> {
                others.add(new Other("", Optional.empty()));
                others(inner).forEach(other -> others.add(new Other(other.path(), Optional.of(other.value()))));
            });
            if (optional.isEmpty()) {
                others.add(new Other(
                        "",
                        Optional.of(new CheckpointRef(new MemberId(0), 0, 10, new CheckpointId("0123456789abcdef")))));
            }
        } else if (value instanceof List<?> list) {
            lists(list, others);
        } else if (value instanceof Map<?, ?> map) {
            maps(map, others);
        } else if (value instanceof Hyperparameters hyperparameters) {
            hyperparameters.values().forEach((name, inner) -> {
                for (Other other : others(inner)) {
                    others.add(new Other("." + name, hyperparameters.with(name, (Value) other.value())));
                }
                others.add(new Other("." + name + ":type", hyperparameters.with(name, anotherType(inner))));
            });
        } else if (value instanceof Evidence evidence) {
            others.add(new Other("+", evidence.with("more", 1)));
            maps(evidence.facts(), others, facts -> Evidence.of(facts));
        } else {
            records(value, others);
        }
        return others;
    }

    private static Value anotherType(Value value) {
        return value instanceof Value.Int integer
                ? new Value.Real(integer.value())
                : new Value.Text(value.toString() + " ");
    }

    private static void lists(List<?> list, List<Other> others) {
        if (!list.isEmpty()) {
            others.add(new Other("-", List.copyOf(list.subList(0, list.size() - 1))));
        }
        for (int i = 0; i < list.size(); i++) {
            for (Other other : others(list.get(i))) {
                List<Object> changed = new ArrayList<>(list);
                changed.set(i, other.value());
                others.add(new Other("[]" + other.path(), changed));
            }
        }
    }

    private static void maps(Map<?, ?> map, List<Other> others) {
        maps(map, others, changed -> changed);
    }

    private static void maps(
            Map<?, ?> map, List<Other> others, java.util.function.Function<Map<String, Object>, Object> made) {
        map.forEach((key, value) -> {
            for (Other other : others(value)) {
                Map<String, Object> changed = new LinkedHashMap<>();
                map.forEach((k, v) -> changed.put(String.valueOf(k), v));
                changed.put(String.valueOf(key), other.value());
                others.add(new Other("." + key, made.apply(changed)));
            }
        });
    }

    private static void records(Object value, List<Other> others) {
        try {
            RecordComponent[] components = value.getClass().getRecordComponents();
            Class<?>[] types = new Class<?>[components.length];
            Object[] fields = new Object[components.length];
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                components[i].getAccessor().setAccessible(true);
                fields[i] = components[i].getAccessor().invoke(value);
            }
            var constructor = value.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            for (int i = 0; i < fields.length; i++) {
                for (Other other : others(fields[i])) {
                    Object[] changed = fields.clone();
                    changed[i] = other.value();
                    others.add(
                            new Other("." + components[i].getName() + other.path(), constructor.newInstance(changed)));
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No other value of " + value, e);
        }
        if (value instanceof Decision decision && !(value instanceof Decision.Stop)) {
            others.add(new Other(":kind", new Decision.Stop(decision.reason(), decision.evidence())));
        }
    }
}
