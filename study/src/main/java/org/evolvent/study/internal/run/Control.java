package org.evolvent.study.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.evolvent.runtime.EvolventException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What somebody asks of a running study from another process, on this machine or another that sees its directory: the file {@code control}
 * in the run directory, with one word. The driver looks each second. An order is for the driver that runs: what an earlier one has left
 * is forgotten when a driver begins, and when it ends.
 */
public final class Control implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Control.class);
    private static final String NAME = "control";
    private static final long PERIOD_MILLIS = 1000;

    /** What can be asked for. */
    public enum Order {
        /** Go on; the same as no file. */
        RUN,
        /** Begin no other interval; those under way go on to their ends. */
        PAUSE,
        /** Stop as for Ctrl-C: {@code evolvent resume} goes on. */
        STOP;

        /** Returns the word for it, such as {@code pause}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Path directory;
    private final Consumer<Order> obey;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread named = new Thread(task, "evolvent-control");
        named.setDaemon(true);
        return named;
    });
    private Order last = Order.RUN;

    private Control(Path directory, Consumer<Order> obey) {
        this.directory = directory;
        this.obey = obey;
    }

    /**
     * Looks for orders until it is closed.
     *
     * @param directory the run directory, which this process drives
     * @param obey is told each order that is not the last one, by a thread of its own
     */
    static Control follow(Path directory, Consumer<Order> obey) {
        forget(directory);
        Control control = new Control(directory, obey);
        ScheduledFuture<?> unused = control.thread.scheduleWithFixedDelay(
                control::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return control;
    }

    private void look() {
        Order order = of(directory);
        if (order != last) {
            LOG.info("{} says: {}", directory.resolve(NAME), order.word());
            last = order;
            obey.accept(order);
        }
    }

    /** Returns what is asked of the driver of a run; {@link Order#RUN} where nothing is, or nothing that is known. */
    public static Order of(Path directory) {
        try {
            String word = Files.readString(directory.resolve(NAME)).strip();
            for (Order order : Order.values()) {
                if (order.word().equals(word)) {
                    return order;
                }
            }
        } catch (IOException e) {
            // There is none, which is usual.
        }
        return Order.RUN;
    }

    /**
     * Asks something of the driver of a run.
     *
     * @throws EvolventException when the file cannot be written
     */
    public static void give(Path directory, Order order) {
        Path file = directory.resolve(NAME);
        try {
            if (order == Order.RUN) {
                Files.deleteIfExists(file);
            } else {
                Path fresh = directory.resolve(NAME + ".new");
                Files.writeString(fresh, order.word() + "\n");
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new EvolventException("The order %s cannot be written to %s: %s".formatted(order.word(), file, e), e);
        }
    }

    private static void forget(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(NAME));
        } catch (IOException e) {
            // Where nothing can be deleted, nothing could be ordered.
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        forget(directory);
    }
}
