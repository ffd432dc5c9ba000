package org.evolvent.cli.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.exploit.Truncation;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategies;
import org.evolvent.core.strategy.Strategy;
import org.evolvent.trainer.explore.ProgramExplore;

/** Reads {@code strategy}: finds the places of what {@link Strategies} complains about. */
final class StrategyReader {
    private static final String CLASSPATH = "classpath";
    private static final List<String> FRACTION = List.of("exploit", "truncation", "fraction");

    /** A strategy, the programs that it asks, and the names of what was not loaded. */
    record Read(Strategy strategy, List<ProgramExplore> programs, List<String> unloaded) {}

    private StrategyReader() {}

    /**
     * Returns the strategy, the paper's when there is none; empty when it has a problem.
     *
     * @param trainer whose class path also holds the strategy's own classes, unless the strategy names another
     * @param loading whether its own classes are loaded
     */
    static Optional<Read> strategy(
            Fields study, Optional<Integer> population, Optional<TrainerSpec> trainer, boolean loading) {
        Optional<Tree> tree = study.take("strategy");
        if (tree.isEmpty()) {
            return Optional.of(new Read(Pbt.standard(), List.of(), List.of()));
        }
        Tree section = tree.get();
        if (!(section instanceof Tree.Mapping mapping)) {
            study.problems().add(Fields.wrong(section, "a mapping such as {exploit: {truncation: {fraction: 0.2}}}"));
            return Optional.empty();
        }
        OwnOperators own = new OwnOperators(
                classpath(mapping, trainer, study.problems()),
                trainer.map(TrainerSpec::directory).orElse(Path.of("/")),
                loading);
        try {
            Strategy strategy = own.strategy(mapping.without(CLASSPATH).plain());
            return selectsSomebody(strategy, mapping, population, study.problems())
                    ? Optional.of(new Read(strategy, own.programs(), own.unloaded()))
                    : Optional.empty();
        } catch (OptionException e) {
            Tree culprit = find(mapping, e.path());
            String name =
                    mapping.path() + e.path().stream().map(key -> "." + key).reduce("", String::concat);
            study.problems().add(new Problem(culprit.place(), "%s: %s".formatted(name, e.getMessage())));
            return Optional.empty();
        }
    }

    private static List<String> classpath(
            Tree.Mapping strategy, Optional<TrainerSpec> trainer, List<Problem> problems) {
        Tree written = strategy.fields().get(CLASSPATH);
        if (written == null) {
            return trainer.orElse(null) instanceof TrainerSpec.InJvm inJvm ? inJvm.classpath() : List.of();
        }
        if (written instanceof Tree.Listing listing
                && listing.items().stream().allMatch(item -> item.plain() instanceof String)) {
            return listing.items().stream()
                    .map(item -> String.valueOf(item.plain()))
                    .toList();
        }
        problems.add(Fields.wrong(written, "a list of texts such as [target/classes, \"lib/*.jar\"]"));
        return List.of();
    }

    /** A fraction that somebody wrote has to mean something; the default one selects a single member of a small population. */
    private static boolean selectsSomebody(
            Strategy strategy, Tree.Mapping section, Optional<Integer> population, List<Problem> problems) {
        Tree written = find(section, FRACTION);
        boolean selects = population.isEmpty()
                || !written.path().endsWith(".fraction")
                || !(strategy instanceof Pbt pbt && pbt.exploit() instanceof Truncation truncation)
                || truncation.fraction() * population.get() >= 0.5;
        if (!selects) {
            int members = population.orElseThrow();
            problems.add(new Problem(
                    written.place(),
                    "%s is %s but must be at least %s: of %s members it would select nobody"
                            .formatted(written.path(), written.shown(), 0.5 / members, members)));
        }
        return selects;
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
