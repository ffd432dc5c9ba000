package org.evolvent.core.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.bandit.Pb2;
import org.evolvent.core.internal.bandit.TrustRegion;
import org.evolvent.core.internal.exploit.Adaptive;
import org.evolvent.core.internal.exploit.Average;
import org.evolvent.core.internal.exploit.Backtrack;
import org.evolvent.core.internal.exploit.Bands;
import org.evolvent.core.internal.exploit.EqualProgress;
import org.evolvent.core.internal.exploit.Gap;
import org.evolvent.core.internal.exploit.NoExploit;
import org.evolvent.core.internal.exploit.NonDominated;
import org.evolvent.core.internal.exploit.SameStep;
import org.evolvent.core.internal.exploit.Tournament;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.exploit.WelchTest;
import org.evolvent.core.internal.explore.GaussianNoise;
import org.evolvent.core.internal.explore.GridShift;
import org.evolvent.core.internal.explore.Mutate;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.internal.explore.PairwiseLearning;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Resample;
import org.evolvent.core.internal.fire.Fire;
import org.evolvent.core.internal.ipbt.Ipbt;
import org.evolvent.core.internal.mfpbt.MfPbt;
import org.evolvent.core.internal.strategy.Asha;
import org.evolvent.core.internal.strategy.Grid;
import org.evolvent.core.internal.strategy.MoPbt;
import org.evolvent.core.internal.strategy.RandomSchedules;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.option.OptionType;
import org.evolvent.core.option.Options;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Strategy;

/**
 * Strategies by name, from the options of a study file: {@code {exploit: ..., explore: ..., copy: ..., compare: ...}} composes a
 * {@link Pbt}, and any other strategy is the only key of its section. Each describes itself; adding one is one line here. Immutable; a
 * program that has operators of its own adds them by {@link #withExploit}, {@link #withExplore} and {@link #withStrategy}.
 */
public final class Catalogue {
    /** What an exploit copies, beside {@code exploit} and {@code explore}. */
    public static final Option<Copied> COPY =
            new Option<>("copy", OptionType.word(copied()), Copied.EVERYTHING, "What an exploit copies.");

    private static final UnaryOperator<Exploit> SAME_STEP = SameStep::new;

    /** Which results are compared, beside {@code exploit} and {@code explore}. */
    public static final Option<UnaryOperator<Exploit>> COMPARE =
            new Option<>("compare", OptionType.word(compared()), SAME_STEP, "Which results are compared.");

    private static final String EXPLOIT = "exploit";
    private static final String EXPLORE = "explore";
    private static final String THEN = "then";
    private static final Set<String> COMPOSED = Set.of(EXPLOIT, EXPLORE, COPY.name(), COMPARE.name());

    private static final Catalogue BUILT_IN = new Catalogue(
            byName(List.of(
                    NoExploit.DESCRIPTOR,
                    Adaptive.DESCRIPTOR,
                    Truncation.DESCRIPTOR,
                    NonDominated.DESCRIPTOR,
                    Tournament.DESCRIPTOR,
                    Bands.DESCRIPTOR,
                    WelchTest.DESCRIPTOR)),
            byName(List.of(
                    NoExplore.DESCRIPTOR,
                    Perturb.DESCRIPTOR,
                    Mutate.DESCRIPTOR,
                    GaussianNoise.DESCRIPTOR,
                    GridShift.DESCRIPTOR,
                    PairwiseLearning.DESCRIPTOR,
                    Pb2.DESCRIPTOR,
                    TrustRegion.DESCRIPTOR)),
            byName(List.of(
                    Pbt.RANDOM_SEARCH,
                    Grid.DESCRIPTOR,
                    RandomSchedules.DESCRIPTOR,
                    Asha.DESCRIPTOR,
                    Fire.DESCRIPTOR,
                    MoPbt.DESCRIPTOR,
                    Ipbt.DESCRIPTOR,
                    MfPbt.DESCRIPTOR)));

    /**
     * A strategy and what made it.
     *
     * @param strategy the strategy
     * @param options its options with all defaults filled in; they make the same strategy whatever becomes of the defaults
     */
    public record Reading(Strategy strategy, Map<String, Object> options) {}

    private final Map<String, Descriptor<Exploit>> exploits;
    private final Map<String, Descriptor<Explore>> explores;
    private final Map<String, Descriptor<Strategy>> strategies;

    private Catalogue(
            Map<String, Descriptor<Exploit>> exploits,
            Map<String, Descriptor<Explore>> explores,
            Map<String, Descriptor<Strategy>> strategies) {
        this.exploits = exploits;
        this.explores = explores;
        this.strategies = strategies;
    }

    /** Returns those that come with Evolvent. */
    public static Catalogue builtIn() {
        return BUILT_IN;
    }

    /** Returns these and one more exploit operator. */
    public Catalogue withExploit(Descriptor<Exploit> exploit) {
        return new Catalogue(with(exploits, exploit), explores, strategies);
    }

    /** Returns these and one more explore operator. */
    public Catalogue withExplore(Descriptor<Explore> explore) {
        return new Catalogue(exploits, with(explores, explore), strategies);
    }

    /** Returns these and one more strategy. */
    public Catalogue withStrategy(Descriptor<Strategy> strategy) {
        return new Catalogue(exploits, explores, with(strategies, strategy));
    }

    /** Returns the exploit operators, in the order in which they are shown. */
    public List<Descriptor<Exploit>> exploits() {
        return List.copyOf(exploits.values());
    }

    /** Returns the explore operators, in the order in which they are shown. */
    public List<Descriptor<Explore>> explores() {
        return List.copyOf(explores.values());
    }

    /** Returns what goes on from the result of an explore operator that it stands beside; its options are those of another one. */
    public Descriptor<UnaryOperator<Explore>> then() {
        return Descriptor.of(
                THEN,
                "Another explore operator, of your own say, goes on from the result and has the last word: to repair or to couple values.",
                "Ray Tune's custom_explore_fn",
                List.of(),
                options -> {
                    Explore next = explore(options);
                    return first -> first.then(next);
                });
    }

    /** Returns the strategies that are not composed of an exploit and an explore operator, in the order in which they are shown. */
    public List<Descriptor<Strategy>> strategies() {
        return List.copyOf(strategies.values());
    }

    /** Returns the names of those strategies. */
    public Set<String> strategyNames() {
        return new TreeSet<>(strategies.keySet());
    }

    /** Returns whether options compose a strategy of operators; otherwise they name one. */
    public static boolean isComposed(Map<String, ?> options) {
        return COMPOSED.containsAll(options.keySet());
    }

    /**
     * Returns the strategy that options describe.
     *
     * @param options as for {@link #read}
     * @throws OptionException when they describe none; it names the place within the options
     */
    public Strategy strategy(Map<String, ?> options) {
        return read(options).strategy();
    }

    /**
     * Returns the strategy that options describe, and all that makes it.
     *
     * @param options maps, lists, numbers, texts and truth values, as a YAML parser returns them; empty for the default, which is
     *     truncation that adapts, mutation, and results of the same step compared
     * @throws OptionException when they describe none; it names the place within the options
     */
    public Reading read(Map<String, ?> options) {
        Options root = Options.of(options);
        boolean named = root.keys().stream().anyMatch(strategies::containsKey);
        Strategy strategy = named ? root.only(makers(strategies)) : root.make(() -> composed(root));
        return new Reading(strategy, root.filled());
    }

    private Strategy composed(Options options) {
        Options exploiting = options.section(EXPLOIT, Adaptive.DESCRIPTOR.name());
        Exploit exploit = exploit(exploiting);
        // Whoever was chosen by whatever is compared, it is the best ever that is copied.
        boolean backtrack = exploiting.get(Backtrack.OPTION);
        int average = exploiting.getAdded(Average.OPTION);
        Explore explore = explore(options.section(EXPLORE, Mutate.DESCRIPTOR.name()));
        Copied copied = options.get(COPY);
        UnaryOperator<Exploit> compare = options.get(COMPARE);
        if (exploit instanceof NoExploit) {
            // Who copies nobody compares nothing.
            return new Pbt(exploit, explore, copied);
        }
        Exploit comparing = compare.apply(exploit);
        Exploit averaging = average == 1 ? comparing : new Average(comparing, average);
        return new Pbt(backtrack ? new Backtrack(averaging) : averaging, explore, copied);
    }

    /** What tempers an operator stands beside it: {@code gap}, and {@code average} and {@code backtrack}. */
    private Exploit exploit(Options options) {
        String gap = Gap.DESCRIPTOR.name();
        Exploit exploit = options.without(gap, Average.OPTION.name(), Backtrack.OPTION.name())
                .only(makers(exploits));
        if (options.has(gap)) {
            exploit = options.named(gap, Map.of(gap, Gap.DESCRIPTOR.maker())).apply(exploit);
        }
        return exploit;
    }

    /** What follows stands beside the operator that it follows. */
    private Explore explore(Options options) {
        Explore first = resampling(options.without(THEN));
        return options.has(THEN)
                ? options.named(THEN, Map.of(THEN, then().maker())).apply(first)
                : first;
    }

    /** The probability of resampling stands beside the operator that it tempers. */
    private Explore resampling(Options options) {
        Option<Double> resample = Perturb.RESAMPLE;
        if (options.has(resample.name()) && options.keys().size() == 1) {
            return options.make(() -> new Perturb(List.of(), options.get(resample)));
        }
        Explore operator = options.without(resample.name()).only(makers(explores));
        return options.make(() -> {
            if (operator instanceof Perturb perturb) {
                return new Perturb(perturb.factors(), options.get(resample));
            }
            if (operator instanceof Mutate mutate) {
                return options.has(resample.name()) ? mutate.resampling(options.get(resample)) : mutate;
            }
            return options.has(resample.name()) ? new Resample(options.get(resample), operator) : operator;
        });
    }

    private static <T> Map<String, Function<Options, T>> makers(Map<String, Descriptor<T>> table) {
        Map<String, Function<Options, T>> makers = new LinkedHashMap<>();
        table.forEach((name, descriptor) -> makers.put(name, descriptor.maker()));
        return makers;
    }

    private static <T> Map<String, Descriptor<T>> byName(List<Descriptor<T>> descriptors) {
        Map<String, Descriptor<T>> table = new LinkedHashMap<>();
        descriptors.forEach(descriptor -> table.put(descriptor.name(), descriptor));
        return table;
    }

    private static <T> Map<String, Descriptor<T>> with(Map<String, Descriptor<T>> table, Descriptor<T> added) {
        Map<String, Descriptor<T>> more = new LinkedHashMap<>(table);
        if (COMPOSED.contains(added.name()) || more.put(added.name(), added) != null) {
            throw new IllegalArgumentException("There is already something named '%s'".formatted(added.name()));
        }
        return more;
    }

    private static Map<String, Copied> copied() {
        Map<String, Copied> words = new LinkedHashMap<>();
        words.put("everything", Copied.EVERYTHING);
        words.put("weights", Copied.WEIGHTS);
        words.put("hyperparameters", Copied.HYPERPARAMETERS);
        words.put("nothing", Copied.NOTHING);
        return words;
    }

    private static Map<String, UnaryOperator<Exploit>> compared() {
        Map<String, UnaryOperator<Exploit>> words = new LinkedHashMap<>();
        words.put("same_step", SAME_STEP);
        words.put("latest", exploit -> exploit);
        words.put("equal_progress", EqualProgress::new);
        return words;
    }
}
