package org.evolvent.study.internal.run;

import org.evolvent.core.space.Hyperparameters;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;
import org.evolvent.study.internal.run.TrainerCheck.Grade;

/** Finds out whether hyperparameters that a trainer is told while it holds weights act like those that it restores weights with. */
final class InPlaceCheck {
    private final TrainerCheck check;
    private final Executor executor;
    private final ExecutorEvent.Done start;

    /**
     * Prepares.
     *
     * @param start an interval of fresh weights
     */
    InPlaceCheck(TrainerCheck check, Executor executor, ExecutorEvent.Done start) {
        this.check = check;
        this.executor = executor;
        this.start = start;
    }

    /** Tells of the interval after it, with other hyperparameters in both ways. */
    void tell(ExecutorEvent.Done applied, ExecutorEvent.Done created) {
        boolean isSame = check.isSame(executor, applied, created);
        if (!isSame) {
            Hyperparameters all = created.attempt().hyperparameters();
            check.confirm(3, () -> {
                check.again(executor, start.attempt(), start)
                        .ifPresent(again -> check.again(executor, check.onwards(again, all), applied));
                check.again(executor, created.attempt(), created);
            });
            isSame = check.isSame(executor, applied, created);
        }
        if (!check.sameness().repeats()) {
            check.add(
                    Grade.WARNING,
                    "Whether hyperparameters applied in place act like those given at creation cannot be told, as nothing repeats");
        } else if (isSame) {
            check.add(Grade.OK, "Hyperparameters applied in place act like those given at creation");
        } else {
            check.add(
                    Grade.WRONG,
                    "Hyperparameters applied in place give %s, but given at creation %s.\nMaybe 'apply' forgets one, or 'restore' brings old ones back?"
                            .formatted(applied.metrics(), check.sameness().contrast(applied, created)));
        }
    }
}
