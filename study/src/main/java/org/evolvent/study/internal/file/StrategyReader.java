package org.evolvent.study.internal.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.option.Need;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.study.internal.operators.OwnOperators;
import org.evolvent.study.spec.Problem;
import org.evolvent.study.spec.StrategySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.evolvent.trainer.internal.explore.ProgramExplore;

/** Reads {@code strategy}: finds the places of what {@link Catalogue} complains about. */
final class StrategyReader {
    private static final String CLASSPATH = "classpath";

    /** A strategy, what it is made from, the programs that it asks, and the names of what was not loaded. */
    record Read(Strategy strategy, StrategySpec spec, List<ProgramExplore> programs, List<String> unloaded) {}

    private StrategyReader() {}

    /**
     * Returns the strategy, the default when there is none; empty when it has a problem.
     *
     * @param trainer whose class path also holds the strategy's own classes, unless the strategy names another
     * @param loading whether its own classes are loaded
     */
    static Optional<Read> strategy(Fields study, Optional<TrainerSpec> trainer, boolean loading) {
        Optional<Tree> tree = study.take("strategy");
        if (tree.isEmpty()) {
            return Optional.of(
                    new Read(Catalogue.builtIn().strategy(Map.of()), StrategySpec.standard(), List.of(), List.of()));
        }
        Tree section = tree.get();
        if (!(section instanceof Tree.Mapping mapping)) {
            study.problems().add(Fields.wrong(section, "a mapping such as {exploit: {truncation: {fraction: 0.2}}}"));
            return Optional.empty();
        }
        Optional<List<String>> classpath = classpath(mapping, study.problems());
        OwnOperators own = new OwnOperators(
                classpath.orElseGet(
                        () -> trainer.orElse(null) instanceof TrainerSpec.InJvm inJvm ? inJvm.classpath() : List.of()),
                trainer.map(TrainerSpec::directory).orElse(Path.of("/")),
                loading);
        try {
            Catalogue.Reading read = own.read(mapping.without(CLASSPATH).plain());
            return Optional.of(new Read(
                    read.strategy(), new StrategySpec(read.options(), classpath), own.programs(), own.unloaded()));
        } catch (OptionException e) {
            Tree culprit = find(mapping, e.path());
            String name =
                    mapping.path() + e.path().stream().map(key -> "." + key).reduce("", String::concat);
            study.problems().add(new Problem(culprit.place(), e.of(name)));
            return Optional.empty();
        }
    }

    private static Optional<List<String>> classpath(Tree.Mapping strategy, List<Problem> problems) {
        Tree written = strategy.fields().get(CLASSPATH);
        if (written == null) {
            return Optional.empty();
        }
        if (written instanceof Tree.Listing listing
                && listing.items().stream().allMatch(item -> item.plain() instanceof String)) {
            return Optional.of(listing.items().stream()
                    .map(item -> String.valueOf(item.plain()))
                    .toList());
        }
        problems.add(Fields.wrong(written, "a list of texts such as [target/classes, \"lib/*.jar\"]"));
        return Optional.empty();
    }

    /** Returns what a study lacks without which its strategy would do nothing, each with its place. */
    static List<Problem> unmet(Fields study, Strategy strategy, int population, long intervals) {
        Optional<Tree> section = study.take("strategy");
        List<Problem> unmet = new ArrayList<>();
        for (Need need : strategy.needs()) {
            if (section.isPresent() && !need.isMet(population, intervals)) {
                Tree culprit = named(section.get(), need.option()).orElse(section.get());
                unmet.add(new Problem(
                        culprit.place(), "%s %s".formatted(culprit.path(), need.missing(population, intervals))));
            }
        }
        return unmet;
    }

    /** Returns the first value under a key, at any depth. */
    private static Optional<Tree> named(Tree tree, String key) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            return Optional.empty();
        }
        Tree found = mapping.fields().get(key);
        return found != null
                ? Optional.of(found)
                : mapping.fields().values().stream()
                        .flatMap(inner -> named(inner, key).stream())
                        .findFirst();
    }

    /** Returns the deepest value on a path that is there. */
    private static Tree find(Tree start, List<String> path) {
        Tree found = start;
        for (String key : path) {
            Optional<Tree> next = Optional.empty();
            if (found instanceof Tree.Mapping mapping) {
                Map<String, Tree> fields = mapping.fields();
                next = Optional.ofNullable(fields.get(key));
            } else if (found instanceof Tree.Listing listing && key.matches("\\d{1,6}")) {
                next = listing.items().stream().skip(Long.parseLong(key)).findFirst();
            }
            if (next.isEmpty()) {
                return found;
            }
            found = next.get();
        }
        return found;
    }
}
