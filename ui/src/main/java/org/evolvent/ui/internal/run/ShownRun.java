package org.evolvent.ui.internal.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.internal.run.Control;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.views.internal.family.Family;
import org.evolvent.views.internal.history.Follower;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Reading;
import org.evolvent.views.internal.view.Source;
import org.jspecify.annotations.Nullable;

/** A run that is shown while it grows. Answers are computed once for each revision and asked for by many threads, one at a time. */
public final class ShownRun implements AutoCloseable {
    /** Views of a large study are worth keeping while nothing happens, and weigh. */
    private static final int MOST_ANSWERS = 64;

    private final String id;
    private final String directory;
    private final Path path;
    private final Follower run;
    private @Nullable Follower baseline;
    private @Nullable Family family;
    private final Map<String, Optional<byte[]>> answers = new LinkedHashMap<>();
    private Pulse pulse;
    private boolean isClosed;

    /**
     * Opens a run.
     *
     * @param id its name in addresses
     * @param directory as the command was given it
     * @param path the same, absolute
     * @param reading is told how far its log has been read
     * @throws EvolventException when there is no run, or its log is damaged
     */
    public ShownRun(String id, String directory, Path path, Reading reading) {
        this.id = id;
        this.directory = directory;
        this.path = path;
        this.run = new Follower(path, reading);
        this.pulse = pulse();
    }

    /** Returns its name in addresses. */
    public String id() {
        return id;
    }

    /** Returns what tells it from others. */
    public synchronized RunLine line() {
        return RunLine.of(id, directory, run.history().study());
    }

    /** Reads what was logged since the last time, and wakes whoever waits for it. */
    public synchronized Pulse follow() {
        boolean grew = run.follow();
        grew |= followBaseline();
        Pulse now = pulse();
        if (grew || !now.equals(pulse)) {
            pulse = now;
            answers.clear();
            notifyAll();
        }
        return pulse;
    }

    private Pulse pulse() {
        long events = run.history().events()
                + (baseline == null ? 0 : baseline.history().events());
        return new Pulse(events, run.driver().isPresent(), Control.of(path).word());
    }

    /**
     * Asks something of its driver.
     *
     * @throws EvolventException when nobody drives it, or it cannot be asked
     */
    public synchronized void ask(Control.Order order) {
        if (run.driver().isEmpty()) {
            throw new EvolventException("Nobody drives %s, so there is nobody to ask.".formatted(directory));
        }
        Control.give(path, order);
        follow();
    }

    private boolean followBaseline() {
        if (baseline != null) {
            return baseline.follow();
        }
        Path other = path.resolve("baseline");
        if (Files.exists(other.resolve("study.yaml")) && Files.exists(other.resolve("events.db"))) {
            baseline = new Follower(other);
            return true;
        }
        return false;
    }

    /**
     * Waits until there is something else to see than a pulse.
     *
     * @param seen what was seen last; null for nothing
     * @param millis how long to wait at most
     * @return the pulse at the end, which may be the one that was seen
     */
    public synchronized Pulse await(@Nullable Pulse seen, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (pulse.equals(seen) && !isClosed) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return pulse;
    }

    /**
     * Returns an answer about the run as it is by now.
     *
     * @param question what tells this answer from others about the same revision
     * @param answer computes it; empty when there is nothing of that name
     */
    public synchronized Optional<byte[]> answer(String question, Function<ShownRun, Optional<byte[]>> answer) {
        follow();
        Optional<byte[]> known = answers.get(question);
        if (known == null) {
            known = answer.apply(this);
            if (answers.size() >= MOST_ANSWERS) {
                answers.remove(answers.keySet().iterator().next());
            }
            answers.put(question, known);
        }
        return known;
    }

    /** Returns what monitoring wants to know. */
    public synchronized Measures measures() {
        follow();
        return Measures.of(source());
    }

    /** Returns what views are made of; to be used within {@link #answer} only. */
    public Source source() {
        return new Source(
                run.history(),
                directory,
                run.driver(),
                RunSession.slots(run.file()),
                run.file().spec().baseline());
    }

    /** Returns its family; to be used within {@link #answer} only. */
    public Family family() {
        // Where the study was amended, its history is another one.
        if (family == null || family.history() != run.history()) {
            family = new Family(run.history());
        }
        return family;
    }

    /** Returns the random search with the same budget, where there is one; to be used within {@link #answer} only. */
    public Optional<History> baseline() {
        return Optional.ofNullable(baseline).map(Follower::history);
    }

    /** Returns whether it is not shown any more. */
    public synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        notifyAll();
        run.close();
        if (baseline != null) {
            baseline.close();
        }
    }
}
