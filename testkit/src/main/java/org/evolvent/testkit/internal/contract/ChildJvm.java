package org.evolvent.testkit.internal.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * JVMs with the class path of the test that starts them. They live for seconds, so they compile once and collect garbage by one thread, which
 * halves what it takes to start one.
 */
public final class ChildJvm {
    private ChildJvm() {}

    /** Returns how to start a program: in the directory of the test, with pipes for its streams. */
    public static ProcessBuilder of(Class<?> program, String... arguments) {
        return of(Map.of(), program, arguments);
    }

    /** The same, with system properties. */
    public static ProcessBuilder of(Map<String, ?> properties, Class<?> program, String... arguments) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path")));
        properties.forEach((name, value) -> words.add("-D" + name + "=" + value));
        words.add(program.getName());
        Collections.addAll(words, arguments);
        return new ProcessBuilder(words);
    }
}
