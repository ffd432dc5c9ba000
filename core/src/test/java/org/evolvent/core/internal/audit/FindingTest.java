package org.evolvent.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingTest {
    @ParameterizedTest
    @CsvSource({
        "1, Nothing in the log can be trusted.",
        "2, Only event 1 agrees with the study.",
        "3, Events 1 to 2 agree with the study and with one another.",
        "77, Events 1 to 76 agree with the study and with one another."
    })
    void saysWhatCanBeTrusted(long event, String trusted) {
        assertThat(new Finding(event, "the donor", "3", "4", false).message())
                .startsWith("Event %s of the log".formatted(event))
                .contains(": the donor.\n", "The log says: 3\n", "Derived:      4\n")
                .endsWith("\n" + trusted);
    }
}
