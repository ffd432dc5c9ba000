package org.evolvent.trainer.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Reads lines of any bytes and any length in bounded memory. Not thread-safe. */
public final class LineReader {
    private static final int BUFFER_BYTES = 1 << 16;

    /** A line, or a piece of one that is too long. */
    public static final class Line {
        private final byte[] bytes;
        private final boolean cut;
        private final boolean ended;

        /**
         * Creates a line.
         *
         * @param bytes without the line feed; not copied, and not to be changed
         * @param cut whether the line goes on in the next piece
         * @param ended whether there was a line feed; false for a piece and for what the stream ended on
         */
        public Line(byte[] bytes, boolean cut, boolean ended) {
            this.bytes = bytes;
            this.cut = cut;
            this.ended = ended;
        }

        /** Returns the line without its line feed; not to be changed. */
        public byte[] bytes() {
            return bytes;
        }

        /** Returns whether the line goes on in the next piece. */
        public boolean cut() {
            return cut;
        }

        /** Returns whether there was a line feed. */
        public boolean ended() {
            return ended;
        }
    }

    private final InputStream in;
    private final int longest;
    private final Runnable heard;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;

    /**
     * Creates a reader.
     *
     * @param in where to read
     * @param longest the bytes after which a line is cut, at least 1
     */
    public LineReader(InputStream in, int longest) {
        this(in, longest, () -> {});
    }

    /**
     * Creates a reader.
     *
     * @param heard is called whenever something has come, be it the end of a line or not: a bar of progress has none for hours
     */
    LineReader(InputStream in, int longest, Runnable heard) {
        this.in = in;
        this.longest = longest;
        this.heard = heard;
    }

    /** Waits for the next line; empty at the end of the stream. */
    public Optional<Line> next() throws IOException {
        int scanned = from;
        while (true) {
            for (; scanned < to; scanned++) {
                if (buffer[scanned] == '\n') {
                    return Optional.of(take(scanned, 1, false));
                }
                if (scanned - from >= longest) {
                    return Optional.of(take(scanned, 0, true));
                }
            }
            int pending = to - from;
            makeRoom();
            scanned = from + pending;
            int read = in.read(buffer, to, buffer.length - to);
            if (read < 0) {
                return to > from ? Optional.of(take(to, 0, false)) : Optional.empty();
            }
            to += read;
            heard.run();
        }
    }

    private Line take(int end, int feed, boolean cut) {
        Line line = new Line(Arrays.copyOfRange(buffer, from, end), cut, feed > 0);
        from = end + feed;
        return line;
    }

    private void makeRoom() {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == buffer.length) {
            int pending = to - from;
            byte[] target = pending > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, from, target, 0, pending);
            buffer = target;
            from = 0;
            to = pending;
        }
    }
}
