package org.evolvent.trainer.internal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.evolvent.runtime.EvolventException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends processes together with all that they started: those of one trainer on request, and those of the whole run when this JVM comes
 * to its end, be it by {@code kill -9}. A small shell script does it, at the other end of a pipe that breaks with this JVM; the script
 * says whom it finds and how. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final String SCRIPT = script();

    private final String run;
    private final Optional<String> setsid;
    private final List<Long> sessions = new ArrayList<>();
    private Process process;
    private Writer to;
    private BufferedReader from;
    private int started;

    /** Starts the script. */
    public Watchdog() {
        // Unique among the runs that are alive, which is all that it takes.
        this.run = Long.toHexString(ProcessHandle.current().pid()) + "-" + Long.toHexString(System.nanoTime());
        this.setsid = Programs.find("setsid", Path.of("."), System.getenv()).map(Path::toString);
        if (setsid.isEmpty()) {
            LOG.warn(
                    "There is no program 'setsid': Ctrl-C reaches the trainers, and children of theirs may be left behind");
        }
        launch();
    }

    private void launch() {
        List<String> command = new ArrayList<>();
        setsid.ifPresent(command::add);
        command.addAll(List.of("/bin/sh", "-c", SCRIPT, "watchdog", run));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new EvolventException("The watchdog over the trainers cannot be started: " + e.getMessage(), e);
        }
        to = process.outputWriter(StandardCharsets.US_ASCII);
        from = process.inputReader(StandardCharsets.US_ASCII);
    }

    /** Returns the name of this run; processes carry it in {@code EVOLVENT_RUN}. */
    public String run() {
        return run;
    }

    /** Returns a new mark for a process, to be carried in {@code EVOLVENT_PROCESS}. */
    synchronized String newMark() {
        started++;
        // The dot at the end keeps 1 from being found in 12.
        return run + "." + started + ".";
    }

    /** Returns a command that becomes the leader of a session, where that is possible. */
    List<String> inOwnSession(List<String> command) {
        List<String> whole = new ArrayList<>();
        setsid.ifPresent(whole::add);
        whole.addAll(command);
        return whole;
    }

    /** Says that a process was started with {@link #inOwnSession}. */
    synchronized void born(long session) {
        if (setsid.isPresent()) {
            sessions.add(session);
            tell("born " + session, false);
        }
    }

    /** Ends a process and everything that it started; returns when they are gone. */
    synchronized void reap(String mark, long session) {
        sessions.remove(session);
        tell("reap EVOLVENT_PROCESS=%s %s".formatted(mark, setsid.isPresent() ? session : 0), true);
    }

    private void tell(String line, boolean answered) {
        for (int tries = 0; tries < 2; tries++) {
            try {
                to.write(line + "\n");
                to.flush();
                if (!answered || from.readLine() != null) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("The watchdog is gone", e);
            }
            LOG.warn("The watchdog over the trainers was ended by somebody; starting another one");
            launch();
            for (Long session : sessions) {
                try {
                    to.write("born " + session + "\n");
                } catch (IOException e) {
                    LOG.debug("The watchdog is gone again", e);
                }
            }
        }
    }

    /** Ends everything of this run; returns when it is gone. */
    @Override
    public synchronized void close() {
        try {
            to.close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                LOG.warn("The watchdog over the trainers does not come to an end");
            }
        } catch (IOException e) {
            LOG.warn("The watchdog over the trainers is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String script() {
        try (InputStream in = Watchdog.class.getResourceAsStream("watchdog.sh")) {
            if (in == null) {
                throw new IllegalStateException("watchdog.sh is not in the jar.\nMaybe the build left resources out?");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("watchdog.sh cannot be read", e);
        }
    }
}
