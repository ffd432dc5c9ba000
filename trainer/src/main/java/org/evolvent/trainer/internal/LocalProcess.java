package org.evolvent.trainer.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.evolvent.runtime.EvolventException;
import org.evolvent.trainer.local.Launch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of a slot: what it writes to standard error goes to the log, its limits are kept, and when it ends, by itself or by
 * {@link #end}, everything that it started ends with it.
 *
 * <p>Its standard output is read by one thread; all other methods may be called by any.
 */
public final class LocalProcess {
    /** The longest line that is read as a whole: a message with some ten thousand samples. */
    public static final int LONGEST_LINE_BYTES = 1 << 20;

    private static final int EXIT_BY_SIGNAL = 128;
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TIME_TO_READ = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(LocalProcess.class);

    private record Deadline(long nanos, String reason) {}

    private final Process process;
    private final LogTail log;
    private final Launch launch;
    private final LineReader stdout;
    private final Thread stderr;
    private final Watchdog watchdog;
    private final String mark;
    private final AtomicBoolean reaping = new AtomicBoolean();
    private final CompletableFuture<Boolean> reaped = new CompletableFuture<>();
    private final AtomicReference<Optional<String>> reason = new AtomicReference<>(Optional.empty());
    private volatile Deadline deadline = new Deadline(NEVER, "");
    private volatile List<ProcessHandle> children = List.of();
    private volatile boolean working;
    private volatile boolean starting;
    private volatile long lastOutput = System.nanoTime();

    private LocalProcess(Process process, String mark, LogTail log, Launch launch, Watchdog watchdog) {
        this.process = process;
        this.log = log;
        this.launch = launch;
        this.stdout = new LineReader(process.getInputStream(), LONGEST_LINE_BYTES);
        this.stderr = new Thread(this::readErrors, "evolvent-log-" + process.pid());
        this.watchdog = watchdog;
        this.mark = mark;
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
        requireEncodable(command, List.of(variables, launch.environment()));
        ProcessBuilder builder = new ProcessBuilder(watchdog.inOwnSession(command))
                .directory(launch.directory().toFile())
                .redirectInput(stdin);
        Map<String, String> environment = builder.environment();
        environment.putAll(launch.slots().get(slot).environment());
        environment.putAll(variables);
        environment.putAll(launch.environment());
        String mark = watchdog.newMark();
        environment.put("EVOLVENT_RUN", watchdog.run());
        environment.put("EVOLVENT_PROCESS", mark);
        environment.put("EVOLVENT_SLOT", Integer.toString(slot));
        Path directory = launch.directory().toAbsolutePath();
        if (Programs.find(command.get(0), directory, environment).isEmpty()) {
            throw new EvolventException(
                    "The trainer's program '%s' was not found, or is not executable (working directory %s, PATH %s).\nMaybe a typing error, or a virtual environment that is not active?"
                            .formatted(command.get(0), directory, environment.getOrDefault("PATH", "")));
        }
        log.begin(true);
        try {
            Process process = builder.start();
            watchdog.born(process.pid());
            log.note("process %d: %s".formatted(process.pid(), command));
            LocalProcess started = new LocalProcess(process, mark, log, launch, watchdog);
            started.stderr.setDaemon(true);
            started.stderr.start();
            CompletableFuture<Void> unused = process.onExit().thenRun(started::reap);
            return started;
        } catch (IOException e) {
            throw new EvolventException(
                    "The trainer's command %s cannot be started in %s: %s"
                            .formatted(command, directory, e.getMessage()),
                    e);
        }
    }

    /** Java would replace what the locale cannot write by question marks. */
    private static void requireEncodable(List<String> command, List<Map<String, String>> environments) {
        Charset charset = Charset.forName(
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
        CharsetEncoder encoder = charset.newEncoder();
        for (String word : command) {
            requireEncodable("argument", word, encoder);
        }
        environments.forEach(
                variables -> variables.forEach((name, value) -> requireEncodable("variable " + name, value, encoder)));
    }

    private static void requireEncodable(String what, String text, CharsetEncoder encoder) {
        if (text.indexOf('\0') >= 0) {
            throw new EvolventException(
                    "The %s of the trainer's command has a NUL character in it, which no program can be given: '%s'"
                            .formatted(what, text.replace('\0', '?')));
        }
        if (!encoder.canEncode(text)) {
            throw new EvolventException(
                    "The %s of the trainer's command is '%s', which cannot be written in this process's encoding, %s.\nMaybe set LC_ALL=C.UTF-8?"
                            .formatted(what, text, encoder.charset()));
        }
    }

    /** Returns where the process reads. */
    public OutputStream stdin() {
        return process.getOutputStream();
    }

    /** Waits for the next line on standard output; empty when there will be none. */
    public Optional<LineReader.Line> nextLine() throws IOException {
        Optional<LineReader.Line> line = stdout.next();
        lastOutput = System.nanoTime();
        return line;
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
        deadline = limit.map(most -> new Deadline(now + most.toNanos(), "%s took longer than %s".formatted(what, most)))
                .orElse(new Deadline(NEVER, ""));
        starting = false;
        working = true;
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

    /** Ends the process if it is out of time. */
    void checkLimits() {
        if (!working) {
            return;
        }
        long now = System.nanoTime();
        Deadline current = deadline;
        if (current.nanos() != NEVER && now - current.nanos() > 0) {
            end(current.reason());
        }
        launch.limits().silence().ifPresent(most -> {
            if (!starting && now - lastOutput > most.toNanos()) {
                end("it wrote nothing for %s".formatted(most));
            }
        });
    }

    /** Ends the process soon; only the first reason counts. Never blocks. */
    public void end(String why) {
        reason.compareAndSet(Optional.empty(), Optional.of(why));
        reap();
    }

    /**
     * Ends the process and its children, in the background. The watchdog has to see the process alive, for a child that made its own
     * session and dropped its environment is known by its parent only.
     */
    private void reap() {
        if (reaping.compareAndSet(false, true)) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> watchdog.reap(mark, process.pid()))
                    .whenComplete((done, failure) -> {
                        process.destroyForcibly();
                        children.forEach(ProcessHandle::destroyForcibly);
                        reaped.complete(failure == null);
                    });
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
        process.onExit().join();
    }

    /** Waits until nothing of the process is left; then returns its exit code. */
    public int awaitEnd() {
        try {
            reaped.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            stderr.join(TIME_TO_READ.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Process {} or a child of it may still be there", process.pid(), e);
        }
        return process.isAlive() ? -1 : process.exitValue();
    }

    /** Waits until nothing of the process is left; then returns why it ended. */
    public String howItEnded() {
        int code = awaitEnd();
        return reason.get()
                .orElseGet(() -> code > EXIT_BY_SIGNAL
                        ? "it was killed by signal %d".formatted(code - EXIT_BY_SIGNAL)
                        : "it exited with code %d".formatted(code));
    }

    private void readErrors() {
        try {
            LineReader lines = new LineReader(process.getErrorStream(), LONGEST_LINE_BYTES);
            for (Optional<LineReader.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                lastOutput = System.nanoTime();
                log(line.get());
            }
        } catch (IOException e) {
            LOG.debug("The standard error of process {} ended", process.pid(), e);
        }
    }
}
