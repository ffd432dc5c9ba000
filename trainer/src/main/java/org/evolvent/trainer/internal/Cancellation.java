package org.evolvent.trainer.internal;

import java.util.Optional;

/** The way to end an attempt from another thread: by ending the process that it uses. Thread-safe. */
public final class Cancellation {
    private Optional<LocalProcess> process = Optional.empty();
    private boolean cancelled;

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

    /** Returns whether {@link #cancel} was called. */
    public synchronized boolean isCancelled() {
        return cancelled;
    }
}
