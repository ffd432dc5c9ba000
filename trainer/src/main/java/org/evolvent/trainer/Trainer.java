package org.evolvent.trainer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.evolvent.core.space.Hyperparameters;

/**
 * A model in training, inside this JVM. This is all that you write to tune it with Population Based Training.
 *
 * <h2>What happens to it</h2>
 *
 * <p>Evolvent trains a <em>population</em> of such models side by side, say 16, each with its own hyperparameters. Each one trains for an
 * <em>interval</em>, say 500 steps, and reports how good it is. Then the weakest ones copy the weights of the strongest ones
 * (<em>exploit</em>) and go on with slightly changed hyperparameters (<em>explore</em>). In the end there is one good model, and the
 * <em>schedule</em> of hyperparameters that made it, at the cost of training 16 models once.
 *
 * <p>One object serves one member of the population at a time. Its life is:
 *
 * <pre>
 *   create(hyperparameters, seed)            fresh weights
 *     [restore(directory)]                   weights of an earlier interval, this member's or another's
 *     [apply(hyperparameters)]               other hyperparameters, same weights
 *     [reseed(seed)]                         the weights are another member's: a random stream of its own
 *     train(steps)                           one interval; returns the metrics
 *     save(directory)                        for resuming, and for others to copy
 *     ...                                    again from the second line
 *   close()
 * </pre>
 *
 * <p>A member that goes on where it was is not restored and not created again. All calls come one after another, but not always from the
 * same thread; different objects are called at the same time.
 *
 * <h2>What it must do</h2>
 *
 * <ul>
 *   <li><b>Save everything that training depends on</b>: weights, the optimizer's state, running statistics, the position in the data and
 *       the random generator. A test of this: train 10 steps, save, restore into a new object, train 10 more; the weights must be those of
 *       20 steps in a row. {@code evolvent check} makes that test.
 *   <li><b>Take new hyperparameters without losing the weights.</b> A learning rate is a field to set. What changes the shape of the
 *       model belongs into a parameter marked {@code fixed} in the search space: it is then inherited with the weights, never changed.
 *   <li><b>Draw randomness from the given seed</b> and from nothing global, or the study will not repeat.
 *   <li><b>Report a score measured on held-out data</b>, by the same ruler every time: never let a hyperparameter change the metric.
 * </ul>
 *
 * <p>Any exception fails the attempt; it is tried again from the last checkpoint, and when it fails for good the member is replaced by a
 * copy of a better one. A score of NaN is no error: it ranks worst.
 */
public interface Trainer extends AutoCloseable {
    /**
     * Trains on from where it is, then evaluates.
     *
     * @param steps the number of training steps to add at least, at least 1; what a step is, is yours to say (a batch, an epoch, an
     *     episode). A trainer that moves in larger ones, in rollouts say, stops at the first point at or beyond, and reports how many it did
     *     ({@link Report#withSteps})
     * @return the metrics, among them the study's objective
     * @throws Exception when training failed
     */
    Report train(long steps) throws Exception;

    /**
     * Trains on for some time, then evaluates; called instead of {@link #train(long)} in a study whose intervals have a time.
     *
     * @param steps the most training steps to add, at least 1: what is left of the budget
     * @param time how long to train, above 0
     * @return the metrics, with the steps that were done, at least 1 ({@link Report#withSteps})
     * @throws UnsupportedOperationException unless a trainer overrides this
     * @throws Exception when training failed
     */
    default Report train(long steps, Duration time) throws Exception {
        throw new UnsupportedOperationException(
                "The study's intervals have a time, but %s trains by steps only.\nMaybe override train(long, Duration), or use interval: {steps: N}?"
                        .formatted(getClass().getName()));
    }

    /**
     * Asks a {@code train} that runs to end at its next step and to report the steps that it did ({@link Report#withSteps}), fewer than it
     * was asked for: the study, or its place, is about to end. What was trained so far is then saved and counts, and another attempt does the
     * rest. Called by another thread; has to return at once.
     *
     * @return whether it does so; false, the default, of trainers that cannot, whose interval is trained again from its beginning
     */
    default boolean finish() {
        return false;
    }

    /**
     * Measures the weights as they are, without training: a restored model should score as it did when it was saved. Evolvent asks for it
     * after the first restores of a study, and restores again afterwards, so that nothing that is drawn or moved here changes the training.
     *
     * @return what {@link #train(long)} would report of these weights; empty, the default, of trainers that cannot tell
     * @throws Exception when evaluating failed
     */
    default Optional<Report> evaluate() throws Exception {
        return Optional.empty();
    }

    /**
     * Begins the random stream anew: what is drawn from now on (the order of the data, dropout, exploration) depends on this seed. Called
     * after the weights of another member were restored, hyperparameters applied. Several members may have copied the same checkpoint, with
     * the random generator's state in it, and would train exactly alike: the population would be one model, trained many times.
     *
     * <p>Does nothing by default, which is right for trainers that draw nothing.
     *
     * @param seed from 0 to 2^31 - 1; the same when the interval is tried again
     * @throws Exception when it cannot be done
     */
    default void reseed(long seed) throws Exception {}

    /**
     * Takes other hyperparameters in place; the weights stay.
     *
     * @param hyperparameters a value for every parameter of the search space
     * @throws Exception when they cannot be applied
     */
    void apply(Hyperparameters hyperparameters) throws Exception;

    /**
     * Saves all that training depends on.
     *
     * @param directory exists and is empty; any number of files and folders may go into it. It is moved away afterwards, so keep no file
     *     in it open
     * @throws Exception when it cannot be saved
     */
    void save(Path directory) throws Exception;

    /**
     * Replaces everything by what was saved, by this object or another one, except for the hyperparameters: they stay as they were last
     * given.
     *
     * @param directory what {@link #save} wrote; to be read only
     * @throws Exception when it cannot be restored
     */
    void restore(Path directory) throws Exception;

    /** Frees what the garbage collector does not (native memory, say). Does nothing by default. */
    @Override
    default void close() throws Exception {}
}
