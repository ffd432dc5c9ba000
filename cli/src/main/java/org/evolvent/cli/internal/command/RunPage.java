package org.evolvent.cli.internal.command;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import org.evolvent.store.internal.run.RunDirectory;
import org.evolvent.ui.internal.run.ShownRuns;
import org.evolvent.ui.internal.server.Access;
import org.evolvent.ui.internal.server.UiServer;

/** The page of a run while this process drives it; gone with it, as {@code evolvent ui} shows it later. */
final class RunPage implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Optional<UiServer> server;

    private RunPage(Optional<UiServer> server) {
        this.server = server;
    }

    /** Returns no page. */
    static RunPage none() {
        return new RunPage(Optional.empty());
    }

    /**
     * Serves the page, and says where.
     *
     * @throws org.evolvent.runtime.EvolventException when no port can be listened on
     */
    static RunPage serve(RunDirectory directory, PrintStream out) {
        String name = directory.path().toString();
        UiServer server = UiServer.start(
                new ShownRuns(Map.of(name, directory.path())),
                Access.steering(HOST, Optional.empty()),
                Optional.empty());
        out.println("The page is at " + server.address());
        return new RunPage(Optional.of(server));
    }

    @Override
    public void close() {
        server.ifPresent(UiServer::close);
    }
}
