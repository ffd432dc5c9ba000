package org.evolvent.cli.internal.display;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What the command prints goes through here, whoever wrote it: trainers, study files, run directories. Characters that would do something
 * to a terminal, or hide or reorder what stands beside them, come out as JSON spells them: {@code \}{@code u001b} for an escape. So text
 * says what it holds, and a line of JSON means the same. Line feeds and tabs stay.
 */
public final class Printer extends PrintStream {
    private final PrintStream screen;

    /** Creates a printer that writes to a stream in UTF-8 and flushes at the end of each line. */
    public Printer(PrintStream screen) {
        super(new Cleaner(screen), true, StandardCharsets.UTF_8);
        this.screen = screen;
    }

    /** Returns the stream itself, for a program's own escape sequences; texts on it must be {@linkplain #visible made visible} before. */
    PrintStream screen() {
        return screen;
    }

    /** Returns a text in which everything can be seen. */
    public static String visible(String text) {
        int first = 0;
        while (first < text.length() && isPlain(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder seen = new StringBuilder(text.length() + 16).append(text, 0, first);
        text.substring(first).codePoints().forEach(point -> {
            if (isVisible(point)) {
                seen.appendCodePoint(point);
            } else {
                for (char half : Character.toChars(point)) {
                    seen.append("\\u%04x".formatted((int) half));
                }
            }
        });
        return seen.toString();
    }

    private static boolean isPlain(char character) {
        return (character >= ' ' && character < 0x7F) || character == '\n' || character == '\t';
    }

    private static boolean isVisible(int point) {
        if (point < 0x80) {
            return isPlain((char) point);
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT, // what reorders text, what has no width, and invisible copies of the letters
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** Decodes what a stream of characters has encoded: bytes written by others may end in the middle of a character. */
    private static final class Cleaner extends FilterOutputStream {
        private static final int CHUNK = 8192;

        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private final ByteBuffer pending = ByteBuffer.allocate(CHUNK);
        private final CharBuffer decoded = CharBuffer.allocate(CHUNK);

        private Cleaner(OutputStream out) {
            super(out);
        }

        @Override
        public synchronized void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
            int end = offset + length;
            int from = offset;
            while (from < end) {
                int taken = Math.min(end - from, pending.remaining());
                pending.put(bytes, from, taken);
                from += taken;
                pending.flip();
                decoder.decode(pending, decoded, false);
                pending.compact();
                out.write(visible(decoded.flip().toString()).getBytes(StandardCharsets.UTF_8));
                decoded.clear();
            }
        }
    }
}
