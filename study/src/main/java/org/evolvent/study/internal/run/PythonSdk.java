package org.evolvent.study.internal.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The Python package that lies beside this command, as bin/evolvent tells: it can be imported without being installed. */
public final class PythonSdk {
    /** The variable that says where Python looks for packages. */
    static final String PATH = "PYTHONPATH";

    private PythonSdk() {}

    /** Returns the variables with which a Python program finds the package; none where it does not lie there. */
    public static Map<String, String> environment() {
        return environment(Optional.empty());
    }

    /** As above; what a study says where to look comes first, for its modules may have the names of others. */
    static Map<String, String> environment(Optional<String> said) {
        Optional<Path> python = Optional.ofNullable(System.getProperty("evolvent.home"))
                .map(home -> Path.of(home, "python"))
                .filter(Files::isDirectory);
        if (python.isEmpty()) {
            return Map.of();
        }
        String own = said.or(() -> Optional.ofNullable(System.getenv(PATH)))
                .filter(text -> !text.isEmpty())
                .map(text -> text + File.pathSeparator)
                .orElse("");
        return Map.of(PATH, own + python.get());
    }
}
