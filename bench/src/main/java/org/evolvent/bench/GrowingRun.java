package org.evolvent.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.core.study.Event;
import org.evolvent.store.internal.run.RunDirectory;

/** Writes a run anew as if it ran now: a part of its log at once, the rest at a pace. To look at, as {@link SimulatedRun}'s is. */
public final class GrowingRun {
    private static final int BATCH = 10_000;
    private static final int BATCHES_A_SECOND = 10;

    private GrowingRun() {}

    /**
     * Runs until all is written.
     *
     * @param arguments a run directory, a new one, the number of events to begin with, and how many follow each second, at least 10
     */
    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        long first = Long.parseLong(arguments[2]);
        int more = Integer.parseInt(arguments[3]) / BATCHES_A_SECOND;
        try (RunDirectory source = RunDirectory.read(from);
                RunDirectory grown =
                        RunDirectory.create(Path.of(arguments[1]), Files.readString(from.resolve("study.yaml")))) {
            List<Event> batch = new ArrayList<>();
            long[] written = {0};
            source.events().read(event -> {
                batch.add(event);
                if (batch.size() == (written[0] < first ? BATCH : more)) {
                    grown.events().append(batch);
                    written[0] += batch.size();
                    batch.clear();
                    if (written[0] >= first) {
                        pause();
                    }
                }
            });
            grown.events().append(batch);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1000 / BATCHES_A_SECOND);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
