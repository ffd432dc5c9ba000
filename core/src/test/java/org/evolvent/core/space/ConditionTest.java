package org.evolvent.core.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConditionTest {
    private static final Parameter OPTIMIZER =
            Parameter.of("optimizer", new Choice(List.of(Value.of("sgd"), Value.of("adam")), false));
    private static final Parameter NESTEROV =
            Parameter.of("nesterov", Choice.flag()).onlyWhen("optimizer", List.of(Value.of("sgd")));
    private static final Parameter MOMENTUM =
            Parameter.of("momentum", Reals.linear(0, 1)).onlyWhen("nesterov", List.of(Value.of(true)));
    private static final Parameter BETA =
            Parameter.of("beta", Reals.linear(0, 1)).onlyWhen("optimizer", List.of(Value.of("adam")));
    private static final SearchSpace SPACE = SearchSpace.of(OPTIMIZER, NESTEROV, MOMENTUM, BETA);

    private static Hyperparameters values(String optimizer, boolean nesterov) {
        return Hyperparameters.ofPlain(
                Map.of("optimizer", optimizer, "nesterov", nesterov, "momentum", 0.5, "beta", 0.9));
    }

    @Test
    void trainersSeeWhatIsActive() {
        assertThat(SPACE.active(values("sgd", true)).values()).containsOnlyKeys("optimizer", "nesterov", "momentum");
        assertThat(SPACE.active(values("sgd", false)).values()).containsOnlyKeys("optimizer", "nesterov");
        // What depends on something that is not active is not active, whatever that was last.
        assertThat(SPACE.active(values("adam", true)).values()).containsOnlyKeys("optimizer", "beta");
    }

    @Test
    void aConstraintBindsWhereAllOfItIsActive() {
        SearchSpace bound = SPACE.constrained(Constraint.of("momentum + beta < 1"), Constraint.of("momentum < 0.2"));
        assertThat(bound.broken(values("sgd", true))).contains(Constraint.of("momentum < 0.2"));
        assertThat(bound.allows(values("sgd", false))).isTrue();
        assertThat(bound.allows(values("adam", true))).isTrue();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(
                List.of(OPTIMIZER, BETA.onlyWhen("optimiser", List.of(Value.of("adam")))),
                "'optimiser', which is none");
        refused(
                List.of(OPTIMIZER, BETA.onlyWhen("optimizer", List.of(Value.of("adams")))),
                "adams, which is never so; it is one of [sgd, adam]\nMaybe you meant 'adam'?");
        refused(
                List.of(OPTIMIZER, BETA, Parameter.of("x", Choice.flag()).onlyWhen("beta", List.of(Value.of(1.0)))),
                "must be a choice or a flag");
        refused(
                List.of(
                        Parameter.of("a", Choice.flag()).onlyWhen("b", List.of(Value.of(true))),
                        Parameter.of("b", Choice.flag()).onlyWhen("a", List.of(Value.of(true)))),
                "depends on itself");
        Parameter many = BETA;
        for (int i = 0; i < 10; i++) {
            many = many.onlyWhen("f" + i, List.of(Value.of(true)));
        }
        refused(
                Stream.concat(
                                Stream.of(OPTIMIZER, many),
                                IntStream.range(0, 10).mapToObj(i -> Parameter.of("f" + i, Choice.flag())))
                        .toList(),
                "depends on 11 others");
    }

    private static void refused(List<Parameter> parameters, String mentioned) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SearchSpace(parameters))
                .withMessageContaining(mentioned);
    }
}
