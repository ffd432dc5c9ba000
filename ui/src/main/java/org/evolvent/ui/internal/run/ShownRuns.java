package org.evolvent.ui.internal.run;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.evolvent.views.internal.history.Reading;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that the page shows, followed by one thread, and comparisons, which are read when they are asked for. */
public final class ShownRuns implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShownRuns.class);

    /** Twice a second is as often as people see a difference, and a look at a log that has not grown costs a query. */
    private static final long LOOK_MILLIS = 500;

    private final Map<String, ShownRun> runs = new LinkedHashMap<>();
    private final List<ShownComparison> comparisons;
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
        this(directories, List.of(), Reading.SILENT);
    }

    /**
     * Opens runs and begins to follow them.
     *
     * @param directories run directories, by the names under which the command was given them
     * @param comparisons what is shown beside them
     * @param reading is told how far their logs have been read
     */
    public ShownRuns(Map<String, Path> directories, List<ShownComparison> comparisons, Reading reading) {
        this.comparisons = List.copyOf(comparisons);
        try {
            directories.forEach((name, path) -> {
                String id = unused(path.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "-"));
                runs.put(id, new ShownRun(id, name, path, reading));
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        // While the browser starts: what is computed for the first time takes several times as long.
        runs.values().forEach(run -> looking.execute(() -> prepare(run)));
        var unused = looking.scheduleWithFixedDelay(
                () -> runs.values().forEach(ShownRuns::follow), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void prepare(ShownRun run) {
        try {
            Views.prepare(run);
        } catch (RuntimeException e) {
            // Whoever asks for a view is told.
            LOG.info("The views of {} cannot be computed: {}", run.id(), e.getMessage());
        }
    }

    private static void follow(ShownRun run) {
        try {
            run.follow();
        } catch (RuntimeException e) {
            // Whoever asks for a view is told; the other runs go on.
            LOG.warn("The log of {} cannot be followed: {}", run.id(), e.getMessage());
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
