package org.evolvent.trainer.internal.place;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(TIME_TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
            LOG.warn("{} takes longer than {}; it goes on by itself", command, TIME_TO_ANSWER);
        } catch (IOException e) {
            LOG.warn("{} cannot be started", command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "";
    }
}
