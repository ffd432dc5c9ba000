package org.evolvent.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.OneAtATime;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.evolvent.core.exploit.Backtrack;
import org.evolvent.core.exploit.BinaryTournament;
import org.evolvent.core.exploit.EqualProgress;
import org.evolvent.core.exploit.Gap;
import org.evolvent.core.exploit.NoExploit;
import org.evolvent.core.exploit.Truncation;
import org.evolvent.core.explore.GaussianNoise;
import org.evolvent.core.explore.GridShift;
import org.evolvent.core.explore.NoExplore;
import org.evolvent.core.explore.Perturb;
import org.evolvent.core.explore.Resample;
import org.evolvent.core.option.OptionException;
import org.evolvent.core.strategy.Pbt.Copied;
import org.junit.jupiter.api.Test;

class StrategiesTest {
    @Test
    void nothingIsThePapersStrategy() {
        assertThat(Strategies.of(Map.of())).isEqualTo(Pbt.standard());
    }

    @Test
    void readsTheDesignsExample() {
        Map<String, Object> options = Map.of(
                "exploit", Map.of("truncation", Map.of("fraction", 0.3)),
                "explore", Map.of("perturb", Map.of("factors", List.of(0.5, 2)), "resample", 0.1),
                "copy", "weights");
        assertThat(Strategies.of(options))
                .isEqualTo(new Pbt(new Truncation(0.3), new Perturb(List.of(0.5, 2.0), 0.1), Copied.WEIGHTS));
    }

    @Test
    void aNameIsASectionWithDefaults() {
        assertThat(Strategies.of(Map.of("exploit", "none", "explore", "none")))
                .isEqualTo(new Pbt(new NoExploit(), new NoExplore(), Copied.EVERYTHING));
        assertThat(Strategies.of(Map.of("explore", "gaussian")))
                .isEqualTo(new Pbt(new Truncation(0.2), new GaussianNoise(0.1), Copied.EVERYTHING));
    }

    @Test
    void resampleAloneDrawsAnew() {
        assertThat(Strategies.of(Map.of("explore", Map.of("resample", 1))))
                .isEqualTo(new Pbt(new Truncation(0.2), new Perturb(List.of(), 1), Copied.EVERYTHING));
    }

    @Test
    void resampleTempersAnyOperator() {
        assertThat(Strategies.of(Map.of("explore", Map.of("gaussian", Map.of("sd", 1), "resample", 0.2))))
                .isEqualTo(new Pbt(new Truncation(0.2), new Resample(0.2, new GaussianNoise(1)), Copied.EVERYTHING));
    }

    @Test
    void moPbtIsComposed() {
        Strategy composed = Strategies.of(Map.of(
                "exploit", Map.of("non_dominated", Map.of("minimize", List.of("size"))),
                "explore", Map.of("shift", Map.of(), "resample", 0.2)));
        assertThat(Strategies.of(Map.of("mo_pbt", Map.of("minimize", List.of("size")))))
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
        assertThat(Strategies.of(options))
                .isEqualTo(new Pbt(
                        new EqualProgress(new Backtrack(new Gap(new BinaryTournament(), 0, 0.05, 0))),
                        new GridShift(5, 3),
                        Copied.EVERYTHING));
        refuses(Map.of("exploit", Map.of("welch", Map.of(), "gap", Map.of("relative", -1))))
                .at("exploit", "gap", "relative")
                .saying("-1.0", "at least 0");
        refuses(Map.of("exploit", Map.of("welch", Map.of("window", 1))))
                .at("exploit", "welch", "window")
                .saying("1 samples", "at least 2");
        refuses(Map.of("exploit", Map.of("welch", Map.of("window", 2.5))))
                .at("exploit", "welch", "window")
                .saying("2.5", "an integer");
    }

    @Test
    void everyErrorNamesThePlaceAndWhatIsAllowed() {
        refuses(Map.of("exploit", Map.of("truncation", Map.of("fraction", 0.7))))
                .at("exploit", "truncation", "fraction")
                .saying("0.7", "at most 0.5", "Maybe");
        refuses(Map.of("exploit", Map.of("truncation", Map.of("fraction", "much"))))
                .at("exploit", "truncation", "fraction")
                .saying("much", "a number");
        refuses(Map.of("exploit", Map.of("truncation", Map.of("fracton", 0.2))))
                .at("exploit", "truncation", "fracton")
                .saying("Maybe 'fraction'?");
        refuses(Map.of("exploit", "trunction")).at("exploit", "trunction").saying("Maybe 'truncation'?");
        refuses(Map.of("exploit", 3)).at("exploit").saying("3", "a name or a section");
        refuses(Map.of("exploit", Map.of())).at("exploit").saying("truncation");
        refuses(Map.of("explore", Map.of("perturb", Map.of("factors", List.of(0.5, 1)))))
                .at("explore", "perturb", "factors")
                .saying("1.0", "not 1");
        refuses(Map.of("explore", Map.of("perturb", Map.of("factors", List.of(0.5, "x")))))
                .at("explore", "perturb", "factors", "1")
                .saying("x", "a number");
        refuses(Map.of("explore", Map.of("gaussian", Map.of(), "resample", -1)))
                .at("explore")
                .saying("-1.0", "from 0 to 1");
        refuses(Map.of("explore", Map.of("resample", 2)))
                .at("explore", "resample")
                .saying("2.0", "from 0 to 1");
        refuses(Map.of("explore", Map.of("perturb", Map.of(), "gaussian", Map.of())))
                .at("explore")
                .saying("must have one of [none, perturb, gaussian");
        refuses(Map.of("copy", "weigths")).at("copy").saying("Maybe 'weights'?");
        refuses(Map.of("exploits", "none")).at("exploits").saying("Maybe 'exploit'?");
        refuses(Map.of("random_search", Map.of("seed", 1)))
                .at("random_search", "seed")
                .saying("there are none");
    }

    @Test
    void takesOperatorsOfOnesOwn() {
        Strategies more = Strategies.builtIn()
                .withExploit("mine", options -> new Truncation(options.real("share", 0.25)))
                .withExplore("stay", options -> new NoExplore())
                .withStrategy("ours", options -> Pbt.randomSearch());
        assertThat(more.strategy(Map.of("exploit", Map.of("mine", Map.of("share", 0.4)), "explore", "stay")))
                .isEqualTo(new Pbt(new Truncation(0.4), new NoExplore(), Copied.EVERYTHING));
        assertThat(more.strategy(Map.of("ours", Map.of()))).isEqualTo(Pbt.randomSearch());
        assertThat(more.names()).contains("mine", "stay", "ours", "truncation");
        assertThatThrownBy(() -> more.withExploit("truncation", options -> new NoExploit()))
                .hasMessageContaining("truncation");
    }

    @Test
    void takesTheExampleOfTheManual() {
        // The manual shows this:
        Strategies more = Strategies.builtIn().withExplore("one_at_a_time", OneAtATime::new);
        Strategy strategy = more.strategy(Map.of("explore", Map.of("one_at_a_time", Map.of("factor", 1.5))));
        // until here.
        assertThat(strategy)
                .isInstanceOfSatisfying(
                        Pbt.class, pbt -> assertThat(pbt.explore()).isEqualTo(new OneAtATime(1.5)));
    }

    private record Refusal(Map<String, ?> options) {
        Refusal at(String... path) {
            assertThatThrownBy(() -> Strategies.of(options))
                    .asInstanceOf(InstanceOfAssertFactories.type(OptionException.class))
                    .satisfies(e -> assertThat(e.path()).containsExactly(path));
            return this;
        }

        void saying(String... parts) {
            assertThatThrownBy(() -> Strategies.of(options)).hasMessageContainingAll(parts);
        }
    }

    private static Refusal refuses(Map<String, ?> options) {
        return new Refusal(options);
    }
}
