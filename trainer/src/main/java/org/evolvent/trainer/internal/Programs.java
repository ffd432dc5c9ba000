package org.evolvent.trainer.internal;

import java.io.File;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.runtime.EvolventException;

/** Finds programs the way the operating system does, and says what cannot be given to one. */
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

    /** Complains about a program that {@link #find} does not find. */
    static void require(String name, Path directory, Map<String, String> environment) {
        if (find(name, directory, environment).isEmpty()) {
            throw new EvolventException(
                    "The trainer's program '%s' was not found, or is not executable (working directory %s, PATH %s).\nMaybe a typing error, or a virtual environment that is not active?"
                            .formatted(name, directory, environment.getOrDefault("PATH", "")));
        }
    }

    private static boolean isExecutable(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    /** Java would replace what the locale cannot write by question marks. */
    static void requireEncodable(List<String> command, List<Map<String, String>> environments) {
        Charset charset = Charset.forName(
                System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));
        CharsetEncoder encoder = charset.newEncoder();
        for (String word : command) {
            requireEncodable("argument", word, encoder);
        }
        environments.forEach(
                variables -> variables.forEach((name, value) -> requireEncodable("variable " + name, value, encoder)));
    }

    private static void requireEncodable(String what, String text, CharsetEncoder encoder) {
        if (text.indexOf('\0') >= 0) {
            throw new EvolventException(
                    "The %s of the trainer's command has a NUL character in it, which no program can be given: '%s'"
                            .formatted(what, text.replace('\0', '?')));
        }
        if (!encoder.canEncode(text)) {
            throw new EvolventException(
                    "The %s of the trainer's command is '%s', which cannot be written in this process's encoding, %s.\nMaybe set LC_ALL=C.UTF-8?"
                            .formatted(what, text, encoder.charset()));
        }
    }
}
