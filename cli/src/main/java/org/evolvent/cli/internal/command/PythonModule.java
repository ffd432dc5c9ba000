package org.evolvent.cli.internal.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.evolvent.runtime.EvolventException;
import org.evolvent.study.internal.run.PythonSdk;

/** Modules of the SDK that are run as programs, where something is best done in Python. */
final class PythonModule {
    private PythonModule() {}

    /** A module that ended with an error, or could not be started; says what it has said. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1L;

        private FailedException(String said) {
            super(said);
        }
    }

    /**
     * Runs a module, and returns all that it says.
     *
     * @param directory where relative paths begin
     * @throws FailedException when Python or the package is missing, or the module ended with an error
     */
    static String run(Path directory, String module, String... arguments) throws FailedException {
        List<String> command = new ArrayList<>(List.of("python3", "-m", module));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(PythonSdk.environment());
        try {
            Process python = builder.start();
            python.getOutputStream().close();
            String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (python.waitFor() != 0) {
                throw new FailedException(said);
            }
            return said;
        } catch (IOException e) {
            throw new FailedException("python3 cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvolventException("Interrupted while python3 ran " + module, e);
        }
    }
}
