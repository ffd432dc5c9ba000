package org.evolvent.cli.internal.command;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Takes SIGTERM and SIGUSR1, which schedulers send when somebody's time is almost up, as the wish that a study finishes: what is under way
 * saves what is trained so far. The second one ends the process as Ctrl-C does, by {@link Interruption}.
 */
final class FinishSignals implements AutoCloseable {
    /** Whatever trainers do, the process has ended 10 seconds after SIGTERM. */
    private static final Duration AFTER_TERM = Duration.ofSeconds(5);

    /** Who sends SIGUSR1 has chosen how long before the end. */
    private static final Duration AFTER_USR1 = Duration.ofDays(1);

    private final AtomicBoolean finishing = new AtomicBoolean();
    private final Consumer<Duration> finish;
    private final boolean installed;

    /**
     * Watches from now on.
     *
     * @param finish is called by another thread when the first signal comes, with how long to wait at most
     * @param installed false does nothing
     */
    FinishSignals(Consumer<Duration> finish, boolean installed) {
        this.finish = finish;
        this.installed = installed;
        if (installed) {
            handle("TERM", () -> come(AFTER_TERM));
            handle("USR1", () -> come(AFTER_USR1));
        }
    }

    private void come(Duration atMost) {
        if (finishing.compareAndSet(false, true)) {
            finish.accept(atMost);
        } else {
            end();
        }
    }

    private static void end() {
        System.exit(ExitCode.INTERRUPTED); // Runs the hooks.
    }

    /** The JDK tells signals apart in {@code jdk.unsupported} only, which stays, but whose use in sources is a warning. */
    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object acting = Proxy.newProxyInstance(
                    FinishSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        action.run();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), acting);
        } catch (ReflectiveOperationException e) {
            // A JVM that gives the signal to nobody: it ends the process as ever.
        }
    }

    /** From now on SIGTERM ends the process. SIGUSR1, which comes to whole groups of processes, does nothing. */
    @Override
    public void close() {
        if (installed) {
            handle("TERM", FinishSignals::end);
            handle("USR1", () -> {});
        }
    }
}
