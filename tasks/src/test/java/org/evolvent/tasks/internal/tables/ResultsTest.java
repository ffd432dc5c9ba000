package org.evolvent.tasks.internal.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.evolvent.tasks.internal.Tasks;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables that are published. */
class ResultsTest {
    @Test
    void everyTaskHasATable() {
        Set<String> tasks = new HashSet<>();
        TaskStrategies.all()
                .values()
                .forEach(protocol -> tasks.add(protocol.task().name()));
        assertThat(tasks).containsAll(Tasks.names());
    }

    @Tag("slow")
    @Test
    void tablesHaveTheirRowsAndAreReplacedBelowTheMark() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            Results.tables().get("choices").accept(out, 2);
        }
        String table = bytes.toString(StandardCharsets.UTF_8);
        assertThat(table).contains("### choices", "8 members", "2 seeds", "| the default | 0.", "| random search | 0.");
        assertThat(Results.replaced("words\n<!-- tables -->\n| old |\n", table))
                .isEqualTo("words\n<!-- tables -->\n" + table);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Results.replaced("words", table))
                .withMessageContaining("<!-- tables -->");
    }
}
