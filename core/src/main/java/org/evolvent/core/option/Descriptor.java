package org.evolvent.core.option;

import java.util.List;
import java.util.function.Function;

/**
 * What there is to know about an operator or a strategy before there is one: the one place where its name, its options and its origin are
 * said. Parser, messages, schema and manual are made from it.
 *
 * @param name its key in a study file, in lower case with underscores
 * @param meaning what it does, in a sentence
 * @param source where it comes from, or empty
 * @param deviations in what it differs from its source, in sentences; empty when in nothing
 * @param options what can be said about it; empty for one that asks for its options itself
 * @param needed options of which at least one must be given; empty when all have a sensible default
 * @param maker makes it from options, which are of these types
 * @param <T> exploit operators, explore operators or strategies
 */
public record Descriptor<T>(
        String name,
        String meaning,
        String source,
        String deviations,
        List<Option<?>> options,
        List<Option<?>> needed,
        Function<Options, T> maker) {
    public Descriptor {
        options = List.copyOf(options);
        needed = List.copyOf(needed);
    }

    /** Describes one that comes with Evolvent. */
    public static <T> Descriptor<T> of(
            String name, String meaning, String source, List<Option<?>> options, Function<Options, T> maker) {
        return new Descriptor<>(name, meaning, source, "", options, List.of(), maker);
    }

    /** Describes one of somebody's own, which asks for its options itself. */
    public static <T> Descriptor<T> own(String name, Function<Options, T> maker) {
        return of(name, "An operator of your own.", "", List.of(), maker);
    }

    /** Returns the same, with what differs from the source. */
    public Descriptor<T> deviating(String sentences) {
        return new Descriptor<>(name, meaning, source, sentences, options, needed, maker);
    }

    /** Returns the same, of whose options at least one of these must be given. */
    public Descriptor<T> needing(Option<?>... oneOf) {
        return new Descriptor<>(name, meaning, source, deviations, options, List.of(oneOf), maker);
    }
}
