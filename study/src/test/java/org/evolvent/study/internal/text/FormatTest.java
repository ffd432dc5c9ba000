package org.evolvent.study.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("It sets the locale")
class FormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "-0.5, -0.5",
        "0.97123, 0.9712",
        "123456, 123500",
        "0.001, 0.001",
        "0.00012346, 1.235e-04",
        "1e-5, 1e-05",
        "2.5e9, 2.5e+09",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void numbersHaveFourDigits(double number, String shown) {
        assertThat(Format.number(number)).isEqualTo(shown);
    }

    @Test
    void theLocaleChangesNothing() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(Format.number(1.5e-5)).isEqualTo("1.5e-05");
            assertThat(Format.duration(Duration.ofSeconds(62))).isEqualTo("1:02");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void durationsAreClocks() {
        assertThat(Format.duration(Duration.ofSeconds(5))).isEqualTo("0:05");
        assertThat(Format.duration(Duration.ofSeconds(3599))).isEqualTo("59:59");
        assertThat(Format.duration(Duration.ofSeconds(3600 * 27 + 61))).isEqualTo("27:01:01");
        assertThat(Format.duration(Duration.ofSeconds(-5))).isEqualTo("0:00");
    }

    @Test
    void changesNameWhatChanged() {
        Hyperparameters before = Hyperparameters.of(Map.of("a", new Value.Int(1), "b", new Value.Text("x")));
        assertThat(Format.changes(before, before.with("a", new Value.Int(2)))).isEqualTo("a 1 -> 2");
        assertThat(Format.changes(before, before)).isEqualTo("nothing");
    }
}
