package org.evolvent.cli.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a stop in good order: the JVM's end waits until the command has come to its own end, and the exit code
 * is then {@link ExitCode#INTERRUPTED}. To be closed when there is nothing left to stop.
 */
final class Interruption implements AutoCloseable {
    /** A trainer that does not look at its thread's interrupts ends with its interval; whoever cannot wait can kill, nothing is lost. */
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private final boolean installed;

    /**
     * Watches from now on.
     *
     * @param stop is called by another thread when the signal comes
     * @param installed false does nothing
     */
    Interruption(Runnable stop, boolean installed) {
        this.installed = installed;
        this.hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
                },
                "evolvent-interruption");
        if (installed) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    @Override
    public void close() {
        if (installed) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The signal has come: the hook runs and only waits for this.
                finished.countDown();
            }
        }
    }
}
