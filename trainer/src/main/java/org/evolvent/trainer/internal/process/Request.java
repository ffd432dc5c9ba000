package org.evolvent.trainer.internal.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.study.Attempt;

/** What the driver asks of a trainer. Every request but the last two is answered by exactly one {@link Answer.Ok} or {@link Answer.Refused} with its id. */
public sealed interface Request {
    /** Returns the number of the request, rising from 0 in each process. */
    long id();

    /**
     * The first one: agree on a version.
     *
     * @param versions the versions of the protocol that the driver speaks
     * @param slot where the process runs, from 0
     * @param run the name of this session of the study
     * @param fixed the hyperparameters that shape the model, so that a trainer made with other values cannot take a checkpoint over
     * @param mark a line that the trainer may write to standard error before it begins with another attempt
     */
    record Start(long id, List<Integer> versions, int slot, String run, List<String> fixed, Optional<String> mark)
            implements Request {}

    /** Make fresh weights with the attempt's hyperparameters and seed. */
    record Create(long id, Attempt attempt) implements Request {}

    /** Take over a checkpoint and the attempt's hyperparameters and random stream; any weights held before are forgotten. */
    record Restore(long id, Attempt attempt, Path directory) implements Request {}

    /** Keep the weights and take the attempt's hyperparameters and random stream. */
    record Apply(long id, Attempt attempt) implements Request {}

    /** Measure the weights as they are, without training. Of version 2. */
    record Evaluate(long id, Attempt attempt) implements Request {}

    /** Train at least the attempt's steps, or as long as it says, then evaluate. */
    record Train(long id, Attempt attempt) implements Request {}

    /**
     * Save into an empty directory.
     *
     * @param telling whether to tell what was saved, on whose word it is taken
     */
    record Save(long id, Attempt attempt, Path directory, boolean telling) implements Request {}

    /** End the training of the request with this number at its next step. There is no answer but that request's own. */
    record Finish(long id) implements Request {}

    /** End. The end of standard input means the same. */
    record Stop(long id) implements Request {}
}
