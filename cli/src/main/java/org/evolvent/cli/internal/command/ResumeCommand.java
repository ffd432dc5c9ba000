package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.study.internal.file.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes on with a run that was interrupted, at the interval where it was. */
@Command(name = "resume", description = "Go on with a run that was interrupted or killed")
final class ResumeCommand implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "DIR", description = "The run directory")
    private Path directory = Path.of("");

    @Option(names = "--slots", paramLabel = "N", description = "How many members train at the same time")
    private Optional<String> slots = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Amends the study: another value for a key of its file, from here on")
    private List<String> settings = List.of();

    /** What members begin with that join. */
    enum Newcomers {
        /** Weights of the better half, and hyperparameters of their own. */
        copies,
        /** All anew. */
        beginners
    }

    @Option(
            names = "--newcomers",
            paramLabel = "copies|beginners",
            description =
                    "What members begin with that a larger population lets join: weights of the better half (the default), or all anew")
    private Newcomers newcomers = Newcomers.copies;

    @Option(
            names = "--take-over",
            description =
                    "Do not wait whether a driver on another host, which has left this run, is dead: you know that it is")
    private boolean takeOver;

    @Option(names = "--json", description = "End with one line of JSON on stdout; progress goes to stderr")
    private boolean json;

    @Option(
            names = "--keep-events",
            paramLabel = "N",
            description =
                    "Of a damaged log, keep the first N events, from 2 to as many as can be trusted, and go on from there; the damaged one stays beside it")
    private Optional<Long> keepEvents = Optional.empty();

    @Mixin
    private Products products = new Products();

    ResumeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Optional<ExportFormat> format = products.export();
        Path path = RunDirectories.existing(context, directory);
        keepEvents.ifPresent(asked -> keep(path, asked));
        return new Resumption(context, newcomers == Newcomers.copies, takeOver, json, format, products)
                .of(path, settings(), asked -> {});
    }

    private void keep(Path path, long asked) {
        long events = KeptEvents.of(path, asked);
        if (events < asked) {
            progress()
                    .println(
                            "Of the %s events that were asked for, those behind the first %s are not whole transactions that follow on them."
                                    .formatted(asked, events));
        }
        progress().println(RunDirectory.salvage(path, events));
    }

    private PrintStream progress() {
        return json ? context.console().err() : context.console().out();
    }

    private List<Setting> settings() {
        List<Setting> all =
                new ArrayList<>(settings.stream().map(Setting::parse).toList());
        slots.ifPresent(count -> all.add(new Setting("--slots " + count, "execution.slots", count)));
        return all;
    }
}
