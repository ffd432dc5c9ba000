package org.evolvent.examples.torch;

import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;

/** Settings of PyTorch that hold for the whole process. */
public final class Torch {
    private Torch() {}

    /**
     * Makes every operation use one thread. To be called before the first one: a study keeps the cores busy with members, and sums then have
     * the same order everywhere, so that the same seed gives the same bits.
     */
    public static void useOneThread() {
        torch.set_num_threads(1);
        // The call above does not reach the library that multiplies the matrices.
        openblas.blas_set_num_threads(1);
    }
}
