package org.evolvent.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Mode;
import org.evolvent.core.study.StudyState;
import org.evolvent.runtime.StudyListener;
import org.evolvent.study.SpecReader;
import org.evolvent.study.StudyResult;
import org.evolvent.study.StudyRun;
import org.evolvent.study.spec.Resources;
import org.evolvent.study.spec.StudySpec;
import org.evolvent.study.spec.TrainerSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The study file of the example, as people run it. */
@Tag("slow")
class DigitsStudyTest {
    @ParameterizedTest
    @EnumSource(Mode.class)
    void noWeightsTrainPastTheBudget(Mode mode) throws InterruptedException {
        StudySpec file = SpecReader.read(Path.of("study.yaml"));
        StudySpec study = file.toBuilder()
                .trainer(new TrainerSpec.Embedded(file.trainer().directory()))
                .mode(mode)
                .resources(Resources.ofSlots(2))
                .build();
        AtomicLong furthest = new AtomicLong();
        StudyListener listener = new StudyListener() {
            @Override
            public void committed(Supplier<StudyState> state, List<? extends Event> events) {
                for (Event event : events) {
                    if (event instanceof Event.IntervalFinished finished) {
                        furthest.accumulateAndGet(finished.attempt().stepTo(), Math::max);
                    }
                }
            }
        };
        try (StudyRun run = StudyRun.of(study)
                .trainer(new DigitsTrainerFactory())
                .listener(listener)
                .start()) {
            assertThat(run.await().status()).isEqualTo(StudyResult.Status.DONE);
        }
        assertThat(furthest.get()).isEqualTo(study.budget().steps());
    }
}
