package org.evolvent.testkit.internal.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The interpreter that {@code python3} starts. Where that is a version manager's script, it takes several times as long as what it starts,
 * and tests start hundreds.
 */
public final class PythonInterpreter {
    /** Asked once, by the first test that needs it. */
    private static final class Asked {
        static final String PATH = ask();

        private static String ask() {
            try {
                Process asked = new ProcessBuilder("python3", "-c", "import sys; print(sys.executable, end='')")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private PythonInterpreter() {}

    /**
     * Returns where it lies.
     *
     * @throws UncheckedIOException if there is no {@code python3}; see {@link NeedsProgram}
     */
    public static String path() {
        return Asked.PATH;
    }
}
