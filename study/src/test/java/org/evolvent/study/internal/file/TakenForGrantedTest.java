package org.evolvent.study.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.evolvent.study.spec.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the study files of runs from before there were rules took for granted, and what those of later ones do not say. */
class TakenForGrantedTest {
    private static Tree.Mapping read(String strategy) {
        List<Problem> problems = new ArrayList<>();
        Tree tree = YamlReader.file("study.yaml", "strategy: " + strategy + "\n", problems)
                .orElseThrow();
        assertThat(problems).isEmpty();
        return (Tree.Mapping) tree;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{exploit: tournament} | {exploit: tournament, explore: {perturb: {factors: [0.8, 1.25]}, resample: 0.25}, compare: latest}",
                "{ipbt: } | {ipbt: {patience: 5, fraction: 0.2, slow: 0}}",
                "{ipbt: {}} | {ipbt: {patience: 5, fraction: 0.2, slow: 0}}",
                "{ipbt: {patience: 7, growth: 3}} | {ipbt: {patience: 7, growth: 3, fraction: 0.2, slow: 0}}",
                "{mf_pbt: {}} | {mf_pbt: {}}"
            })
    void whatWasTakenForGrantedIsSpelledOut(String strategy, String spelledOut) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> plain =
                TakenForGranted.spelledOut(read(strategy), 1, problems).plain();
        assertThat(problems).isEmpty();
        assertThat(plain)
                .containsEntry("rules", 1L)
                .containsEntry("strategy", read(spelledOut).plain().get("strategy"));
    }

    @Test
    void laterRulesTakeNothingForGrantedButThemselves() {
        List<Problem> problems = new ArrayList<>();
        Map<String, Object> plain =
                TakenForGranted.spelledOut(read("{ipbt: {}}"), 2, problems).plain();
        assertThat(problems).isEmpty();
        assertThat(plain).containsEntry("rules", 2L).containsEntry("strategy", Map.of("ipbt", Map.of()));
    }
}
