package org.evolvent.core.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.space.Value;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.junit.jupiter.api.Test;

/** What people are shown of a disagreement. */
class DifferenceTest {
    private static Hyperparameters values(double rate, int units) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("rate", Value.of(rate));
        values.put("units", Value.of(units));
        values.put("layers", Value.of(3));
        return Hyperparameters.of(values);
    }

    @Test
    void onlyTheValuesThatDifferAreShown() {
        assertThat(Difference.between(values(0.5, 7), values(0.25, 7), "of member 3"))
                .contains(new Difference("the hyperparameters of member 3", "rate = 0.5", "rate = 0.25", false));
        assertThat(Difference.between(values(0.5, 7), values(0.25, 8), "of member 3"))
                .contains(new Difference(
                        "the hyperparameters of member 3", "rate = 0.5, units = 7", "rate = 0.25, units = 8", false));
        assertThat(Difference.between(values(0.5, 7), values(0.5, 7), "of member 3"))
                .isEmpty();
    }

    @Test
    void scoresAreShownAsNumbersOrReasons() {
        assertThat(Difference.between(new Score.Valid(0.5), new Score.Invalid("loss is NaN"), "of it"))
                .contains(new Difference("the score of it", "0.5", "none: loss is NaN", false));
        assertThat(Difference.between(new Score.Invalid("it broke"), new Score.Invalid("loss is NaN"), "of it"))
                .contains(new Difference("the score of it", "none: it broke", "none: loss is NaN", true));
    }

    @Test
    void anotherStudyIsShown() {
        Auditor auditor = Auditor.deriving(Logs.small(Mode.SYNCHRONOUS), "this one");
        auditor.accept(new Event.StudyCreated("that one", Instant.EPOCH));
        assertThat(auditor.finding()).contains(new Finding(1, "the study", "that one", "this one", false));
    }

    @Test
    void aLogBeginsWithItsStudy() {
        Auditor auditor = Auditor.deriving(Logs.small(Mode.SYNCHRONOUS), "this one");
        List.of(new Event.StudyResumed(Instant.EPOCH), new Event.StudyResumed(Instant.EPOCH))
                .forEach(auditor);
        assertThat(auditor.finding())
                .contains(new Finding(1, "it must not be here", "StudyResumed", "the creation of the study", false));
    }
}
