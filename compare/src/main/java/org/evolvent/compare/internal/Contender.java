package org.evolvent.compare.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.words.Suggestion;
import org.evolvent.core.option.Need;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.study.internal.file.Setting;
import tools.jackson.databind.json.JsonMapper;

/**
 * A strategy under the name that it has in a comparison. Immutable.
 *
 * @param name letters, digits, {@code _}, {@code -} and {@code .}; names a directory
 * @param options as under {@code strategy} in a study file
 */
public record Contender(String name, Map<String, ?> options) {
    /** PBT as the study file composes it. */
    static final String PBT = "pbt";

    private static final String RANDOM = "random_search";

    private static final Map<String, Object> NOTHING = Map.of("exploit", "none", "explore", "none");

    private static final Map<String, Map<String, ?>> ABLATIONS = ablations();

    public Contender {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")) {
            throw new CompareException(
                    "The strategy's name is '%s' but must be at most 100 letters, digits, '_', '-' and '.'"
                            .formatted(name));
        }
    }

    private static Map<String, Map<String, ?>> ablations() {
        Map<String, Map<String, ?>> ablations = new LinkedHashMap<>();
        ablations.put(PBT, Map.of());
        ablations.put("exploit_only", Map.of("explore", "none"));
        ablations.put("explore_only", Map.of("copy", "nothing"));
        return ablations;
    }

    /** Returns every name that {@link #named} knows. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(ABLATIONS.keySet());
        names.addAll(Catalogue.builtIn().strategyNames());
        return names;
    }

    /**
     * Returns a strategy by its name. What a study file says about it holds: {@code pbt} is what the file composes, the ablations leave
     * something out of that, and a strategy that the file names keeps the file's options.
     *
     * @param own the options of the study file's strategy; empty when it has none
     */
    static Contender named(String name, Map<String, ?> own) {
        boolean composed = Catalogue.isComposed(own);
        if (ABLATIONS.containsKey(name)) {
            Map<String, Object> options = new LinkedHashMap<>(composed ? own : Map.of());
            options.putAll(ABLATIONS.getOrDefault(name, Map.of()));
            return new Contender(name, options);
        }
        if (!Catalogue.builtIn().strategyNames().contains(name)) {
            throw new CompareException("A strategy is '%s' but must be one of %s%s"
                    .formatted(name, String.join(", ", names()), Suggestion.maybe(name, names())));
        }
        return new Contender(name, !composed && own.containsKey(name) ? own : Map.of(name, Map.of()));
    }

    /** Returns the strategy of a study file itself. */
    static Contender own(Map<String, ?> options) {
        return new Contender(nameOf(options), options);
    }

    /**
     * Returns the strategies of a command line.
     *
     * @param names as for {@link #named}
     * @param described {@code NAME=YAML} each
     * @param own the options of the study file's strategy; with random search they are what is compared when nobody says anything
     * @throws CompareException when a name is unknown or there twice
     */
    public static List<Contender> all(List<String> names, List<String> described, Map<String, ?> own) {
        List<Contender> all = new ArrayList<>();
        names.forEach(name -> all.add(named(name.strip(), own)));
        described.forEach(text -> all.add(described(text)));
        if (all.isEmpty()) {
            all.addAll(byDefault(own));
        }
        requireDifferentNames(all);
        return all;
    }

    private static Contender described(String text) {
        int at = text.indexOf('=');
        if (at < 1) {
            throw new CompareException(
                    "--strategy is '%s' but must be NAME=YAML, such as 'greedy={exploit: {truncation: {fraction: 0.5}}}'.%s"
                            .formatted(text, names().contains(text) ? "\nMaybe --strategies " + text + "?" : ""));
        }
        return new Contender(
                text.substring(0, at).strip(), Setting.options("--strategy " + text, text.substring(at + 1)));
    }

    /** Requires that no two have the same name, which would be the same directory. */
    public static void requireDifferentNames(List<Contender> contenders) {
        Set<String> seen = new LinkedHashSet<>();
        for (Contender contender : contenders) {
            if (!seen.add(contender.name())) {
                throw new CompareException(
                        "Two strategies are named '%s' but each needs a name of its own.\nMaybe --strategy NAME=YAML gives one?"
                                .formatted(contender.name()));
            }
        }
    }

    /** Returns what is compared when nobody says it: the study's own strategy with random search. */
    private static List<Contender> byDefault(Map<String, ?> own) {
        List<Contender> both = new ArrayList<>(List.of(own(own)));
        if (!both.get(0).name().equals(RANDOM)) {
            both.add(named(RANDOM, own));
        }
        return both;
    }

    /** Returns a short name for options. */
    static String nameOf(Map<String, ?> options) {
        if (!Catalogue.isComposed(options)) {
            return options.keySet().iterator().next();
        }
        return options.equals(NOTHING)
                        || options.equals(Catalogue.builtIn().read(NOTHING).options())
                ? RANDOM
                : PBT;
    }

    /**
     * Returns the strategy itself, which must be one that comes with Evolvent.
     *
     * @throws CompareException when the options describe none
     */
    public Strategy strategy() {
        try {
            return Catalogue.builtIn().strategy(options);
        } catch (OptionException e) {
            throw new CompareException("The strategy '%s': %s".formatted(name, e.of(String.join(".", e.path()))));
        }
    }

    /**
     * Requires that terms have what the strategy needs to do anything.
     *
     * @throws CompareException when they have not, or the options describe no strategy that comes with Evolvent
     */
    public void requireStartable(ComparisonSettings terms) {
        Strategy strategy = strategy();
        int members = terms.members(strategy);
        for (Need need : strategy.needs()) {
            if (!need.isMet(members, terms.intervals())) {
                throw new CompareException(
                        "The strategy '%s' %s".formatted(name, need.missing(members, terms.intervals())));
            }
        }
    }

    /**
     * Returns the setting that puts this strategy into a study file.
     *
     * @param classpath where the file has classes of its own, unless the options say it
     */
    Setting setting(Optional<List<String>> classpath) {
        Map<String, Object> section = new LinkedHashMap<>(options);
        classpath.ifPresent(patterns -> section.putIfAbsent("classpath", patterns));
        // JSON is YAML.
        return new Setting(
                "strategy '%s'".formatted(name), "strategy", JsonMapper.shared().writeValueAsString(section));
    }
}
