package org.evolvent.trainer.internal.place;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A short command on this machine that asks a lender something, or tells it. */
final class Errand {
    /** Slurm's controller answers within milliseconds, or is being restarted. */
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Errand.class);

    private Errand() {}

    /** Returns what a command says; nothing when that takes too long. */
    static String run(List<String> command) {
        return run(command, TIME_TO_ANSWER);
    }

    /** Returns what a command says, however much that is; nothing when it takes longer than this. */
    static String run(List<String> command, Duration atMost) {
        return said(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD), atMost);
    }

    /** Returns all that a command says, its errors too; nothing when that takes too long. */
    static String all(List<String> command) {
        return said(new ProcessBuilder(command).redirectErrorStream(true), TIME_TO_ANSWER);
    }

    private static String said(ProcessBuilder builder, Duration atMost) {
        List<String> command = builder.command();
        try {
            Process process = builder.start();
            CompletableFuture<byte[]> said = new CompletableFuture<>();
            Thread reader = new Thread(() -> read(process, said), "evolvent-errand-" + process.pid());
            reader.setDaemon(true);
            reader.start();
            return new String(said.get(atMost.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8);
        } catch (TimeoutException e) {
            LOG.warn("{} takes longer than {}; it goes on by itself", command, atMost);
        } catch (IOException | ExecutionException e) {
            LOG.warn("{} cannot be started, or heard", command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }

    private static void read(Process process, CompletableFuture<byte[]> said) {
        try {
            said.complete(process.getInputStream().readAllBytes());
        } catch (IOException e) {
            said.completeExceptionally(e);
        }
    }
}
