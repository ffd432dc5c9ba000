package org.evolvent.core.internal.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.explore.Explore;
import org.evolvent.core.explore.Explore.Exploration;
import org.evolvent.core.explore.Explore.Handover;
import org.evolvent.core.random.RandomStream;
import org.evolvent.core.space.Choice;
import org.evolvent.core.space.Constraint;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Ints;
import org.evolvent.core.space.Parameter;
import org.evolvent.core.space.Reals;
import org.evolvent.core.space.Scale;
import org.evolvent.core.space.SearchSpace;
import org.evolvent.core.space.Value;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.testkit.operator.Populations;
import org.evolvent.testkit.operator.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WithinTest {
    private static final SearchSpace SPACE = SearchSpace.of(
                    Parameter.of("kind", new Choice(List.of(Value.of("a"), Value.of("b")), false)),
                    Parameter.of("batch", new Choice(List.of(Value.of(8), Value.of(16), Value.of(32)), true)),
                    Parameter.of("mini", new Ints(1, 32, Scale.LOG)),
                    Parameter.of("rate", Reals.log(1e-4, 1)).onlyWhen("kind", List.of(Value.of("b"))),
                    Parameter.of("share", Reals.linear(0, 1)))
            .constrained(Constraint.of("mini <= batch"), Constraint.of("rate + share < 1"));

    static Stream<Explore> everyOperator() {
        return Catalogue.builtIn().explores().stream()
                .map(each -> ((Pbt) Catalogue.builtIn()
                                .strategy(Map.of("explore", Map.of(each.name(), Map.of(), "resample", 0.2))))
                        .explore());
    }

    private static Handover handover(Hyperparameters inherited) {
        return Populations.handover(SPACE, inherited, inherited);
    }

    @ParameterizedTest
    @MethodSource("everyOperator")
    void constraintsHoldAndWhatIsNotActiveStays(Explore operator) {
        Property.holds("within", 500, random -> {
            Hyperparameters inherited = SPACE.sample(random);
            Hyperparameters explored =
                    Within.explore(operator, handover(inherited), random).hyperparameters();
            assertThat(SPACE.contains(explored)).as("%s", explored).isTrue();
            if (inherited.text("kind").equals("a")) {
                assertThat(explored.get("rate")).isEqualTo(inherited.get("rate"));
            }
        });
    }

    @Test
    void whatAlwaysBreaksAConstraintChangesAsFarAsItMay() {
        Hyperparameters inherited =
                Hyperparameters.ofPlain(Map.of("kind", "a", "batch", 8L, "mini", 4L, "rate", 0.5, "share", 0.5));
        Explore stubborn = (handover, random) -> new Exploration(
                handover.inherited().with("mini", Value.of(32)).with("share", Value.of(0.9)), "So", Evidence.NONE);
        Exploration explored = Within.explore(stubborn, handover(inherited), new RandomStream(1));
        assertThat(explored.hyperparameters()).isEqualTo(inherited.with("share", Value.of(0.9)));
        assertThat(explored.reason()).contains("would break a constraint");
    }

    @Test
    void anotherTryMayDo() {
        Hyperparameters inherited =
                Hyperparameters.ofPlain(Map.of("kind", "a", "batch", 8L, "mini", 4L, "rate", 0.5, "share", 0.5));
        Explore lucky = (handover, random) -> new Exploration(
                handover.inherited().with("mini", Value.of(random.chance(0.2) ? 32 : 2)), "So", Evidence.NONE);
        for (int seed = 0; seed < 20; seed++) {
            Exploration explored = Within.explore(lucky, handover(inherited), new RandomStream(seed));
            assertThat(explored.hyperparameters().integer("mini")).isEqualTo(2);
            assertThat(explored.reason()).isEqualTo("So");
        }
    }
}
