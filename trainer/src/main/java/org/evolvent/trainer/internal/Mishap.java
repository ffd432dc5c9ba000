package org.evolvent.trainer.internal;

import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.DamagedCheckpointException;
import org.slf4j.Logger;

/** What keeps an attempt from its end and is not the trainer's fault. Stateless, hence thread-safe. */
public final class Mishap {
    private Mishap() {}

    /** Logs it; the loss of a checkpoint for the file only, since the driver tells people of that, once for all who need it. */
    public static void log(Logger log, Attempt attempt, Exception failure) {
        if (failure instanceof DamagedCheckpointException) {
            log.info("{} did not come to its end: {}", attempt, failure.getMessage());
        } else {
            log.warn("{} did not come to its end: {}", attempt, failure.getMessage());
        }
        log.debug("It is this", failure);
    }
}
