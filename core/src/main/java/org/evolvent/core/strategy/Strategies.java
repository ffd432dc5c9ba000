package org.evolvent.core.strategy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.evolvent.core.exploit.Backtrack;
import org.evolvent.core.exploit.BinaryTournament;
import org.evolvent.core.exploit.EqualProgress;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.exploit.Gap;
import org.evolvent.core.exploit.NoExploit;
import org.evolvent.core.exploit.NonDominated;
import org.evolvent.core.exploit.Truncation;
import org.evolvent.core.exploit.WelchTest;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.GaussianNoise;
import org.evolvent.core.explore.GridShift;
import org.evolvent.core.explore.NoExplore;
import org.evolvent.core.explore.PairwiseLearning;
import org.evolvent.core.explore.Perturb;
import org.evolvent.core.explore.Resample;
import org.evolvent.core.explore.bandit.Pb2;
import org.evolvent.core.explore.bandit.Pb2.Categories;
import org.evolvent.core.explore.bandit.TrustRegion;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.option.Options;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.fire.Fire;
import org.evolvent.core.strategy.ipbt.Ipbt;
import org.evolvent.core.strategy.mfpbt.MfPbt;

/**
 * Strategies by name, from the options of a study file: {@code {exploit: ..., explore: ..., copy: ..., compare: ...}} composes a {@link Pbt}, and any
 * other strategy is the only key of its section. Adding one is one line here. Immutable; a program that has operators of its own adds
 * them by {@link #withExploit}, {@link #withExplore} and {@link #withStrategy}.
 */
public final class Strategies {
    private static final Set<String> COMPOSED = Set.of("exploit", "explore", "copy", "compare");

    /** Whether at equal progress. */
    private static final Map<String, Boolean> COMPARED =
            ordered(Map.entry("latest", false), Map.entry("equal_progress", true));

    private static final Map<String, Copied> COPIED = ordered(
            Map.entry("everything", Copied.EVERYTHING),
            Map.entry("weights", Copied.WEIGHTS),
            Map.entry("hyperparameters", Copied.HYPERPARAMETERS),
            Map.entry("nothing", Copied.NOTHING));

    private static final Map<String, Categories> CATEGORIES = ordered(
            Map.entry("bandit", Categories.BANDIT),
            Map.entry("separate", Categories.SEPARATE),
            Map.entry("random", Categories.RANDOM));

    private static final Strategies BUILT_IN = new Strategies(
            ordered(
                    Map.entry("none", options -> new NoExploit()),
                    Map.entry(
                            "truncation",
                            options -> new Truncation(options.real("fraction", Truncation.DEFAULT_FRACTION))),
                    Map.entry(
                            "non_dominated",
                            options -> new NonDominated(
                                    objectives(options), options.real("fraction", NonDominated.DEFAULT_FRACTION))),
                    Map.entry("tournament", options -> new BinaryTournament()),
                    Map.entry(
                            "welch",
                            options -> new WelchTest(
                                    options.integer("window", WelchTest.DEFAULT_WINDOW),
                                    options.real("level", WelchTest.DEFAULT_LEVEL)))),
            ordered(
                    Map.entry("none", options -> new NoExplore()),
                    Map.entry(
                            "perturb",
                            options -> new Perturb(
                                    options.reals("factors", Perturb.DEFAULT_FACTORS), Perturb.DEFAULT_RESAMPLE)),
                    Map.entry("gaussian", options -> new GaussianNoise(options.real("sd", GaussianNoise.DEFAULT_SD))),
                    Map.entry(
                            "shift",
                            options -> new GridShift(
                                    options.integer("levels", GridShift.DEFAULT_LEVELS),
                                    options.integer("most", GridShift.DEFAULT_MOST))),
                    Map.entry(
                            "pairwise",
                            options -> new PairwiseLearning(
                                    options.real("inertia", PairwiseLearning.DEFAULT_COEFFICIENT),
                                    options.real("attraction", PairwiseLearning.DEFAULT_COEFFICIENT))),
                    Map.entry(
                            "pb2",
                            options -> new Pb2(
                                    options.choice("categories", CATEGORIES, Categories.BANDIT),
                                    options.integer("window", Pb2.DEFAULT_WINDOW))),
                    Map.entry(
                            "trust_region",
                            options -> new TrustRegion(options.integer("window", TrustRegion.DEFAULT_WINDOW)))),
            ordered(
                    Map.entry("random_search", options -> Pbt.randomSearch()),
                    Map.entry("grid", options -> new Grid()),
                    Map.entry("random_schedules", options -> new RandomSchedules(new Perturb(List.of(), 1))),
                    Map.entry(
                            "asha",
                            options -> new Asha(options.integer("grace", 1), options.integer("eta", Asha.DEFAULT_ETA))),
                    Map.entry(
                            "fire",
                            options -> new Fire(
                                    options.integer("period", Fire.DEFAULT_PERIOD),
                                    options.real("fraction", Fire.DEFAULT_FRACTION),
                                    options.real("level", Fire.DEFAULT_LEVEL),
                                    new Perturb(options.reals("factors", Perturb.DEFAULT_FACTORS), 0))),
                    Map.entry("mo_pbt", Strategies::moPbt),
                    Map.entry("ipbt", Strategies::ipbt),
                    Map.entry(
                            "mf_pbt",
                            options -> new MfPbt(
                                    options.integers("periods", MfPbt.DEFAULT_PERIODS),
                                    // The paper perturbs and does not resample.
                                    new Perturb(options.reals("factors", Perturb.DEFAULT_FACTORS), 0)))));

    private final Map<String, Function<Options, Exploit>> exploits;
    private final Map<String, Function<Options, Explore>> explores;
    private final Map<String, Function<Options, Strategy>> strategies;

    private Strategies(
            Map<String, Function<Options, Exploit>> exploits,
            Map<String, Function<Options, Explore>> explores,
            Map<String, Function<Options, Strategy>> strategies) {
        this.exploits = exploits;
        this.explores = explores;
        this.strategies = strategies;
    }

    /** Returns those that come with Evolvent. */
    public static Strategies builtIn() {
        return BUILT_IN;
    }

    /**
     * Returns the strategy that options describe, of those that come with Evolvent.
     *
     * @param options maps, lists, numbers, texts and truth values, as a YAML parser returns them; empty for the paper's strategy
     * @throws OptionException when they describe none; it names the place within the options
     */
    public static Strategy of(Map<String, ?> options) {
        return BUILT_IN.strategy(options);
    }

    /** Returns these and one more exploit operator. */
    public Strategies withExploit(String name, Function<Options, Exploit> maker) {
        return new Strategies(with(exploits, name, maker), explores, strategies);
    }

    /** Returns these and one more explore operator. */
    public Strategies withExplore(String name, Function<Options, Explore> maker) {
        return new Strategies(exploits, with(explores, name, maker), strategies);
    }

    /** Returns these and one more strategy. */
    public Strategies withStrategy(String name, Function<Options, Strategy> maker) {
        return new Strategies(exploits, explores, with(strategies, name, maker));
    }

    /** Returns the names of all strategies that are not composed of an exploit and an explore operator. */
    public Set<String> strategyNames() {
        return new TreeSet<>(strategies.keySet());
    }

    /** Returns the names of all exploit operators, explore operators and strategies. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(exploits.keySet());
        names.addAll(explores.keySet());
        names.addAll(strategies.keySet());
        return names;
    }

    /**
     * Returns the strategy that options describe.
     *
     * @param options as for {@link #of}
     * @throws OptionException when they describe none
     */
    public Strategy strategy(Map<String, ?> options) {
        Options root = Options.of(options);
        boolean named = root.keys().stream().anyMatch(strategies::containsKey);
        return named ? root.only(strategies) : root.make(() -> composed(root));
    }

    private Strategy composed(Options options) {
        return new Pbt(
                exploit(options.section("exploit", "truncation"), options.choice("compare", COMPARED, false)),
                explore(options.section("explore", "perturb")),
                options.choice("copy", COPIED, Copied.EVERYTHING));
    }

    /** What tempers an operator stands beside it: {@code gap} and {@code backtrack}. */
    private Exploit exploit(Options options, boolean atEqualProgress) {
        Exploit exploit = options.without("gap", "backtrack").only(exploits);
        if (options.has("gap")) {
            exploit = options.named("gap", Map.of("gap", gap(exploit)));
        }
        if (options.choice("backtrack", Map.of("true", true, "false", false), false)) {
            exploit = new Backtrack(exploit);
        }
        return atEqualProgress ? new EqualProgress(exploit) : exploit;
    }

    private static Function<Options, Exploit> gap(Exploit exploit) {
        return options -> new Gap(
                exploit, options.real("absolute", 0), options.real("relative", 0), options.real("deviations", 0));
    }

    /** The probability of resampling stands beside the operator that it tempers. */
    private Explore explore(Options options) {
        Optional<Double> resample =
                options.has("resample") ? Optional.of(options.real("resample", 0)) : Optional.empty();
        if (resample.isPresent() && options.keys().size() == 1) {
            return options.make(() -> new Perturb(List.of(), resample.get()));
        }
        Explore operator = options.without("resample").only(explores);
        return options.make(() ->
                resample.map(probability -> resampling(probability, operator)).orElse(operator));
    }

    private static Explore resampling(double probability, Explore operator) {
        return operator instanceof Perturb perturb
                ? new Perturb(perturb.factors(), probability)
                : new Resample(probability, operator);
    }

    /** MO-PBT as its authors compose it (Dushatskiy et al. 2023): fronts select, and grid levels are resampled or shifted. */
    private static Strategy moPbt(Options options) {
        return new Pbt(
                new NonDominated(objectives(options), options.real("fraction", NonDominated.DEFAULT_FRACTION)),
                new Resample(0.2, new GridShift(GridShift.DEFAULT_LEVELS, GridShift.DEFAULT_MOST)),
                Copied.EVERYTHING);
    }

    private static Strategy ipbt(Options options) {
        return new Ipbt(
                new Pbt(
                        new Truncation(options.real("fraction", Truncation.DEFAULT_FRACTION)),
                        new Perturb(options.reals("factors", Perturb.DEFAULT_FACTORS), Perturb.DEFAULT_RESAMPLE),
                        Copied.EVERYTHING),
                options.integer("patience", Ipbt.DEFAULT_PATIENCE),
                options.integer("growth", Ipbt.DEFAULT_GROWTH));
    }

    /** The other objectives, by their metrics. */
    private static List<Objective> objectives(Options options) {
        return Stream.concat(
                        options.texts("maximize", List.of()).stream()
                                .map(metric -> new Objective(metric, Goal.MAXIMIZE)),
                        options.texts("minimize", List.of()).stream()
                                .map(metric -> new Objective(metric, Goal.MINIMIZE)))
                .toList();
    }

    private static <T> Map<String, T> with(Map<String, T> table, String name, T maker) {
        Map<String, T> more = new LinkedHashMap<>(table);
        if (COMPOSED.contains(name) || more.put(name, maker) != null) {
            throw new IllegalArgumentException("There is already something named '%s'".formatted(name));
        }
        return more;
    }

    @SafeVarargs
    private static <T> Map<String, T> ordered(Map.Entry<String, ? extends T>... entries) {
        Map<String, T> table = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends T> entry : entries) {
            table.put(entry.getKey(), entry.getValue());
        }
        return table;
    }
}
