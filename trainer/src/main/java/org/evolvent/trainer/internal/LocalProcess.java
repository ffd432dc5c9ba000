package org.evolvent.trainer.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;
import org.evolvent.trainer.internal.local.Launch;
import org.evolvent.trainer.internal.place.Placement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of a slot: what it writes to standard error goes to the log, its limits are kept, and when it ends, by itself or by
 * {@link #end}, everything that it started ends with it.
 *
 * <p>Nobody waits for it or for its pipes without a deadline: a process that cannot be ended, or one that got away and holds the other
 * end of a pipe, is left behind together with the daemon thread at this end. Its output is taken by one thread; all other methods may be
 * called by any.
 */
public final class LocalProcess {
    /** The longest line that is read as a whole: a message with some ten thousand samples. */
    public static final int LONGEST_LINE_BYTES = 1 << 20;

    private static final int EXIT_BY_SIGNAL = 128;
    private static final String TAKEN_AWAY = "its place was taken away: ";
    private static final long NEVER = Long.MAX_VALUE;
    /** As good as for ever, and short enough to be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    /** For a process to vanish that was killed. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** For what is still in a pipe. */
    private static final Duration TIME_TO_READ = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(LocalProcess.class);

    private record Deadline(long nanos, String reason) {}

    /** Why it was ended, and whether because its place was taken away. */
    private record Reason(String words, boolean isTakenAway) {}

    private final Process process;
    private final LogTail log;
    private final Launch launch;
    private final Placement placement;
    private final Input stdin;
    private final Output stdout;
    private final Thread stderr;
    private final Watchdog watchdog;
    private final String mark;
    private final AtomicBoolean ending = new AtomicBoolean();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final AtomicReference<Optional<Reason>> reason = new AtomicReference<>(Optional.empty());
    private volatile Deadline deadline = new Deadline(NEVER, "");
    private volatile List<ProcessHandle> children = List.of();
    private volatile boolean working;
    private volatile boolean starting;
    private volatile long lastOutput = System.nanoTime();

    private LocalProcess(
            Process process, String mark, LogTail log, Launch launch, Placement placement, Watchdog watchdog) {
        this.process = process;
        this.log = log;
        this.launch = launch;
        this.placement = placement;
        this.stdin = new Input(process.getOutputStream(), over, "evolvent-in-" + process.pid());
        this.stdout =
                new Output(process.getInputStream(), LONGEST_LINE_BYTES, "evolvent-out-" + process.pid(), this::heard);
        this.stderr = daemon("log", this::readErrors);
        this.watchdog = watchdog;
        this.mark = mark;
    }

    private Thread daemon(String task, Runnable body) {
        Thread thread = new Thread(body, "evolvent-%s-%d".formatted(task, process.pid()));
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Starts one.
     *
     * @param command the program and its arguments
     * @param launch where, with which limits and variables
     * @param slot whose resources it gets
     * @param variables more variables; the launch's own win over them
     * @param stdin where it reads
     * @throws EvolventException when there is no such program
     */
    public static LocalProcess start(
            List<String> command,
            Launch launch,
            int slot,
            Map<String, String> variables,
            ProcessBuilder.Redirect stdin,
            LogTail log,
            Watchdog watchdog) {
        // What is inherited keeps its bytes.
        List<String> words = launch.words(slot, command);
        Programs.requireEncodable(words, List.of(variables, launch.environment()));
        Map<String, String> told = launch.variables(slot, variables);
        String mark = watchdog.newMark();
        told.put("EVOLVENT_RUN", watchdog.run());
        told.put("EVOLVENT_PROCESS", mark);
        told.put("EVOLVENT_SLOT", Integer.toString(slot));
        String preamble = launch.launcher().map(lender -> lender.preamble(told)).orElse("");
        ProcessBuilder builder = new ProcessBuilder(watchdog.kept(words))
                .directory(launch.directory().toFile())
                .redirectInput(preamble.isEmpty() ? stdin : ProcessBuilder.Redirect.PIPE);
        Map<String, String> environment = builder.environment();
        environment.putAll(told);
        if (watchdog.keeps()) {
            // What perl says about a locale that is not installed is nobody's log; the keeper takes it away again.
            environment.putIfAbsent("PERL_BADLANG", "0");
        }
        Path directory = launch.directory().toAbsolutePath();
        Programs.require(words.get(0), directory, environment);
        log.begin(true);
        try {
            Process process = builder.start();
            watchdog.born(process.pid());
            log.note("process %d: %s".formatted(process.pid(), command));
            LocalProcess started =
                    new LocalProcess(process, mark, log, launch, new Placement(launch.launcher(), slot), watchdog);
            started.stderr.start();
            CompletableFuture<Void> unused = process.onExit().thenRun(() -> {
                started.placement.over();
                started.endAll();
            });
            started.begin(preamble, stdin);
            return started;
        } catch (IOException e) {
            throw new EvolventException(
                    "The trainer's command %s cannot be started in %s: %s"
                            .formatted(command, directory, e.getMessage()),
                    e);
        }
    }

    /** Writes what goes before all else, and nothing more where it reads from somewhere else than from us. */
    private void begin(String preamble, ProcessBuilder.Redirect from) throws IOException {
        if (!preamble.isEmpty()) {
            stdin.write(preamble.getBytes(StandardCharsets.UTF_8));
            if (from.type() != ProcessBuilder.Redirect.Type.PIPE) {
                stdin.close();
            }
        }
    }

    /** Writes to its standard input. */
    public void write(byte[] message) throws IOException {
        stdin.write(message);
    }

    /** Writes a last message to its standard input and closes it. */
    public void writeLast(byte[] message) throws IOException {
        stdin.write(message);
        stdin.close();
    }

    /** Waits for the next line on standard output; empty when there will be none. Comes to an end when the process does. */
    public Optional<LineReader.Line> nextLine() {
        return stdout.next();
    }

    /** Adds a line to the log, and ends the process when there are too many. */
    public void log(LineReader.Line line) {
        log.add(line);
        if (working && log.bytes() > launch.limits().logBytes()) {
            end("it flooded its log with more than %d bytes in one interval"
                    .formatted(launch.limits().logBytes()));
        }
    }

    /** Begins a piece of work that has to be done in time. */
    public void work(Optional<Duration> limit, String what) {
        log.begin(false);
        long now = System.nanoTime();
        lastOutput = now;
        deadline = limit.map(most -> new Deadline(now + nanos(most), "%s took longer than %s".formatted(what, most)))
                .orElse(new Deadline(NEVER, ""));
        starting = false;
        working = true;
    }

    private static long nanos(Duration duration) {
        return duration.compareTo(LONGEST) < 0 ? duration.toNanos() : LONGEST.toNanos();
    }

    /** Begins its start, which may take long without a word. */
    public void start() {
        work(Optional.of(launch.limits().startUp()), "its start");
        starting = true;
    }

    /** Ends a piece of work; no limits apply until the next. */
    public void rest() {
        working = false;
        deadline = new Deadline(NEVER, "");
    }

    /** Returns how long it has printed nothing. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastOutput);
    }

    /**
     * Ends the process if it is out of time.
     *
     * @param learnt how long it may be silent when its limits do not say
     */
    void checkLimits(Optional<Duration> learnt) {
        if (!working) {
            return;
        }
        long now = System.nanoTime();
        Deadline current = deadline;
        if (current.nanos() != NEVER && now - current.nanos() > 0) {
            end(current.reason());
        }
        if (!starting) {
            launch.limits()
                    .silence()
                    .or(() -> learnt)
                    .filter(most -> silence().compareTo(most) > 0)
                    .ifPresent(most -> {
                        String whose = launch.limits().silence().isPresent()
                                ? ""
                                : ", %s times as long as the longest interval so far or at least %s; trainer.limits.silence sets another limit, or none"
                                        .formatted(LearntSilence.FACTOR, LearntSilence.spelt(LearntSilence.LEAST));
                        end("it wrote nothing for %s%s".formatted(LearntSilence.spelt(most), whose));
                    });
        }
    }

    /** Ends the process soon; only the first reason counts, and none when it has ended by itself. Never blocks. */
    public void end(String why) {
        end(new Reason(why, false));
    }

    private void end(Reason why) {
        if (process.isAlive()) {
            reason.compareAndSet(Optional.empty(), Optional.of(why));
        }
        endAll();
    }

    /** Ends the process and all that it started, in the background and in bounded time. */
    private void endAll() {
        if (ending.compareAndSet(false, true)) {
            daemon("end", this::endNow).start();
        }
    }

    private void endNow() {
        try {
            placement.release();
            if (hasExited() && watchdog.keeps()) {
                watchdog.ended(process.pid());
            } else {
                // The watchdog has to see it alive, for a child that got away may be known by its parent only.
                watchdog.reap(mark, process.pid());
            }
            // Not the process's own method, which waits for its pipes.
            process.toHandle().destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Process {} does not end; it is left behind", process.pid());
            }
            stderr.join(TIME_TO_READ.toMillis());
            over.complete(null);
            stdout.join(TIME_TO_READ.toMillis());
        } catch (InterruptedException | RuntimeException e) {
            LOG.warn("Process {} or a child of it may still be there", process.pid(), e);
        } finally {
            over.complete(null);
            stdout.abandon();
        }
    }

    /**
     * Notes its children, so that they are found when it ends by itself; to be called when it is asked to end. Without this, one that made
     * its own session and dropped its environment would be missed.
     */
    public void rememberChildren() {
        children = process.descendants().toList();
    }

    /** Returns whether it can be given work. */
    public boolean isAlive() {
        return process.isAlive() && reason.get().isEmpty();
    }

    /** Returns whether the program came to an end of its own, without any signal. */
    public boolean hasExited() {
        return !process.isAlive() && process.exitValue() <= EXIT_BY_SIGNAL;
    }

    /** Waits until the process has ended by itself, at most for some time. */
    public boolean hasEnded(Duration atMost) {
        try {
            return process.waitFor(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until the process has ended by itself or was ended. */
    public void awaitExit() {
        CompletableFuture.anyOf(process.onExit(), over).join();
    }

    /** Waits until nothing of the process is left, in bounded time once it has ended or was ended; then returns its exit code. */
    public int awaitEnd() {
        over.join();
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Waits until nothing of the process is left; then returns why it ended. */
    public String howItEnded() {
        int code = awaitEnd();
        return reason.get()
                .map(Reason::words)
                .orElseGet(() -> code > EXIT_BY_SIGNAL
                        ? "it was killed by signal %d".formatted(code - EXIT_BY_SIGNAL)
                        : "it exited with code %d".formatted(code));
    }

    /** Returns whether a signal ended it, or we did. Nothing of it may be left. */
    public boolean wasKilled() {
        return reason.get().isPresent() || awaitEnd() > EXIT_BY_SIGNAL;
    }

    /** Returns the place that it runs in. */
    public Placement placement() {
        return placement;
    }

    /** Returns whether its place is gone, be it taken away or out of reach; what is said of one that we gave back is no news. */
    public boolean wasWithdrawn() {
        if (!process.isAlive()) {
            awaitEnd();
        }
        boolean byUs = reason.get().filter(why -> !why.isTakenAway()).isPresent();
        boolean vanished = !process.isAlive() && placement.endsUnannounced();
        return placement.isGranted()
                && !byUs
                && (vanished || placement.withdrawal().isPresent());
    }

    /** Returns what its last words say of a medium, when it failed by itself. Nothing of it may be left. */
    public Optional<StorageException.Kind> medium() {
        return reason.get().isEmpty() ? log.medium() : Optional.empty();
    }

    private void heard() {
        lastOutput = System.nanoTime();
    }

    private void readErrors() {
        try {
            LineReader lines = new LineReader(process.getErrorStream(), LONGEST_LINE_BYTES, this::heard);
            for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                String text = new String(line.get().bytes(), StandardCharsets.UTF_8);
                if (!placement.hear(text)) {
                    log(line.get());
                }
                placement.withdrawal().ifPresent(words -> end(new Reason(TAKEN_AWAY + words, true)));
            }
        } catch (IOException e) {
            LOG.debug("The standard error of process {} ended", process.pid(), e);
        }
    }
}
