package org.evolvent.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.evolvent.examples.torch.Torch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judges of the data that is here. */
@Tag("slow")
class JudgeTest {
    private static Task task(String name) throws Exception {
        Torch.useOneThread();
        try {
            return Task.read(List.of(name), System.getenv());
        } catch (MissingDataException e) {
            return abort(e.getMessage());
        }
    }

    @Test
    void ofFashionMnistIsRightAboutNineImagesOfTen() throws Exception {
        isRight(task("fashion-mnist"), 0.9, 64);
    }

    @Test
    void ofMnistIsRightAboutAlmostAll() throws Exception {
        isRight(task("mnist"), 0.99, 50);
    }

    private static void isRight(Task task, double accuracy, int features) {
        try (PointerScope scope = new PointerScope();
                NoGradGuard guard = new NoGradGuard();
                Judge judge = task.judge()) {
            assertThat(judge.accuracy(task.test())).isGreaterThan(accuracy);
            Judge.Opinion opinion = judge.look(task.test().parts(0, 7));
            Tensor sums = opinion.probabilities().sum(1);
            assertThat(sums.min().item_double()).isEqualTo(1, within(1e-5));
            assertThat(sums.max().item_double()).isEqualTo(1, within(1e-5));
            assertThat(opinion.features().size(0)).isEqualTo(7);
            assertThat(opinion.features().size(1)).isEqualTo(features);
        }
    }
}
