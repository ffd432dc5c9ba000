package org.evolvent.study.internal.operators;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.option.Options;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.trainer.internal.explore.ProgramExplore;

/**
 * Operators and strategies that the user wrote: classes under the key {@code java}, and programs that explore under {@code command}.
 * Where a study is only looked at, nothing is loaded and {@link Unloaded} has what stands for each. Belongs to one reading of a study file.
 */
public final class OwnOperators {
    private static final Option<Double> SECONDS = new Option<>(
            "seconds",
            OptionType.realAbove(0, 86_400),
            (double) ProgramExplore.DEFAULT_LIMIT.toSeconds(),
            "the time for an answer");
    private static final String JAVA = "java";

    private final List<String> classpath;
    private final Path directory;
    private final boolean loading;
    private final List<ProgramExplore> programs = new ArrayList<>();
    private final List<String> unloaded = new ArrayList<>();
    private Optional<UserClasses> classes = Optional.empty();

    /**
     * Finds nothing yet.
     *
     * @param classpath where classes are
     * @param directory where relative paths begin and programs run
     * @param loading whether classes are loaded; false to look at a study, whoever wrote it
     */
    public OwnOperators(List<String> classpath, Path directory, boolean loading) {
        this.classpath = classpath;
        this.directory = directory;
        this.loading = loading;
    }

    /** Returns what reads options without loading anything. */
    public static OwnOperators unloading() {
        return new OwnOperators(List.of(), Path.of("/"), false);
    }

    /** Returns the strategy that a section describes; its options as for {@link Catalogue#read}. */
    public Catalogue.Reading read(Map<String, Object> section) {
        return Catalogue.builtIn()
                .withExploit(Descriptor.own(JAVA, options -> make(options, Exploit.class, Unloaded.AnExploit::new)))
                .withExplore(Descriptor.own(JAVA, options -> make(options, Explore.class, Unloaded.AnExplore::new)))
                .withStrategy(Descriptor.own(JAVA, options -> make(options, Strategy.class, Unloaded.AStrategy::new)))
                .withExplore(Descriptor.own("command", this::program))
                .read(withWords(section));
    }

    /** Returns the programs that the strategy asks; nothing has been started. */
    public List<ProgramExplore> programs() {
        return List.copyOf(programs);
    }

    /** Returns the names of what was not loaded. */
    public List<String> unloaded() {
        return List.copyOf(unloaded);
    }

    /** {@code java: a.B} is {@code java: {a.B: {}}}: what stands below the name are the options of the class. */
    private <T> T make(Options options, Class<T> type, Function<String, T> stand) {
        if (options.keys().size() != 1) {
            throw new IllegalArgumentException(
                    "It has %s but must have the name of one class".formatted(options.keys()));
        }
        String name = options.keys().iterator().next();
        return options.only(Map.of(name, own -> {
            if (!loading) {
                own.takeAll(); // What the class would ask for is its own business.
                unloaded.add(name);
                return stand.apply(name);
            }
            UserClasses found = classes.orElseGet(() -> UserClasses.of("strategy.classpath", classpath, directory));
            classes = Optional.of(found);
            return found.make("The class", name, type, Optional.of(own));
        }));
    }

    private Explore program(Options options) {
        double seconds = options.get(SECONDS);
        ProgramExplore program = new ProgramExplore(
                options.texts("words", List.of()),
                directory,
                Duration.ofMillis(Math.max(1, Math.round(1000 * seconds))));
        if (!loading) {
            String words = String.join(" ", program.command());
            unloaded.add(words);
            return new Unloaded.AnExplore(words);
        }
        programs.add(program);
        return program;
    }

    /** {@code command: [a, b]} is {@code command: {words: [a, b]}}, also of what follows another operator. */
    private static Map<String, Object> withWords(Map<String, Object> section) {
        Map<String, Object> spelled = new LinkedHashMap<>(section);
        for (String key : List.of("explore", "then")) {
            if (section.get(key) instanceof Map<?, ?> explore) {
                Map<String, Object> inner = new LinkedHashMap<>();
                explore.forEach((name, value) -> inner.put(String.valueOf(name), value));
                spelled.put(key, withWords(inner));
            }
        }
        if (section.get("command") instanceof List<?> words) {
            spelled.put(
                    "command",
                    Map.of("words", words.stream().map(String::valueOf).toList()));
        }
        return spelled;
    }
}
