package org.evolvent.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.evolvent.core.internal.exploit.Adaptive;
import org.evolvent.core.internal.exploit.Average;
import org.evolvent.core.internal.exploit.Backtrack;
import org.evolvent.core.internal.exploit.EqualProgress;
import org.evolvent.core.internal.exploit.Gap;
import org.evolvent.core.internal.exploit.NoExploit;
import org.evolvent.core.internal.exploit.SameStep;
import org.evolvent.core.internal.exploit.Tournament;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.GaussianNoise;
import org.evolvent.core.internal.explore.GridShift;
import org.evolvent.core.internal.explore.Mutate;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.internal.explore.Resample;
import org.evolvent.core.option.Descriptor;
import org.evolvent.core.option.Need;
import org.evolvent.core.option.Option;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.core.strategy.Strategy;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    @Test
    void nothingIsWhatAdaptsAndMutationWithResultsOfTheSameStepCompared() {
        Pbt byDefault = (Pbt) Catalogue.builtIn().strategy(Map.of());
        assertThat(byDefault).isEqualTo(Catalogue.builtIn().strategy(Map.of("explore", "mutate")));
        assertThat(byDefault.exploit()).isEqualTo(new SameStep(Adaptive.standard()));
        assertThat(byDefault.copied()).isEqualTo(Copied.EVERYTHING);
        assertThat(Catalogue.builtIn()
                        .strategy(Map.of("exploit", "truncation", "compare", "latest", "explore", "perturb")))
                .isEqualTo(Pbt.standard());
    }

    @Test
    void readsTheDesignsExample() {
        Map<String, Object> options = Map.of(
                "exploit", Map.of("truncation", Map.of("fraction", 0.3)),
                "explore", Map.of("perturb", Map.of("factors", List.of(0.5, 2)), "resample", 0.1),
                "copy", "weights");
        assertThat(Catalogue.builtIn().strategy(options))
                .isEqualTo(new Pbt(
                        new SameStep(new Truncation(0.3)), new Perturb(List.of(0.5, 2.0), 0.1), Copied.WEIGHTS));
    }

    @Test
    void aNameIsASectionWithDefaults() {
        assertThat(Catalogue.builtIn().strategy(Map.of("exploit", "none", "explore", "none")))
                .isEqualTo(new Pbt(new NoExploit(), new NoExplore(), Copied.EVERYTHING));
        assertThat(Catalogue.builtIn().strategy(Map.of("explore", "gaussian")))
                .isEqualTo(new Pbt(new SameStep(Adaptive.standard()), new GaussianNoise(0.1), Copied.EVERYTHING));
    }

    /** As when a setting makes a baseline of a study that has everything. */
    @Test
    void whoCopiesNobodyMayStillSayWhatIsCompared() {
        Map<String, ?> options = Map.of("exploit", "none", "explore", "none", "compare", "latest", "copy", "weights");
        assertThat(Catalogue.builtIn().strategy(options))
                .isEqualTo(new Pbt(new NoExploit(), new NoExplore(), Copied.WEIGHTS));
        assertThat(Catalogue.builtIn().read(options).options()).containsEntry("compare", "latest");
    }

    @Test
    void resampleAloneDrawsAnew() {
        assertThat(Catalogue.builtIn().strategy(Map.of("explore", Map.of("resample", 1))))
                .isEqualTo(new Pbt(new SameStep(Adaptive.standard()), new Perturb(List.of(), 1), Copied.EVERYTHING));
    }

    @Test
    void resampleTempersAnyOperator() {
        assertThat(Catalogue.builtIn()
                        .strategy(Map.of("explore", Map.of("gaussian", Map.of("sd", 1), "resample", 0.2))))
                .isEqualTo(new Pbt(
                        new SameStep(Adaptive.standard()), new Resample(0.2, new GaussianNoise(1)), Copied.EVERYTHING));
    }

    @Test
    void moPbtIsComposed() {
        Strategy composed = Catalogue.builtIn()
                .strategy(Map.of(
                        "exploit", Map.of("non_dominated", Map.of("minimize", List.of("size"))),
                        "explore", Map.of("shift", Map.of(), "resample", 0.2),
                        "compare", "latest"));
        assertThat(Catalogue.builtIn().strategy(Map.of("mo_pbt", Map.of("minimize", List.of("size")))))
                .isEqualTo(composed);
        refuses(Map.of("mo_pbt", Map.of())).at("mo_pbt").saying("no other objectives");
    }

    @Test
    void whatTempersAnExploitStandsBesideIt() {
        Map<String, Object> options = Map.of(
                "exploit",
                Map.of("tournament", Map.of(), "gap", Map.of("relative", 0.05), "backtrack", true),
                "compare",
                "equal_progress",
                "explore",
                Map.of("shift", Map.of("levels", 5)));
        assertThat(Catalogue.builtIn().strategy(options))
                .isEqualTo(new Pbt(
                        new Backtrack(new EqualProgress(new Gap(new Tournament(), 0, 0.05, 0))),
                        new GridShift(5, 3),
                        Copied.EVERYTHING));
        refuses(Map.of("exploit", Map.of("welch", Map.of(), "gap", Map.of("relative", -1))))
                .at("exploit", "gap", "relative")
                .saying("-1", "at least 0");
        refuses(Map.of("exploit", Map.of("welch", Map.of("window", 1))))
                .at("exploit", "welch", "window")
                .saying("1", "a whole number of at least 2");
        refuses(Map.of("exploit", Map.of("welch", Map.of("window", 2.5))))
                .at("exploit", "welch", "window")
                .saying("2.5", "a whole number");
    }

    @Test
    void whatCameLaterIsLeftOutWhereItIsAsBefore() {
        assertThat(Catalogue.builtIn()
                        .read(Map.of(
                                "exploit",
                                Map.of("truncation", Map.of("donors", 0), "average", 1),
                                "explore",
                                Map.of("mutate", Map.of("amplitude", List.of()))))
                        .options())
                .isEqualTo(Catalogue.builtIn()
                        .read(Map.of("exploit", "truncation"))
                        .options());
        Map<String, Object> options = Map.of(
                "exploit",
                Map.of("truncation", Map.of("donors", 0.5), "average", 5, "backtrack", true),
                "explore",
                Map.of("gaussian", Map.of(), "resample", 0.1, "then", Map.of("shift", Map.of(), "resample", 0.3)));
        assertThat(Catalogue.builtIn().strategy(options))
                .isEqualTo(new Pbt(
                        new Backtrack(new Average(new SameStep(new Truncation(0.2, 0.5)), 5)),
                        new Resample(0.1, new GaussianNoise(0.1)).then(new Resample(0.3, new GridShift(10, 3))),
                        Copied.EVERYTHING));
        Map<String, Object> filled = Catalogue.builtIn().read(options).options();
        assertThat(filled.toString()).contains("donors=0.5", "average=5", "then={shift={levels=10");
        assertThat(Catalogue.builtIn().read(filled).options()).isEqualTo(filled);
        assertThat(Catalogue.builtIn().strategy(Map.of("exploit", Map.of("tournament", Map.of("size", 3)))))
                .isEqualTo(new Pbt(new SameStep(new Tournament(3)), Mutate.standard(), Copied.EVERYTHING));
        refuses(Map.of("exploit", Map.of("truncation", Map.of(), "average", 0)))
                .at("exploit", "average")
                .saying("0", "a whole number of at least 1");
        refuses(Map.of("exploit", Map.of("truncation", Map.of("donors", 2))))
                .at("exploit", "truncation", "donors")
                .saying("2", "from 0 to 1");
        refuses(Map.of("explore", Map.of("mutate", Map.of("amplitude", List.of(1.5)))))
                .at("explore", "mutate", "amplitude")
                .saying("[1.5]", "an empty list or two factors of at least 1, the larger one last");
        refuses(Map.of("explore", Map.of("mutate", Map.of(), "then", "shfit")))
                .at("explore", "then", "shfit")
                .saying("Maybe you meant 'shift'?");
        refuses(Map.of("explore", Map.of("then", "shift"))).at("explore").saying("must have one of none, perturb");
    }

    @Test
    void everyErrorNamesThePlaceAndWhatIsAllowed() {
        refuses(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.7))))
                .at("exploit", "truncation", "fraction")
                .saying("0.7", "above 0 and at most 0.5");
        refuses(Map.of("exploit", Map.of("truncation", Map.of("fraction", "much"))))
                .at("exploit", "truncation", "fraction")
                .saying("much", "a number");
        refuses(Map.of("exploit", Map.of("truncation", Map.of("fracton", 0.2))))
                .at("exploit", "truncation", "fracton")
                .saying("Maybe you meant 'fraction'?");
        refuses(Map.of("exploit", "trunction")).at("exploit", "trunction").saying("Maybe you meant 'truncation'?");
        refuses(Map.of("exploit", 3)).at("exploit").saying("3", "a name or a section");
        refuses(Map.of("exploit", Map.of())).at("exploit").saying("truncation");
        refuses(Map.of("explore", Map.of("perturb", Map.of("factors", List.of(0.5, 1)))))
                .at("explore", "perturb", "factors", "1")
                .saying("1", "not 1");
        refuses(Map.of("explore", Map.of("perturb", Map.of("factors", List.of(0.5, "x")))))
                .at("explore", "perturb", "factors", "1")
                .saying("x", "number above 0");
        refuses(Map.of("explore", Map.of("gaussian", Map.of(), "resample", -1)))
                .at("explore", "resample")
                .saying("-1", "from 0 to 1");
        refuses(Map.of("explore", Map.of("resample", 2)))
                .at("explore", "resample")
                .saying("2", "from 0 to 1");
        refuses(Map.of("explore", Map.of("perturb", Map.of(), "gaussian", Map.of())))
                .at("explore")
                .saying("must have one of none, perturb, mutate, gaussian");
        refuses(Map.of("copy", "weigths")).at("copy").saying("Maybe you meant 'weights'?");
        refuses(Map.of("exploits", "none")).at("exploits").saying("Maybe you meant 'exploit'?");
        refuses(Map.of("random_search", Map.of("seed", 1)))
                .at("random_search", "seed")
                .saying("there are none");
    }

    @Test
    void whatIsFilledInMeansTheSame() {
        assertThat(Catalogue.builtIn().read(Map.of()).options())
                .isEqualTo(Map.of(
                        "exploit",
                        Map.of("adaptive", Map.of("deviations", 2.0), "backtrack", false),
                        "explore",
                        Map.of(
                                "mutate",
                                Map.of(
                                        "size",
                                        0.1,
                                        "factors",
                                        List.of(),
                                        "change",
                                        1.0,
                                        "swap",
                                        0.25,
                                        "resample",
                                        0.1)),
                        "copy",
                        "everything",
                        "compare",
                        "same_step"));
        List<Map<String, ?>> all = new ArrayList<>(List.of(
                Map.of(),
                Map.of("exploit", "none", "explore", "none"),
                Map.of("explore", Map.of("resample", 0.5)),
                Map.of("explore", Map.of("gaussian", Map.of(), "resample", 0)),
                Map.of("exploit", Map.of("tournament", Map.of(), "gap", Map.of("absolute", 1)), "copy", "weights"),
                Map.of("exploit", Map.of("non_dominated", Map.of("minimize", List.of("size"))))));
        for (Descriptor<?> each : Catalogue.builtIn().exploits()) {
            all.add(Map.of("exploit", Map.of(each.name(), given(each))));
        }
        for (Descriptor<?> each : Catalogue.builtIn().explores()) {
            all.add(Map.of("explore", Map.of(each.name(), given(each))));
        }
        for (Descriptor<?> each : Catalogue.builtIn().strategies()) {
            all.add(Map.of(each.name(), given(each)));
        }
        for (Map<String, ?> options : all) {
            Catalogue.Reading reading = Catalogue.builtIn().read(options);
            assertThat(Catalogue.builtIn().read(reading.options()))
                    .as("%s", options)
                    .usingRecursiveComparison()
                    .isEqualTo(reading);
        }
    }

    private static Map<String, ?> given(Descriptor<?> descriptor) {
        return descriptor.needed().isEmpty()
                ? Map.of()
                : Map.of(descriptor.needed().get(0).name(), List.of("size"));
    }

    /** Runs of format 1 do not say what their defaults were. Later formats do, and so do operators that came later. */
    @Test
    void theDefaultsAreThoseOfRunsOfFormat1() {
        Map<String, Object> defaults = new TreeMap<>();
        Stream.of(
                        Catalogue.builtIn().exploits(),
                        Catalogue.builtIn().explores(),
                        Catalogue.builtIn().strategies(),
                        List.of(Gap.DESCRIPTOR))
                .flatMap(List::stream)
                .filter(CatalogueTest::isOfFormat1)
                .forEach(each -> each.options()
                        .forEach(option -> defaults.put(each.name() + "." + option.name(), option.plainDefault())));
        for (Option<?> each : List.of(Catalogue.COPY, Backtrack.OPTION, Perturb.RESAMPLE)) {
            defaults.put(each.name(), each.plainDefault());
        }
        assertThat(defaults)
                .as("A run of format 1 that is resumed would go on with another default, in silence: "
                        + "where one changes, the reader of format 1 has to fill in the old one")
                .isEqualTo(new TreeMap<>(DEFAULTS_OF_FORMAT_1));
    }

    private static boolean isOfFormat1(Descriptor<?> descriptor) {
        return Set.of("none", "tournament", "random_search", "grid", "random_schedules")
                        .contains(descriptor.name())
                || DEFAULTS_OF_FORMAT_1.keySet().stream().anyMatch(key -> key.startsWith(descriptor.name() + "."));
    }

    private static final Map<String, Object> DEFAULTS_OF_FORMAT_1 = Map.ofEntries(
            Map.entry("asha.eta", 4),
            Map.entry("asha.grace", 1),
            Map.entry("backtrack", false),
            Map.entry("copy", "everything"),
            Map.entry("fire.factors", List.of(0.8, 1.25)),
            Map.entry("fire.fraction", 0.25),
            Map.entry("fire.level", 0.01),
            Map.entry("fire.period", 10),
            Map.entry("gap.absolute", 0.0),
            Map.entry("gap.deviations", 0.0),
            Map.entry("gap.relative", 0.0),
            Map.entry("gaussian.sd", 0.1),
            Map.entry("ipbt.factors", List.of(0.8, 1.25)),
            Map.entry("ipbt.fraction", 0.25), // 0.2, 5 and 0 then, which TakenForGranted fills in.
            Map.entry("ipbt.growth", 2),
            Map.entry("ipbt.patience", 3),
            Map.entry("ipbt.renew", ""),
            Map.entry("ipbt.slow", 15),
            Map.entry("mf_pbt.factors", List.of(0.8, 1.25)),
            Map.entry("mf_pbt.periods", List.of(1, 10, 25, 50)),
            Map.entry("mo_pbt.fraction", 0.25),
            Map.entry("mo_pbt.maximize", List.of()),
            Map.entry("mo_pbt.minimize", List.of()),
            Map.entry("non_dominated.fraction", 0.25),
            Map.entry("non_dominated.maximize", List.of()),
            Map.entry("non_dominated.minimize", List.of()),
            Map.entry("pairwise.attraction", 1.0),
            Map.entry("pairwise.inertia", 1.0),
            Map.entry("pb2.categories", "bandit"),
            Map.entry("pb2.window", 1000),
            Map.entry("perturb.factors", List.of(0.8, 1.25)),
            Map.entry("resample", 0.25),
            Map.entry("shift.levels", 10),
            Map.entry("shift.most", 3),
            Map.entry("tournament.size", 2),
            Map.entry("truncation.donors", 0.0),
            Map.entry("truncation.fraction", 0.2),
            Map.entry("trust_region.window", 100),
            Map.entry("welch.level", 0.05),
            Map.entry("welch.window", 10));

    @Test
    void strategiesSayWhatTheyNeed() {
        needs(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.01))), 50, 1);
        needs(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.1), "gap", Map.of("absolute", 1))), 5, 1);
        needs(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.1), "backtrack", true)), 5, 1);
        needs(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.1)), "compare", "equal_progress"), 5, 1);
        needs(Map.of("exploit", Map.of("non_dominated", Map.of("fraction", 0.05, "minimize", List.of("x")))), 10, 1);
        needs(Map.of("mo_pbt", Map.of("fraction", 0.05, "minimize", List.of("x"))), 10, 1);
        needs(Map.of("ipbt", Map.of("fraction", 0.05)), 10, 1);
        needs(Map.of("mf_pbt", Map.of("periods", List.of(1, 5, 7))), 6, 7);
        needs(Map.of("fire", Map.of("period", 4)), 6, 5);
        needs(Map.of("asha", Map.of("grace", 3)), 2, 4);
        assertThat(Catalogue.builtIn().strategy(Map.of()).needs()).isEmpty();
    }

    private static void needs(Map<String, ?> options, int members, long intervals) {
        List<Need> needs = Catalogue.builtIn().strategy(options).needs();
        assertThat(needs).as("%s", options).isNotEmpty().allMatch(need -> need.isMet(members, intervals));
        assertThat(needs).as("%s", options).anyMatch(need -> !need.isMet(members - 1, intervals - 1));
    }

    @Test
    void takesOperatorsOfOnesOwn() {
        Catalogue more = Catalogue.builtIn()
                .withExploit(Descriptor.own("mine", options -> new Truncation(options.real("share", 0.25))))
                .withExplore(Descriptor.own("stay", options -> new NoExplore()))
                .withStrategy(Descriptor.own("ours", options -> Pbt.randomSearch()));
        assertThat(more.strategy(Map.of("exploit", Map.of("mine", Map.of("share", 0.4)), "explore", "stay")))
                .isEqualTo(new Pbt(new SameStep(new Truncation(0.4)), new NoExplore(), Copied.EVERYTHING));
        assertThat(more.strategy(Map.of("ours", Map.of()))).isEqualTo(Pbt.randomSearch());
        assertThat(more.strategyNames()).contains("ours", "asha");
        assertThatThrownBy(() -> more.withExploit(Truncation.DESCRIPTOR)).hasMessageContaining("truncation");
    }

    private record Refusal(Map<String, ?> options) {
        Refusal at(String... path) {
            assertThatThrownBy(() -> Catalogue.builtIn().strategy(options))
                    .asInstanceOf(InstanceOfAssertFactories.type(OptionException.class))
                    .satisfies(e -> assertThat(e.path()).containsExactly(path));
            return this;
        }

        void saying(String... parts) {
            assertThatThrownBy(() -> Catalogue.builtIn().strategy(options)).hasMessageContainingAll(parts);
        }
    }

    private static Refusal refuses(Map<String, ?> options) {
        return new Refusal(options);
    }
}
