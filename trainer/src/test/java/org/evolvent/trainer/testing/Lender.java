package org.evolvent.trainer.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.evolvent.trainer.internal.place.Launcher;

/**
 * Lends places on this machine, as a scheduler does: the file {@code open} grants requests, {@code pid} has the process that stands for the
 * place last granted, {@code taken} takes a place away, and {@code closed} refuses all requests,
 * but the first where there is {@code open-to-one}. Where there is {@code tells}, it says of a place that is given back what it says of one that it takes.
 */
public final class Lender implements Launcher {
    private static final String SCRIPT = """
            cd "$1"; shift
            if [ -e closed ] && { [ ! -e open-to-one ] || ! mkdir one 2>/dev/null; }; then echo 'lender: no such partition' >&2; exit 1; fi
            if [ ! -e open ]; then echo 'lender: request 7 waits' >&2; fi
            until [ -e open ]; do sleep 0.02; done
            (until [ -e taken ]; do sleep 0.02; done; echo 'lender: taken away' >&2; : >told) &
            echo $$ >pid.new; mv pid.new pid
            exec "$@"
            """;

    private final Path directory;
    private final List<String> released = new CopyOnWriteArrayList<>();

    /** Creates one that looks for its files in a directory. */
    public Lender(Path directory) {
        this.directory = directory;
    }

    /** Returns which places were given back. */
    public List<String> released() {
        return List.copyOf(released);
    }

    @Override
    public List<String> command(int slot, List<String> trainer, Path unused) {
        return Stream.concat(
                        Stream.of("/bin/sh", "-c", SCRIPT, "lender", directory.toString()),
                        Launcher.announced("place=41.3;", trainer).stream())
                .toList();
    }

    @Override
    public Optional<Waiting> waiting(String line) {
        return line.equals("lender: request 7 waits")
                ? Optional.of(new Waiting("7", "request 7 waits"))
                : Optional.empty();
    }

    @Override
    public boolean isWithdrawal(String line) {
        return line.equals("lender: taken away");
    }

    @Override
    public String reason(String request) {
        return request.equals("7") ? "Priority" : "";
    }

    @Override
    public String noun() {
        return "job step";
    }

    @Override
    public void release(int slot, String place) {
        released.add(place);
        try {
            if (Files.deleteIfExists(directory.resolve("tells"))) {
                Files.createFile(directory.resolve("taken"));
                for (int i = 0; i < 250 && !Files.exists(directory.resolve("told")); i++) {
                    Thread.sleep(20);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> farewell() {
        return List.of(
                "/bin/sh",
                "-c",
                "echo farewell >\"$1\"",
                "lender",
                directory.resolve("farewell").toString());
    }
}
