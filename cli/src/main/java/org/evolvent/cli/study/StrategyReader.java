package org.evolvent.cli.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.exploit.NoExploit;
import org.evolvent.core.exploit.Truncation;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.NoExplore;
import org.evolvent.core.explore.Perturb;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Strategy;

/** Reads {@code strategy}. What is left out is as in {@link Pbt#standard()}. */
final class StrategyReader {
    private StrategyReader() {}

    /** Returns the strategy; empty when it has a problem. */
    static Optional<Strategy> strategy(Fields study, Optional<Integer> population) {
        Optional<Tree> tree = study.take("strategy");
        if (tree.isEmpty()) {
            return Optional.of(Pbt.standard());
        }
        return Fields.of(tree.get(), "{exploit: {truncation: {fraction: 0.2}}}", study.problems())
                .flatMap(fields -> {
                    Optional<Exploit> exploit = exploit(fields, population);
                    Optional<Explore> explore = explore(fields);
                    Optional<Pbt.Copied> copied = copied(fields);
                    fields.finish();
                    return exploit.flatMap(who -> explore.flatMap(how -> copied.map(what -> new Pbt(who, how, what))));
                });
    }

    private static Optional<Exploit> exploit(Fields strategy, Optional<Integer> population) {
        Optional<Tree> tree = strategy.take("exploit");
        if (tree.isEmpty()) {
            return Optional.of(new Truncation(Truncation.DEFAULT_FRACTION));
        }
        if (tree.get() instanceof Tree.Scalar) {
            Map<String, Exploit> words = new LinkedHashMap<>();
            words.put("none", new NoExploit());
            words.put("truncation", new Truncation(Truncation.DEFAULT_FRACTION));
            return strategy.word(tree.get(), words);
        }
        return Fields.of(tree.get(), "{truncation: {fraction: 0.2}}", strategy.problems())
                .flatMap(exploit -> {
                    Optional<Exploit> found = exploit.requireFields("truncation", "{fraction: 0.2}")
                            .flatMap(truncation -> truncation(truncation, population));
                    exploit.finish();
                    return found;
                });
    }

    private static Optional<Exploit> truncation(Fields fields, Optional<Integer> population) {
        Optional<Tree> fraction = fields.take("fraction");
        fields.finish();
        if (fraction.isEmpty()) {
            return Optional.of(new Truncation(Truncation.DEFAULT_FRACTION));
        }
        Tree tree = fraction.get();
        return fields.number(tree)
                .flatMap(value -> fields.checked(tree, () -> new Truncation(value)))
                .filter(truncation -> selectsSomebody(truncation, tree, population, fields.problems()))
                .map(truncation -> truncation);
    }

    private static boolean selectsSomebody(
            Truncation truncation, Tree tree, Optional<Integer> population, List<Problem> problems) {
        if (population.isEmpty() || truncation.fraction() * population.get() >= 0.5) {
            return true;
        }
        problems.add(new Problem(
                tree.place(),
                "%s is %s but must be at least %s: of %s members it would select nobody"
                        .formatted(tree.path(), tree.shown(), 0.5 / population.get(), population.get())));
        return false;
    }

    private static Optional<Explore> explore(Fields strategy) {
        Optional<Tree> tree = strategy.take("explore");
        if (tree.isEmpty()) {
            return Optional.of(Perturb.standard());
        }
        if (tree.get() instanceof Tree.Scalar) {
            Map<String, Explore> words = new LinkedHashMap<>();
            words.put("none", new NoExplore());
            words.put("perturb", Perturb.standard());
            words.put("resample", new Perturb(List.of(), 1));
            return strategy.word(tree.get(), words);
        }
        return Fields.of(tree.get(), "{perturb: {factors: [0.8, 1.25]}, resample: 0.25}", strategy.problems())
                .flatMap(fields -> perturb(tree.get(), fields));
    }

    private static Optional<Explore> perturb(Tree tree, Fields fields) {
        Optional<List<Double>> factors = Optional.of(fields.has("perturb") ? Perturb.DEFAULT_FACTORS : List.of());
        Optional<Fields> perturb = fields.fields("perturb", "{factors: [0.8, 1.25]}");
        if (perturb.isPresent()) {
            Fields inner = perturb.get();
            Optional<Tree> list = inner.take("factors");
            inner.finish();
            if (list.isPresent()) {
                factors = factors(inner, list.get());
            }
        }
        double standard = fields.has("perturb") ? Perturb.DEFAULT_RESAMPLE : 0;
        Optional<Tree> chance = fields.take("resample");
        Optional<Double> resample = chance.isEmpty() ? Optional.of(standard) : fields.number(chance.get());
        fields.finish();
        return factors.flatMap(
                by -> resample.flatMap(with -> fields.checked(chance.orElse(tree), () -> new Perturb(by, with))));
    }

    private static Optional<List<Double>> factors(Fields fields, Tree list) {
        List<Double> factors = new ArrayList<>();
        Optional<List<Tree>> items = fields.items(list, "[0.8, 1.25]");
        for (Tree item : items.orElse(List.of())) {
            fields.number(item)
                    .filter(factor -> fields.checked(item, () -> new Perturb(List.of(factor), 0))
                            .isPresent())
                    .ifPresent(factors::add);
        }
        return items.isPresent() && factors.size() == items.get().size() ? Optional.of(factors) : Optional.empty();
    }

    private static Optional<Pbt.Copied> copied(Fields strategy) {
        Optional<Tree> tree = strategy.take("copy");
        if (tree.isEmpty()) {
            return Optional.of(Pbt.Copied.EVERYTHING);
        }
        Map<String, Pbt.Copied> words = new LinkedHashMap<>();
        for (Pbt.Copied copied : Pbt.Copied.values()) {
            words.put(copied.name().toLowerCase(Locale.ROOT), copied);
        }
        return strategy.word(tree.get(), words);
    }
}
