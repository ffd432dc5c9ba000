package org.evolvent.examples.gan;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** A classifier of images that takes no part in what it judges. */
interface Judge extends AutoCloseable {
    /**
     * What a judge sees in images.
     *
     * @param probabilities of each class: images x classes, each row with the sum 1
     * @param features what the last layer decides by: images x features
     */
    record Opinion(Tensor probabilities, Tensor features) {}

    /** Looks at images: images x channels x height x width, in [-1, 1]. To be called inside a scope, without derivatives. */
    Opinion look(Tensor images);

    /** Looks at images part by part. */
    default Opinion look(List<Tensor> parts) {
        List<Tensor> probabilities = new ArrayList<>();
        List<Tensor> features = new ArrayList<>();
        for (Tensor part : parts) {
            Opinion opinion = look(part);
            probabilities.add(opinion.probabilities);
            features.add(opinion.features);
        }
        return new Opinion(joined(probabilities), joined(features));
    }

    private static Tensor joined(List<Tensor> parts) {
        return torch.cat(new TensorVector(parts.toArray(Tensor[]::new)), 0);
    }

    /** Returns the share of images, from 0 to 1, whose class the judge thinks the likeliest. To be called inside a scope. */
    default double accuracy(Images images) {
        Tensor answers = look(images.parts(0, images.count())).probabilities().argmax(new LongOptional(1), false);
        return answers.eq(images.labels()).sum().item_double() / images.count();
    }

    @Override
    void close();
}
