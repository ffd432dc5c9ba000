package org.evolvent.compare.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.evolvent.core.catalogue.Catalogue;
import org.evolvent.core.internal.strategy.Asha;
import org.evolvent.core.population.Objective.Goal;
import org.evolvent.core.strategy.Pbt;
import org.evolvent.study.spec.StudyFileException;
import org.junit.jupiter.api.Test;

class ContenderTest {
    private static final Map<String, ?> COMPOSED = Map.of("exploit", "tournament", "explore", Map.of("resample", 1));

    @Test
    void ablationsLeaveSomethingOutOfTheStudysOwn() {
        assertThat(Contender.named("pbt", COMPOSED).strategy())
                .isEqualTo(Catalogue.builtIn().strategy(COMPOSED));
        assertThat(Contender.named("exploit_only", COMPOSED).strategy())
                .isEqualTo(Catalogue.builtIn().strategy(Map.of("exploit", "tournament", "explore", "none")));
        assertThat(Contender.named("explore_only", COMPOSED).strategy())
                .isEqualTo(Catalogue.builtIn()
                        .strategy(
                                Map.of("exploit", "tournament", "explore", Map.of("resample", 1), "copy", "nothing")));
        assertThat(Contender.named("random_search", COMPOSED).strategy()).isEqualTo(Pbt.randomSearch());
    }

    @Test
    void aStrategyThatTheStudyNamesKeepsItsOptions() {
        Map<String, ?> own = Map.of("asha", Map.of("eta", 2));
        assertThat(Contender.named("asha", own).options()).isEqualTo(own);
        assertThat(Contender.named("asha", Map.of()).options()).isEqualTo(Map.of("asha", Map.of()));
        assertThat(Contender.named("pbt", own).strategy())
                .isEqualTo(Catalogue.builtIn().strategy(Map.of()));
        assertThat(Contender.all(List.of(), List.of(), own))
                .extracting(Contender::name)
                .containsExactly("asha", "random_search");
    }

    @Test
    void everyBaselineIsAStrategyAsItIs() {
        List<String> baselines =
                List.of("pbt", "exploit_only", "explore_only", "random_search", "random_schedules", "asha", "grid");
        assertThat(Contender.names()).containsAll(baselines);
        for (String name : baselines) {
            assertThat(Contender.named(name, Map.of()).strategy()).as(name).isNotNull();
        }
    }

    @Test
    void successiveHalvingHasMoreMembersAndTheOthersAsMany() {
        ComparisonSettings terms =
                new ComparisonSettings("toy", "score", Goal.MAXIMIZE, Evaluation.CHOSE, 16, 590, 20, 40, "", List.of());
        assertThat(terms.members(new Asha(1, 4)))
                .isEqualTo(new Asha(1, 4).membersOfEqualCompute(16, 590, 20, 40))
                .isEqualTo(59);
        assertThat(terms.members(Pbt.standard())).isEqualTo(16);
    }

    @Test
    void aStrategyOfOnesOwnIsNoComposition() {
        Map<String, ?> own = Map.of("java", "com.example.Mine");
        assertThat(Contender.own(own).name()).isEqualTo("java");
        assertThat(Contender.named("exploit_only", own).options()).isEqualTo(Map.of("explore", "none"));
    }

    @Test
    void mistakesAreNamed() {
        assertThatThrownBy(() -> Contender.named("fier", Map.of()))
                .hasMessageContainingAll("'fier'", "Maybe you meant");
        refuses("x", "NAME=YAML");
        refuses("fire", "Maybe --strategies fire?");
        assertThatThrownBy(() ->
                        new Contender("x", Map.of("exploit", Map.of("truncation", Map.of("fraction", 3)))).strategy())
                .hasMessageContainingAll("'x': exploit.truncation.fraction is 3 but must be");
        refuses("a/b={}", "'a/b'");
        assertThatThrownBy(() -> Contender.all(List.of(), List.of("x=[1"), Map.of()))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("not YAML");
        assertThatThrownBy(() -> Contender.all(List.of(), List.of("x=3"), Map.of()))
                .isInstanceOf(StudyFileException.class)
                .hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> Contender.all(List.of("pbt"), List.of("pbt={}"), Map.of()))
                .hasMessageContaining("Two strategies are named 'pbt'");
    }

    private static void refuses(String described, String... parts) {
        assertThatThrownBy(() -> Contender.all(List.of(), List.of(described), Map.of()))
                .isInstanceOf(CompareException.class)
                .hasMessageContainingAll(parts);
    }
}
