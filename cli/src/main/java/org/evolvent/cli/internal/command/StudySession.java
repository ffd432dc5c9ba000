package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.evolvent.cli.internal.display.Announcer;
import org.evolvent.cli.internal.display.Console;
import org.evolvent.cli.internal.display.Display;
import org.evolvent.cli.internal.display.LiveView;
import org.evolvent.cli.internal.display.PlainLines;
import org.evolvent.runtime.EvolventException;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.StudyAmendment;
import org.evolvent.study.internal.file.StudyFile;
import org.evolvent.study.internal.run.Publication;
import org.evolvent.study.internal.run.RunSession;
import org.evolvent.study.internal.run.RunSession.Ending;
import org.evolvent.study.internal.run.Summary;
import org.evolvent.study.internal.run.Trainers;
import org.evolvent.ui.internal.report.Report;
import org.evolvent.views.internal.history.Reading;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Runs a study in its directory, then its baseline if it asks for one, and says what came out: the common part of run and resume. */
final class StudySession {
    private static final Logger LOG = LoggerFactory.getLogger(StudySession.class);

    /** A report of more takes its time, and the page of evolvent ui shows more of it. */
    private static final long MOST_REPORTED_EVENTS = 100_000;

    private final Context context;
    private final StudyFile file;
    private final Trainers trainers;
    private final boolean json;
    private final Optional<ExportFormat> export;
    private final Products products;
    private final int slots;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<@Nullable RunSession> running = new AtomicReference<>();

    StudySession(
            Context context,
            StudyFile file,
            Trainers trainers,
            boolean json,
            Optional<ExportFormat> export,
            Products products) {
        this.context = context;
        this.export = export;
        this.products = products;
        this.file = file;
        this.trainers = trainers;
        this.json = json;
        this.slots = RunSession.slots(file);
    }

    /** Runs to the end or to a signal, and prints the result. The directory stays open. */
    int run(RunDirectory directory) {
        Runnable late = () -> sayHowToGoOn("Interrupted, while something did not come to an end.", directory);
        try (Interruption interruption = new Interruption(this::stop, late, context.interruptible());
                FinishSignals signals = new FinishSignals(this::finish, context.interruptible())) {
            PrintStream progress =
                    json ? context.console().err() : context.console().out();
            progress.println("%s in %s".formatted(file.study().name(), directory.path()));
            return shown(directory, progress);
        }
    }

    private int shown(RunDirectory directory, PrintStream progress) {
        try (RunPage unused = products.hasPage() ? RunPage.serve(directory, progress) : RunPage.none()) {
            Ending ending = exported(directory);
            Summary summary = ending.summary();
            Optional<Summary> baseline = Optional.empty();
            if (file.spec().baseline() && summary.state().end().isPresent() && !stopped.get()) {
                progress.println("Now random search with the same budget, to compare with");
                baseline = Optional.of(baseline(directory));
            }
            if (json) {
                Map<String, Object> line = summary.json(slots);
                published(line, ending.publication());
                baseline.ifPresent(result -> line.put("baseline", result.json(slots)));
                if (stopped.get()) {
                    line.put("status", "interrupted");
                }
                context.console().out().println(JsonMapper.shared().writeValueAsString(line));
            } else {
                new StudyReport(context.console().out(), slots).print(ending, baseline, directory);
            }
            if (products.hasReport() && summary.state().end().isPresent()) {
                report(directory);
            }
            boolean interrupted = summary.state().end().isEmpty()
                    || baseline.map(result -> result.state().end().isEmpty())
                            .orElse(file.spec().baseline());
            if (interrupted) {
                sayHowToGoOn("Interrupted.", directory);
                return ExitCode.INTERRUPTED;
            }
            return summary.status().equals("failed") || ending.publication().failed() ? ExitCode.FAILED : ExitCode.DONE;
        }
    }

    /** A report that cannot be written does not make a study fail. */
    private void report(RunDirectory directory) {
        if (directory.events().size() > MOST_REPORTED_EVENTS) {
            if (!json) {
                context.console()
                        .out()
                        .println("To look at it: evolvent ui %s, or evolvent report %s for a file"
                                .formatted(directory.path(), directory.path()));
            }
            return;
        }
        Path file = directory.path().resolve("report.html");
        try {
            Report.write(directory.path(), directory.path().toString(), file, Reading.SILENT);
            if (!json) {
                context.console().out().println("To look at it: " + file);
            }
        } catch (EvolventException e) {
            context.console().err().println(e.getMessage());
        }
    }

    private static void published(Map<String, Object> line, Publication publication) {
        if (publication.failed() && "done".equals(line.get("status"))) {
            line.put("status", "failed");
        }
        publication.published().ifPresent(point -> line.put("published", Summary.json(point)));
        if (!publication.trouble().isEmpty()) {
            line.put("trouble", publication.trouble());
        }
    }

    private void sayHowToGoOn(String what, RunDirectory directory) {
        context.console().err().println(what + " To go on: evolvent resume " + directory.path());
    }

    private Summary baseline(RunDirectory main) {
        StudyFile random = file.asRandomSearch();
        Path path = main.path().resolve("baseline");
        try (RunDirectory directory = Files.exists(path.resolve("study.yaml"))
                ? RunDirectory.open(path)
                : RunDirectory.create(path, random.yaml(), main.from())) {
            StudyFile amended = StudyAmendment.apply(
                            directory, random, true, context.clock().instant())
                    .file();
            return run(amended, directory).summary();
        }
    }

    private Ending exported(RunDirectory directory) {
        if (export.isEmpty()) {
            return run(file, directory);
        }
        try (LiveExport unused = new LiveExport(context, export.get(), directory.path())) {
            return run(file, directory);
        }
    }

    private Ending run(StudyFile what, RunDirectory directory) {
        RunSession run = new RunSession(what, directory, trainers, slots, context.clock());
        running.set(run);
        if (stopped.get()) {
            run.stop();
        }
        try (LogFile log = new LogFile(directory.logs(), isLive());
                Display display = display()) {
            return run(run, display, directory);
        } finally {
            running.set(null);
        }
    }

    /** What is said last to those who watch is in the log file for those who do not, unless that went with its directory. */
    private static Ending run(RunSession run, Display display, RunDirectory directory) {
        try {
            return run.run(display);
        } catch (EvolventException e) {
            if (Files.isDirectory(directory.logs())) {
                LOG.error(Announcer.SHOWN, e.getMessage());
            }
            throw e;
        }
    }

    private boolean isLive() {
        return context.console().isTerminal() && !json;
    }

    private Display display() {
        Console console = context.console();
        return new Announcer(
                isLive()
                        ? new LiveView(console, context.clock(), slots)
                        : new PlainLines(json ? console.err() : console.out(), context.clock()));
    }

    private void finish(Duration atMost) {
        context.console()
                .err()
                .println(
                        "To be stopped: trainers that can are asked to save what they have trained so far. A second signal stops at once.");
        stopped.set(true);
        RunSession run = running.get();
        if (run != null) {
            run.finish(atMost);
        }
    }

    private void stop() {
        stopped.set(true);
        RunSession run = running.get();
        if (run != null) {
            run.stop();
        }
    }
}
