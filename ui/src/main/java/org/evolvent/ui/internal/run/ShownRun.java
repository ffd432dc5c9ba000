package org.evolvent.ui.internal.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.internal.run.Control;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.views.internal.family.Family;
import org.evolvent.views.internal.history.Follower;
import org.evolvent.views.internal.history.History;
import org.evolvent.views.internal.history.Reading;
import org.evolvent.views.internal.view.Source;
import org.jspecify.annotations.Nullable;

/**
 * A run that is shown while it grows, and while its log is read for the first time. Answers are computed once for each state of it and asked
 * for by many threads, one at a time.
 */
public final class ShownRun implements AutoCloseable {
    /** Views of a large study are worth keeping while nothing happens, and weigh. */
    private static final int MOST_ANSWERS = 64;

    /** Reading so many takes some hundredths of a second, for which whoever asks has to wait. */
    private static final int SLICE = 2_000;

    /** Views of a growing study may take the time of a processor in so many; its log, and what Java compiles, take time as well. */
    private static final int PACE = 20;

    private final String id;
    private final String directory;
    private final Path path;
    private final long slice;
    private final Follower run;
    private @Nullable Follower baseline;
    private @Nullable Family family;
    private final Map<String, Optional<byte[]>> answers = new LinkedHashMap<>();
    private final Pacer pacer = new Pacer(PACE);
    private Pulse pulse;
    private boolean isClosed;

    /** Fair, since who reads a long log would hold it all the time. */
    private final ReentrantLock lock = new ReentrantLock(true);

    private final Condition changed = lock.newCondition();

    /**
     * Opens a run, and reads nothing of its log yet.
     *
     * @param id its name in addresses
     * @param directory as the command was given it
     * @param path the same, absolute
     * @throws EvolventException when there is no run, or its log is damaged at its beginning
     */
    public ShownRun(String id, String directory, Path path) {
        this(id, directory, path, SLICE);
    }

    /** Opens a run whose log is read so many events at a time. */
    ShownRun(String id, String directory, Path path, long slice) {
        this.id = id;
        this.directory = directory;
        this.path = path;
        this.slice = slice;
        this.run = Follower.open(path);
        this.pulse = pulse(0, null);
    }

    /** Returns its name in addresses. */
    public String id() {
        return id;
    }

    /** Returns what tells it from others. */
    public RunLine line() {
        return alone(() -> RunLine.of(id, directory, run.history().study()));
    }

    /**
     * Reads on in its log, and wakes whoever waits for that.
     *
     * @return how far it is known, and why it is not known further
     */
    public Pulse follow() {
        return alone(() -> {
            if (isClosed) {
                return pulse;
            }
            boolean grew = true;
            String failure = null;
            try {
                grew = run.follow(slice);
                grew |= followBaseline();
            } catch (EvolventException e) {
                failure = e.getMessage();
            }
            if (grew) {
                answers.clear();
            }
            tell(pulse(events(), failure));
            return pulse;
        });
    }

    /** Pages look anew at what they show when there is another revision, which is not worth it each time that something was read. */
    private void tell(Pulse now) {
        boolean isDue = pacer.isDue()
                || (now.read() == 100 && pulse.read() < 100)
                || now.isDriven() != pulse.isDriven()
                || !now.order().equals(pulse.order());
        Pulse told = isDue || now.revision() == pulse.revision() ? now : now.at(pulse.revision());
        if (told.revision() != pulse.revision()) {
            pacer.begin();
        }
        if (!told.equals(pulse)) {
            // Who drives it is part of what is shown.
            answers.clear();
            pulse = told;
            changed.signalAll();
        }
    }

    /**
     * Reads its log to the end.
     *
     * @param reading is told how far that is
     * @throws EvolventException when it is damaged
     */
    public void readWhole(Reading reading) {
        for (Pulse now = follow(); now.read() < 100; now = follow()) {
            if (now.failure() != null) {
                throw new EvolventException(now.failure());
            }
            alone(() -> {
                reading.at(path, run.history().events(), run.logged());
                return true;
            });
        }
    }

    private Pulse pulse(long revision, @Nullable String failure) {
        return new Pulse(revision, run.driver().isPresent(), Control.of(path).word(), read(), failure);
    }

    private long events() {
        return run.history().events()
                + (baseline == null ? 0 : baseline.history().events());
    }

    private int read() {
        long logged = run.logged() + (baseline == null ? 0 : baseline.logged());
        return isWhole() ? 100 : (int) Math.min(99, 100 * events() / Math.max(1, logged));
    }

    private boolean isWhole() {
        return run.isWhole() && (baseline == null || baseline.isWhole());
    }

    /**
     * Asks something of its driver.
     *
     * @throws EvolventException when nobody drives it, or it cannot be asked
     */
    public void ask(Control.Order order) {
        if (run.driver().isEmpty()) {
            throw new EvolventException("Nobody drives %s, so there is nobody to ask.".formatted(directory));
        }
        Control.give(path, order);
        var unused = follow();
    }

    private boolean followBaseline() {
        if (baseline != null) {
            return baseline.follow(slice);
        }
        Path other = path.resolve("baseline");
        if (Files.exists(other.resolve("study.yaml")) && Files.exists(other.resolve("events.db"))) {
            baseline = Follower.open(other);
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
    public Pulse await(@Nullable Pulse seen, long millis) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (pulse.equals(seen) && !isClosed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return pulse;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns an answer about the run as it is by now.
     *
     * @param question what tells this answer from others about the same state
     * @param answer computes it; empty when there is nothing of that name
     */
    public Optional<byte[]> answer(String question, Function<ShownRun, Optional<byte[]>> answer) {
        return alone(() -> {
            // Who asks in the middle of a long log does not wait for more of it.
            if (isWhole() || run.history().events() == 0) {
                var unused = follow();
            }
            Optional<byte[]> known = answers.get(question);
            if (known == null) {
                known = pacer.timed(() -> answer.apply(this));
                if (answers.size() >= MOST_ANSWERS) {
                    answers.remove(answers.keySet().iterator().next());
                }
                answers.put(question, known);
            }
            return known;
        });
    }

    /** What has been answered until now does not count for the pace: it was computed for the first time. */
    void isPrepared() {
        alone(() -> {
            pacer.begin();
            return true;
        });
    }

    /** Returns what monitoring wants to know; empty until the log has been read. */
    public Optional<Measures> measures() {
        return alone(() -> {
            var unused = follow();
            return isWhole() ? Optional.of(Measures.of(source())) : Optional.empty();
        });
    }

    /** Returns what views are made of; to be used within {@link #answer} only. */
    public Source source() {
        return new Source(
                run.history(),
                directory,
                run.driver(),
                RunSession.slots(run.file()),
                run.file().spec().baseline(),
                !isWhole());
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
    public boolean isClosed() {
        return alone(() -> isClosed);
    }

    private <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            changed.signalAll();
            run.close();
            if (baseline != null) {
                baseline.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
