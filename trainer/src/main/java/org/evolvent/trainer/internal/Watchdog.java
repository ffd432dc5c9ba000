package org.evolvent.trainer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.evolvent.runtime.EvolventException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends processes together with all that they started: those of one trainer on request, and those of the whole run when this JVM comes
 * to its end, be it by {@code kill -9}. A small shell script does it, at the other end of a pipe that breaks with this JVM. On Linux
 * with perl, each process gets a keeper, from whom nothing gets away; the scripts say how, and whom they find without. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final String SCRIPT = resource("watchdog.sh");
    private static final String KEEPER = resource("keeper.pl");

    private static final int LONGEST_ANSWER_BYTES = 80;

    /** Its search for processes takes two seconds at most, on a machine with a few hundred of them. */
    private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(4);

    /** The number of prctl(2), by the processor. */
    private static final Map<String, Integer> PRCTL =
            Map.of("amd64", 157, "aarch64", 167, "riscv64", 167, "ppc64le", 171, "s390x", 172);

    private final List<String> farewell;
    private final String run;
    private final List<String> prefix;
    private final boolean keeps;
    private final List<Long> sessions = new ArrayList<>();
    private Process process;
    private Writer to;
    private Output from;
    private int started;

    /** Starts the script. */
    public Watchdog() {
        this(List.of());
    }

    /**
     * Starts the script.
     *
     * @param farewell a command that it starts when this JVM is gone and everything of the run was ended; may be empty
     */
    public Watchdog(List<String> farewell) {
        this.farewell = List.copyOf(farewell);
        long driver = ProcessHandle.current().pid();
        // Unique among the runs that are alive, which is all that it takes.
        this.run = Long.toHexString(driver) + "-" + Long.toHexString(System.nanoTime());
        Optional<String> setsid = find("setsid");
        Optional<String> perl = find("perl").filter(found -> Files.exists(Path.of("/proc/self/stat")));
        Optional<Integer> prctl = Optional.ofNullable(PRCTL.get(System.getProperty("os.arch")));
        if (setsid.isEmpty()) {
            LOG.warn(
                    "There is no program 'setsid': Ctrl-C reaches the trainers, and children of theirs may be left behind");
        }
        this.keeps = setsid.isPresent() && perl.isPresent() && prctl.isPresent();
        this.prefix = new ArrayList<>(setsid.stream().toList());
        if (keeps) {
            Collections.addAll(prefix, perl.get(), "-e", KEEPER, prctl.get().toString(), Long.toString(driver));
        }
        launch();
    }

    private static Optional<String> find(String program) {
        return Programs.find(program, Path.of("."), System.getenv()).map(Path::toString);
    }

    private void launch() {
        List<String> command = new ArrayList<>(find("setsid").stream().toList());
        Collections.addAll(command, "/bin/sh", "-c", SCRIPT, "watchdog", run);
        command.addAll(farewell);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new EvolventException("The watchdog over the trainers cannot be started: " + e.getMessage(), e);
        }
        to = process.outputWriter(StandardCharsets.US_ASCII);
        from = new Output(process.getInputStream(), LONGEST_ANSWER_BYTES, "evolvent-watchdog", () -> {});
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

    /** Returns whether processes have a keeper, which sees to it that one that exits, without any signal, leaves nobody behind. */
    boolean keeps() {
        return keeps;
    }

    /** Returns a command that becomes the leader of a session, with a keeper, where that is possible. */
    List<String> kept(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** Says that a process was started with {@link #kept}. */
    synchronized void born(long session) {
        if (!prefix.isEmpty()) {
            sessions.add(session);
            tell("born " + session, false);
        }
    }

    /** Says that a process is gone with all that it started. */
    synchronized void ended(long session) {
        sessions.remove(session);
        tell("ended " + session, true);
    }

    /** Ends a process and everything that it started; returns when they are gone, or when they cannot be ended. */
    synchronized void reap(String mark, long session) {
        sessions.remove(session);
        tell("reap EVOLVENT_PROCESS=%s %s".formatted(mark, prefix.isEmpty() ? 0 : session), true);
    }

    private void tell(String line, boolean answered) {
        for (int tries = 0; tries < 2; tries++) {
            try {
                to.write(line + "\n");
                to.flush();
                if (!answered || from.next(TIME_TO_ANSWER).isPresent()) {
                    return;
                }
            } catch (IOException e) {
                LOG.debug("The watchdog is gone", e);
            }
            LOG.warn("The watchdog over the trainers was ended or stopped by somebody; starting another one");
            process.toHandle().destroyForcibly();
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

    /** Ends everything of this run; returns when it is gone, or when it cannot be ended. */
    @Override
    public synchronized void close() {
        try {
            to.close();
            if (!process.waitFor(TIME_TO_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The watchdog over the trainers does not come to an end");
            }
        } catch (IOException e) {
            LOG.warn("The watchdog over the trainers is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String resource(String name) {
        try (InputStream in = Watchdog.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar.\nMaybe the build left resources out?");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }
}
