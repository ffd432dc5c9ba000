package org.evolvent.ui.internal.run;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that the page shows, followed by one thread, and comparisons, which are read when they are asked for. */
public final class ShownRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShownRuns.class);

    /** Twice a second is as often as people see a difference, and a look at a log that has not grown costs a query. */
    private static final long LOOK_MILLIS = 500;

    private final Map<String, ShownRun> runs = new LinkedHashMap<>();
    private final List<ShownComparison> comparisons;

    /** Those of which it was said that they cannot be read on. */
    private final Set<String> failing = new HashSet<>();

    private final Set<String> prepared = new HashSet<>();

    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "evolvent-ui-follow");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Opens runs and begins to follow them.
     *
     * @param directories run directories, by the names under which the command was given them
     */
    public ShownRuns(Map<String, Path> directories) {
        this(directories, List.of());
    }

    /**
     * Opens runs and begins to follow them.
     *
     * @param directories run directories, by the names under which the command was given them
     * @param comparisons what is shown beside them
     */
    public ShownRuns(Map<String, Path> directories, List<ShownComparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
        try {
            directories.forEach((name, path) -> {
                String id = unused(path.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-"));
                runs.put(id, new ShownRun(id, name, path));
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        looking.execute(this::followAll);
    }

    /** While the browser starts: what is computed for the first time takes several times as long. */
    private static void prepare(ShownRun run) {
        try {
            Views.prepare(run);
        } catch (RuntimeException e) {
            // Whoever asks for a view is told.
            LOG.info("The views of {} cannot be computed: {}", run.id(), e.getMessage());
        }
    }

    /** Reads on in all logs in turn: at once where one is longer than that, and again in a while. */
    private void followAll() {
        boolean isBehind = false;
        for (ShownRun run : runs.values()) {
            isBehind |= follow(run);
        }
        try {
            var unused = looking.schedule(this::followAll, isBehind ? 0 : LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("It is closed", e);
        }
    }

    private boolean follow(ShownRun run) {
        try {
            Pulse pulse = run.follow();
            String failure = pulse.failure();
            if (failure == null) {
                failing.remove(run.id());
            } else if (failing.add(run.id())) {
                LOG.warn("The log of {} cannot be read on: {}", run.id(), failure);
            }
            if (pulse.read() == 100 && prepared.add(run.id())) {
                prepare(run);
            }
            return failure == null && pulse.read() < 100;
        } catch (RuntimeException e) {
            // The others go on.
            LOG.warn("{} cannot be followed", run.id(), e);
            return false;
        }
    }

    private String unused(String name) {
        String id = name;
        for (int number = 2; runs.containsKey(id); number++) {
            id = name + "-" + number;
        }
        return id;
    }

    /** Returns all of them, in the order in which they were given. */
    public Collection<ShownRun> all() {
        return runs.values();
    }

    /** Returns the comparisons, in the order in which they were given. */
    public List<ShownComparison> comparisons() {
        return comparisons;
    }

    /** Returns one by its name in addresses. */
    public Optional<ShownRun> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public void close() {
        looking.shutdownNow();
        runs.values().forEach(ShownRun::close);
    }
}
