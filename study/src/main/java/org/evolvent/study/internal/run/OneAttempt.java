package org.evolvent.study.internal.run;

import java.time.Duration;
import java.util.function.Consumer;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.Executor;
import org.evolvent.runtime.ExecutorEvent;

/** Runs single attempts outside of a study, one after another. */
final class OneAttempt {
    private static final Duration POLL = Duration.ofSeconds(1);

    private OneAttempt() {}

    /** Runs an attempt on an executor that has nothing else to do, and returns how it ended. */
    static ExecutorEvent run(Executor executor, Attempt attempt) {
        return run(executor, attempt, event -> {});
    }

    /**
     * As above.
     *
     * @param before takes what is reported before the end
     */
    static ExecutorEvent run(Executor executor, Attempt attempt, Consumer<ExecutorEvent> before) {
        executor.start(attempt);
        while (true) {
            for (ExecutorEvent event : executor.await(POLL)) {
                if (event.isEnd() && event.attempt().equals(attempt)) {
                    return event;
                }
                before.accept(event);
            }
        }
    }

    /** Returns why an attempt ended without a result. */
    static String reason(ExecutorEvent event) {
        if (event instanceof ExecutorEvent.Failed failed) {
            return failed.message();
        }
        return event instanceof ExecutorEvent.Lost lost ? lost.message() : "it ended well";
    }
}
