package org.evolvent.trainer.internal;

import java.util.Optional;

/** The way to end an attempt from another thread: by ending the process that it uses. Thread-safe. */
public final class Cancellation {
    private Optional<LocalProcess> process = Optional.empty();
    private Optional<Runnable> finisher = Optional.empty();
    private boolean cancelled;
    private boolean finishing;

    /** Says which process the attempt uses; one that is cancelled already is ended at once. */
    public synchronized void covers(LocalProcess used) {
        process = Optional.of(used);
        if (cancelled) {
            used.end("it was cancelled");
        }
    }

    /** Ends the attempt soon. Never blocks. */
    public synchronized void cancel() {
        cancelled = true;
        process.ifPresent(used -> used.end("it was cancelled"));
    }

    /** Says how the trainer of the attempt is asked to end its training at the next step. */
    public synchronized void finishes(Runnable asks) {
        finisher = Optional.of(asks);
    }

    /** Has the training end at its next step; where nobody can ask for that, or nothing is trained yet, ends the attempt. Never blocks. */
    public synchronized void finish() {
        if (finisher.isPresent()) {
            finishing = true;
            finisher.get().run();
        } else {
            cancel();
        }
    }

    /** Returns whether the training was asked to end. */
    public synchronized boolean isFinishing() {
        return finishing;
    }

    /** Returns whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }
}
