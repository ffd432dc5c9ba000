package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** Packs, unpacks and deletes directories. */
final class Archive {
    private Archive() {}

    static void zip(Path directory, Path file) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file, Map.of("create", "true"))) {
            copy(directory, zip.getPath("/"));
        }
    }

    static void unzip(Path file, Path directory) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(file)) {
            copy(zip.getPath("/"), directory);
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> walk = Files.walk(from)) {
            for (Path path : walk.skip(1).toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
