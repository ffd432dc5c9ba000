package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.evolvent.runtime.EvolventException;
import org.evolvent.views.internal.export.Exporter;
import org.jspecify.annotations.Nullable;

/**
 * Exports a run while it is driven, by its log alone, in a thread of its own. What goes wrong is said once and harms no study. What cannot grow
 * is exported when this is closed.
 */
final class LiveExport implements AutoCloseable {
    private static final long PERIOD_SECONDS = 1;

    private final Context context;
    private final ExportFormat format;
    private final Path run;
    private final String place;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable Exporter exporter;

    LiveExport(Context context, ExportFormat format, Path run) {
        this.context = context;
        this.format = format;
        this.run = run;
        this.place = format.place(context, run, Optional.empty());
        this.thread = new Thread(this::export, "export");
        this.thread.setDaemon(true);
        this.thread.start();
    }

    private void export() {
        PrintStream err = context.console().err();
        try {
            while (!closing.await(PERIOD_SECONDS, TimeUnit.SECONDS)) {
                if (!format.isPythons()) {
                    opened().follow();
                }
            }
            if (format.isPythons()) {
                PythonExport.export(context.directory(), format, run, place);
            } else {
                opened().finish();
            }
            err.println("Exported to " + place);
        } catch (EvolventException e) {
            err.println("%s\nTo try again: evolvent export %s --to %s".formatted(e.getMessage(), run, format));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (exporter != null) {
                exporter.close();
            }
        }
    }

    private Exporter opened() {
        Exporter open = exporter == null ? format.open(run, place) : exporter;
        exporter = open;
        return open;
    }

    /** Waits until all is exported. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
