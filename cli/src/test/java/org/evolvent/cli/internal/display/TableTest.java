package org.evolvent.cli.internal.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void tablesAlignNumbersRightAndWordsLeft() {
        Table table = new Table(List.of("name", "score"));
        table.row(List.of("a", "0.5")).row(List.of("long one", "12"));
        assertThat(table.lines()).containsExactly("name      score", "a           0.5", "long one     12");
        assertThatThrownBy(() -> table.row(List.of("x"))).isInstanceOf(IllegalArgumentException.class);
    }
}
