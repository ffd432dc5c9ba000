package org.evolvent.tasks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TasksTest {
    @Test
    void aTaskIsFoundByItsName() {
        assertThat(Tasks.names()).hasSize(13).contains("figure-2", "deceptive", "two-objectives");
        for (String name : Tasks.names()) {
            assertThat(Tasks.named(name).name()).isEqualTo(name);
        }
    }

    @Test
    void anotherNameIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> Tasks.named("Plain"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'Plain'")
                .hasMessageContaining("figure-2, plain, deceptive");
    }
}
