package org.evolvent.views.internal.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.evolvent.runtime.EvolventException;

/** Files of lines in a directory, each new when its first line is written. */
final class TextFiles implements AutoCloseable {
    private final Path directory;
    private final Map<String, BufferedWriter> open = new LinkedHashMap<>();

    TextFiles(Path directory) {
        this.directory = directory;
    }

    /** Writes a line, which ends with {@code \n} only where the text does. */
    void write(String name, String text) {
        try {
            BufferedWriter writer = open.get(name);
            if (writer == null) {
                Files.createDirectories(directory);
                writer = Files.newBufferedWriter(directory.resolve(name));
                open.put(name, writer);
            }
            writer.write(text);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void flush() {
        try {
            for (BufferedWriter writer : open.values()) {
                writer.flush();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            for (BufferedWriter writer : open.values()) {
                writer.close();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private EvolventException failure(IOException e) {
        return new EvolventException("The export cannot be written to %s: %s".formatted(directory, e.getMessage()), e);
    }
}
