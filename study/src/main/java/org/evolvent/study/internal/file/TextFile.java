package org.evolvent.study.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that people write. */
final class TextFile {
    private TextFile() {}

    /**
     * Reads a file or a pipe, and no more of it than is used.
     *
     * @throws java.nio.charset.CharacterCodingException when it is not UTF-8
     * @throws IOException when it is too large, or cannot be read
     */
    static String read(Path file) throws IOException {
        int most = YamlReader.MOST_CHARACTERS;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("it has more than the %s bytes that it may have".formatted(most));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        }
    }
}
