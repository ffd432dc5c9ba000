package org.evolvent.ui.internal.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.evolvent.runtime.EvolventException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code evolvent compare} left in a directory.
 *
 * @param name as it was given
 * @param path the directory
 */
public record ShownComparison(String name, Path path) {
    private static final String FILE = "comparison.json";

    /** Returns whether there are results of a comparison in a directory. */
    public static boolean isOne(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /**
     * Returns its results as they are at this moment, with its {@code directory}.
     *
     * @throws EvolventException when they cannot be read
     */
    public ObjectNode json() {
        Path file = path.resolve(FILE);
        try {
            ObjectNode results = JsonMapper.shared().readValue(Files.readAllBytes(file), ObjectNode.class);
            return results.put("directory", name);
        } catch (IOException | JacksonException e) {
            throw new EvolventException(
                    "%s cannot be read: %s\nMaybe make it again: evolvent compare %s"
                            .formatted(file, e.getMessage(), path),
                    e);
        }
    }
}
