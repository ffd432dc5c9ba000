package org.evolvent.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.exploit.Exploit;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.internal.exploit.NoExploit;
import org.evolvent.core.internal.exploit.Truncation;
import org.evolvent.core.internal.explore.NoExplore;
import org.evolvent.core.internal.explore.Perturb;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Objective;
import org.evolvent.core.population.Population;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt.Copied;
import org.evolvent.testkit.operator.Populations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PbtTest {
    private static final Truncation HALF = new Truncation(0.5);
    private static final Objective ACCURACY = new Objective("accuracy", Objective.Goal.MAXIMIZE);

    /** Member 0 leads; member 1 is last; member 2 has no valid score. */
    private final Population population = Populations.scored(3, 1, Double.NaN, 2, 2.5, 2.6);

    private final ReadyPoint donor = population.get(new MemberId(0)).last().orElseThrow();

    /** Copies member 0 whoever asks. */
    private record CopyTheFirst(ReadyPoint donor) implements Exploit {
        @Override
        public Verdict judge(Population population, ReadyPoint self, RandomStream random) {
            return new Verdict.Copy(donor, "test", Evidence.NONE);
        }

        @Override
        public Verdict rescue(Population population, ReadyPoint self, RandomStream random) {
            return judge(population, self, random);
        }
    }

    private List<Decision> decide(Pbt pbt, int member) {
        return decide(pbt, member, 7);
    }

    private List<Decision> decide(Pbt pbt, int member, long seed) {
        Member ready = population.get(new MemberId(member));
        return pbt.decide(
                new Situation(Populations.SPACE, ACCURACY, population, ready, Rules.LATEST), new RandomStream(seed));
    }

    @Test
    void whoLeadsGoesOnWhateverIsDrawn() {
        for (long seed = 0; seed < 50; seed++) {
            assertThat(decide(Pbt.standard(), 0, seed)).hasExactlyElementsOfTypes(Decision.Continue.class);
        }
        assertThat(Pbt.standard().exploit()).isEqualTo(new Truncation(0.2));
        assertThat(Pbt.standard().explore()).isEqualTo(new Perturb(List.of(0.8, 1.25), 0.25));
        assertThat(Pbt.standard().copied()).isEqualTo(Copied.EVERYTHING);
    }

    @Test
    void randomSearchNeverChangesAnything() {
        assertThat(Pbt.randomSearch()).isEqualTo(new Pbt(new NoExploit(), new NoExplore(), Copied.EVERYTHING));
        for (int member = 0; member < 3; member++) {
            assertThat(decide(Pbt.randomSearch(), member)).hasExactlyElementsOfTypes(Decision.Continue.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCopiedIsWhatWasAskedForAndFixedParametersFollowTheWeights(Copied copied) {
        Hyperparameters own = population.get(new MemberId(1)).hyperparameters();
        Hyperparameters donors = donor.hyperparameters();
        Pbt pbt = new Pbt(new CopyTheFirst(donor), new NoExplore(), copied);
        boolean weights = copied == Copied.EVERYTHING || copied == Copied.WEIGHTS;
        boolean hyperparameters = copied == Copied.EVERYTHING || copied == Copied.HYPERPARAMETERS;
        Decision decision = decide(pbt, 1).get(0);
        Hyperparameters expected =
                (hyperparameters ? donors : own).with("layers", (weights ? donors : own).get("layers"));
        if (copied == Copied.NOTHING) {
            assertThat(((Decision.Explore) decision).after()).isEqualTo(own);
            return;
        }
        Decision.Exploit exploit = (Decision.Exploit) decision;
        assertThat(exploit.donor()).isEqualTo(donor.member());
        assertThat(exploit.donorInterval()).isEqualTo(donor.interval());
        assertThat(exploit.before()).isEqualTo(own);
        assertThat(exploit.after()).isEqualTo(expected);
        assertThat(exploit.weights()).isEqualTo(weights ? donor.checkpoint() : Optional.empty());
        assertThat(own.get("layers")).as("the test has something to tell apart").isNotEqualTo(donors.get("layers"));
    }

    @Test
    void exploringStartsFromWhatWasInherited() {
        List<Decision> decisions = decide(new Pbt(HALF, Perturb.standard(), Copied.EVERYTHING), 1);
        assertThat(decisions).hasExactlyElementsOfTypes(Decision.Exploit.class, Decision.Explore.class);
        Decision.Exploit exploit = (Decision.Exploit) decisions.get(0);
        Decision.Explore explore = (Decision.Explore) decisions.get(1);
        assertThat(explore.before()).isEqualTo(exploit.after());
        assertThat(explore.after()).isNotEqualTo(explore.before());
        assertThat(Populations.SPACE.contains(explore.after())).isTrue();
    }

    @Test
    void anExplorationThatChangesNothingIsNotLogged() {
        assertThat(decide(new Pbt(HALF, new NoExplore(), Copied.EVERYTHING), 1))
                .hasExactlyElementsOfTypes(Decision.Exploit.class);
    }

    @Test
    void theExplorerIsGivenWhatIsInheritedAndWhatTheMemberHad() {
        Hyperparameters own = population.get(new MemberId(1)).hyperparameters();
        Explore explore = (handover, random) -> {
            assertThat(handover.isCopy()).isTrue();
            assertThat(handover.donor()).isEqualTo(donor);
            assertThat(handover.inherited()).isEqualTo(donor.hyperparameters());
            assertThat(handover.self().hyperparameters()).isEqualTo(own);
            return new Explore.Exploration(handover.inherited().with("units", Value.of(7)), "seven", Evidence.NONE);
        };
        List<Decision> decisions = decide(new Pbt(new CopyTheFirst(donor), explore, Copied.EVERYTHING), 1);
        assertThat(((Decision.Explore) decisions.get(1)).after().integer("units"))
                .isEqualTo(7);
        assertThat(decisions.get(1).reason()).isEqualTo("seven");
    }

    @ParameterizedTest
    @EnumSource
    void whoIsRescuedGetsEverythingWhateverAnAblationLeavesOut(Copied copied) {
        Decision.Exploit exploit = (Decision.Exploit)
                decide(new Pbt(HALF, new NoExplore(), copied), 2).get(0);
        assertThat(exploit.weights()).isPresent();
        assertThat(exploit.after())
                .isEqualTo(population.get(exploit.donor()).last().orElseThrow().hyperparameters());
    }
}
