package org.evolvent.trainer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines that a process writes. A daemon thread reads them, so that nobody else waits for a pipe: it ends only when everybody who holds
 * it has let go, and that may be somebody whom nobody can end. Then it is abandoned, and the thread stays behind. Thread-safe.
 */
final class Output {
    /** Few, so that a process that writes faster than we read waits in its own time, and a line may be long. */
    private static final int MOST_WAITING = 16;

    private static final long MILLIS_BETWEEN_LOOKS = 200;
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);

    private final BlockingQueue<Optional<LineReader.Line>> lines = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread reader;
    private volatile boolean abandoned;

    /**
     * Begins to read.
     *
     * @param longest the bytes after which a line is cut
     * @param heard is called whenever something has come
     */
    Output(InputStream in, int longest, String name, Runnable heard) {
        this.reader = new Thread(() -> read(new LineReader(in, longest, heard)), name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(LineReader from) {
        try {
            for (Optional<LineReader.Line> line = from.next(); line.isPresent(); line = from.next()) {
                hand(line);
            }
        } catch (IOException e) {
            LOG.debug("The output of a process broke", e);
        } catch (InterruptedException e) {
            return;
        }
        abandoned = true;
        boolean unused = lines.offer(Optional.empty());
    }

    private void hand(Optional<LineReader.Line> line) throws InterruptedException {
        while (!lines.offer(line, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
            if (abandoned) {
                throw new InterruptedException("nobody takes the lines any more");
            }
        }
    }

    /** Waits for the next line; empty when there will be none. */
    Optional<LineReader.Line> next() {
        return next(Duration.ofNanos(Long.MAX_VALUE));
    }

    /** Waits for the next line, at most for some time; empty when there is none. */
    Optional<LineReader.Line> next(Duration atMost) {
        long begun = System.nanoTime();
        try {
            while (true) {
                boolean last = abandoned || System.nanoTime() - begun >= atMost.toNanos();
                Optional<LineReader.Line> line =
                        last ? lines.poll() : lines.poll(MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
                if (line != null && line.isPresent()) {
                    return line;
                }
                if (last) {
                    return Optional.empty();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Waits until everything is read, at most for some time. */
    void join(long millis) throws InterruptedException {
        reader.join(millis);
    }

    /** Says that what is still to come does not count; what was read is still handed out. */
    void abandon() {
        abandoned = true;
    }
}
