package org.evolvent.examples.translation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files with a sentence on each line, in UTF-8, perhaps compressed by gzip. */
final class TextFiles {
    private TextFiles() {}

    /**
     * Returns the lines of a file. Nothing but a line feed ends one: what else Java takes for an end may be part of a sentence.
     *
     * @throws IOException if there is no such file, or it is not UTF-8; the message has its name
     */
    static List<String> lines(Path file) throws IOException {
        String text = text(file, bytes(file));
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        if (lines.get(lines.size() - 1).isEmpty()) {
            lines.remove(lines.size() - 1);
        }
        return lines;
    }

    /** Returns what is in a file, uncompressed. */
    static byte[] bytes(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return in.readAllBytes();
        } catch (NoSuchFileException e) {
            throw new IOException("There is no file %s".formatted(file), e);
        }
    }

    private static String text(Path file, byte[] bytes) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("%s is not UTF-8".formatted(file), e);
        }
    }
}
