package org.evolvent.cli.internal.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a stop in good order: the JVM's end waits until the command has come to its own end, and the exit code
 * is then {@link ExitCode#INTERRUPTED}. To be closed when there is nothing left to stop.
 */
final class Interruption implements AutoCloseable {
    /** Whatever trainers do, the process is gone within ten seconds. Its watchdog ends the rest; nothing that was committed is lost. */
    private static final long PATIENCE_SECONDS = 9;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private final boolean installed;

    /**
     * Watches from now on.
     *
     * @param stop is called by another thread when the signal comes
     * @param late is called by that thread when the command does not come to its end in time
     * @param installed false does nothing
     */
    Interruption(Runnable stop, Runnable late, boolean installed) {
        this.installed = installed;
        this.hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            late.run();
                        }
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
