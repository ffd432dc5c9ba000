package org.evolvent.cli.study;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.option.Options;
import org.evolvent.core.strategy.Strategies;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.trainer.explore.ProgramExplore;

/**
 * Operators and strategies that the user wrote: classes under the key {@code java}, and programs that explore under {@code command}.
 * Belongs to one reading of a study file.
 */
final class OwnOperators {
    private final List<String> classpath;
    private final Path directory;
    private final List<ProgramExplore> programs = new ArrayList<>();
    private Optional<UserClasses> classes = Optional.empty();

    /**
     * Finds nothing yet.
     *
     * @param classpath where classes are
     * @param directory where relative paths begin and programs run
     */
    OwnOperators(List<String> classpath, Path directory) {
        this.classpath = classpath;
        this.directory = directory;
    }

    /** Returns the strategy that a section describes; its options as for {@link Strategies#strategy}. */
    Strategy strategy(Map<String, Object> section) {
        return Strategies.builtIn()
                .withExploit("java", options -> make(options, Exploit.class))
                .withExplore("java", options -> make(options, Explore.class))
                .withStrategy("java", options -> make(options, Strategy.class))
                .withExplore("command", this::program)
                .strategy(withWords(section));
    }

    /** Returns the programs that the strategy asks; nothing has been started. */
    List<ProgramExplore> programs() {
        return List.copyOf(programs);
    }

    /** {@code java: a.B} is {@code java: {a.B: {}}}: what stands below the name are the options of the class. */
    private <T> T make(Options options, Class<T> type) {
        if (options.keys().size() != 1) {
            throw new IllegalArgumentException(
                    "It has %s but must have the name of one class".formatted(options.keys()));
        }
        String name = options.keys().iterator().next();
        return options.only(Map.of(name, own -> {
            UserClasses found = classes.orElseGet(() -> UserClasses.of("strategy.classpath", classpath, directory));
            classes = Optional.of(found);
            return found.make("The class", name, type, Optional.of(own));
        }));
    }

    private Explore program(Options options) {
        double seconds = options.real("seconds", ProgramExplore.DEFAULT_LIMIT.toSeconds());
        if (!(seconds > 0 && seconds <= 86_400)) {
            throw new IllegalArgumentException(
                    "The seconds for an answer are %s but must be above 0 and at most 86400".formatted(seconds));
        }
        ProgramExplore program = new ProgramExplore(
                options.texts("words", List.of()),
                directory,
                Duration.ofMillis(Math.max(1, Math.round(1000 * seconds))));
        programs.add(program);
        return program;
    }

    /** {@code command: [a, b]} is {@code command: {words: [a, b]}}. */
    private static Map<String, Object> withWords(Map<String, Object> section) {
        if (section.get("explore") instanceof Map<?, ?> explore && explore.get("command") instanceof List<?> words) {
            Map<Object, Object> spelled = new LinkedHashMap<>(explore);
            spelled.put(
                    "command",
                    Map.of("words", words.stream().map(String::valueOf).toList()));
            Map<String, Object> changed = new LinkedHashMap<>(section);
            changed.put("explore", spelled);
            return changed;
        }
        return section;
    }
}
