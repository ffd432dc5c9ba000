package org.evolvent.trainer.internal.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandTemplateTest {
    private static List<String> fill(Map<String, String> values, String... arguments) {
        return new CommandTemplate(List.of(arguments)).fill(values);
    }

    @Test
    void placeholdersAreReplacedWhereverTheyStand() {
        assertThat(fill(Map.of("a", "1", "b-c.d", "2"), "x", "{a}", "--y={a}:{b-c.d}", "{z}", "{}", "{ a }"))
                .containsExactly("x", "1", "--y=1:2", "{z}", "{}", "{ a }");
    }

    @Test
    void anEmptyPlaceholderGoesWithTheOptionBeforeIt() {
        Map<String, String> empty = Map.of("checkpoint_in", "");
        assertThat(fill(empty, "x", "--resume", "{checkpoint_in}", "y")).containsExactly("x", "y");
        assertThat(fill(empty, "x", "resume", "{checkpoint_in}", "y")).containsExactly("x", "resume", "y");
        assertThat(fill(empty, "x", "--resume={checkpoint_in}")).containsExactly("x", "--resume=");
        assertThat(fill(empty, "-x", "{checkpoint_in}")).containsExactly("-x");
    }

    @Test
    void aValueIsNotReplacedAgain() {
        assertThat(fill(Map.of("a", "{b} $1 \\", "b", "no"), "x", "{a}")).containsExactly("x", "{b} $1 \\");
    }

    @Test
    void reservedPlaceholdersMakeAPlainCommand() {
        assertThat(CommandTemplate.isPlainCommand(List.of("python3", "train.py")))
                .isFalse();
        assertThat(CommandTemplate.isPlainCommand(List.of("awk", "{print}"))).isFalse();
        assertThat(CommandTemplate.isPlainCommand(List.of("x", "--out={checkpoint_out}")))
                .isTrue();
    }

    @Test
    void mistakesAreNamed() {
        CommandTemplate template = new CommandTemplate(List.of("x", "{learning_rat}"));
        assertThatThrownBy(() -> template.check(List.of("learning_rate")))
                .hasMessageContaining("{learning_rat}")
                .hasMessageContaining("learning_rate, member");
        assertThatThrownBy(() -> template.check(List.of("steps"))).hasMessageContaining("'steps'");
        assertThatThrownBy(() -> template.check(List.of("a-b", "a_b"))).hasMessageContaining("EVOLVENT_A_B");
        assertThatThrownBy(() -> template.check(List.of("Steps"))).hasMessageContaining("EVOLVENT_STEPS");
        assertThatThrownBy(() -> template.check(List.of("slot"))).hasMessageContaining("EVOLVENT_SLOT");
    }
}
