package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run directory from somebody else, and what lies beside it and must stay as it is. */
final class Stranger {
    private final Path run;
    private final Path outside;

    /** Copies a run, and puts something precious beside it. */
    Stranger(Path original, Path place) throws IOException {
        run = place.resolve("stranger");
        outside = Files.createDirectories(place.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "mine");
        Files.writeString(Files.createDirectory(outside.resolve("directory")).resolve("precious"), "mine too");
        try (Stream<Path> walk = Files.walk(original)) {
            for (Path path : walk.toList()) {
                Files.copy(path, run.resolve(original.relativize(path).toString()));
            }
        }
    }

    Path file(String name) {
        return run.resolve(name);
    }

    /** Returns a path beside the run that does not exist. */
    Path trace() {
        return outside.resolve("trace");
    }

    /** Puts a link where a file or a directory is, or where there is none. */
    void link(String name) {
        try {
            boolean isDirectory = Files.isDirectory(file(name)) || !name.contains(".");
            delete(file(name));
            Files.createDirectories(file(name).getParent());
            Files.createSymbolicLink(
                    file(name), outside.resolve(isDirectory || name.endsWith(".staging") ? "directory" : "precious"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts a named pipe where a file is. */
    void pipe(String name) {
        try {
            delete(file(name));
            Process mkfifo = new ProcessBuilder("mkfifo", file(name).toString()).start();
            if (!mkfifo.waitFor(10, TimeUnit.SECONDS) || mkfifo.exitValue() != 0) {
                throw new IllegalStateException("mkfifo failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes the study file. */
    void study(String good, String bad) {
        write("study.yaml", read("study.yaml").replace(good, bad));
    }

    String read(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        try {
            Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns all that lies beside the run. */
    Map<Path, String> surroundings() throws IOException {
        Map<Path, String> found = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(outside)) {
            for (Path path : walk.toList()) {
                found.put(path, Files.isRegularFile(path) ? Files.readString(path) : "");
            }
        }
        return found;
    }

    private static void delete(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> walk = Files.walk(path)) {
                for (Path each :
                        walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
