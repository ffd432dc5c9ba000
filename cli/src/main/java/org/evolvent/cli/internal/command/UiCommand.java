package org.evolvent.cli.internal.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.evolvent.ui.internal.run.ShownComparison;
import org.evolvent.ui.internal.run.ShownRuns;
import org.evolvent.ui.internal.server.Access;
import org.evolvent.ui.internal.server.UiServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Serves a page that shows runs, while they run and afterwards, until it is interrupted. It only looks, unless told otherwise. */
@Command(name = "ui", description = "Show runs in a browser, live or afterwards")
final class UiCommand implements Callable<Integer> {
    private static final int HIGHEST_PORT = 65_535;
    private static final int SHORTEST_TOKEN = 16;

    private final Context context;

    @Parameters(
            paramLabel = "DIR",
            arity = "1..*",
            description = "Run directories, of which several are compared, or directories of comparisons")
    private List<Path> directories = List.of();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port to listen on; 0 for any that is free; by default 7353, or the next that is free")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description =
                    "The address to listen on; by default 127.0.0.1, which only this machine reaches. Any other needs a token")
    private String host = "127.0.0.1";

    @Option(
            names = "--token",
            paramLabel = "TEXT",
            description = "What a browser has to show; without one, and where one is needed, it is made and printed")
    private Optional<String> token = Optional.empty();

    @Option(
            names = "--control",
            description =
                    "Let whoever has the token pause and stop running studies from the page; asks for a token on any address")
    private boolean control;

    UiCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        port.filter(given -> given < 0 || given > HIGHEST_PORT).ifPresent(given -> {
            throw new UsageException("--port is %s but must be from 0 to %s".formatted(given, HIGHEST_PORT));
        });
        token.filter(given -> given.length() < SHORTEST_TOKEN).ifPresent(given -> {
            throw new UsageException("--token has %s characters but must have at least %s, or it could be guessed"
                    .formatted(given.length(), SHORTEST_TOKEN));
        });
        Map<String, Path> runs = new LinkedHashMap<>();
        List<ShownComparison> comparisons = new ArrayList<>();
        for (Path directory : directories) {
            Path path = context.resolve(directory);
            if (!RunDirectories.isBegun(path) && ShownComparison.isOne(path)) {
                comparisons.add(new ShownComparison(directory.toString(), path));
            } else {
                runs.put(directory.toString(), RunDirectories.existing(context, directory));
            }
        }
        Access access = control ? Access.steering(host, token) : Access.of(host, token);
        try (UiServer server = UiServer.start(new ShownRuns(runs, comparisons), access, port)) {
            context.console().out().println("The page is at %s (Ctrl-C ends it)".formatted(server.address()));
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.DONE;
    }
}
