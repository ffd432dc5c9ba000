package org.evolvent.trainer.internal;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds programs the way the operating system does. */
final class Programs {
    private Programs() {}

    /**
     * Returns the file of a program.
     *
     * @param name a path when it has a slash in it, otherwise a name to be looked for
     * @param directory what relative paths start from
     * @param environment with the {@code PATH} to look in
     */
    static Optional<Path> find(String name, Path directory, Map<String, String> environment) {
        if (name.contains("/")) {
            return Optional.of(directory.resolve(name)).filter(Programs::isExecutable);
        }
        for (String entry : environment.getOrDefault("PATH", "/usr/bin:/bin").split(File.pathSeparator, -1)) {
            Path candidate = directory.resolve(entry).resolve(name);
            if (isExecutable(candidate)) {
                return Optional.of(candidate.toAbsolutePath());
            }
        }
        return Optional.empty();
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
