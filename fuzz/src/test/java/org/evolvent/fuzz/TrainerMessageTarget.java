package org.evolvent.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.evolvent.trainer.internal.LineReader;
import org.evolvent.trainer.internal.process.MalformedMessage;
import org.evolvent.trainer.internal.process.Wire;

/** Whatever a trainer writes, it is cut into the same lines however it arrives, and each is log, an answer, or malformed. */
public final class TrainerMessageTarget {
    private static final int LONGEST = 1 << 12;

    private TrainerMessageTarget() {}

    /** Loads what it needs before any time is taken. */
    public static void fuzzerInitialize() {
        fuzzerTestOneInput("{}\n{\"evolvent\":1,\"type\":\"ok\",\"id\":1}".getBytes(StandardCharsets.UTF_8));
    }

    /** Reads all that one trainer ever wrote. */
    public static void fuzzerTestOneInput(byte[] input) {
        List<LineReader.Line> lines = lines(new ByteArrayInputStream(input));
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (LineReader.Line line : lines) {
            joined.writeBytes(line.bytes());
            if (line.ended()) {
                joined.write('\n');
            }
            Law.holds(line.bytes().length <= LONGEST, "a line is cut where it is too long");
            message(line.bytes());
        }
        Law.holds(Arrays.equals(joined.toByteArray(), input), "nothing is lost");
        Law.equal(shown(lines(new Trickle(input))), shown(lines));
    }

    private static List<LineReader.Line> lines(InputStream in) {
        List<LineReader.Line> lines = new ArrayList<>();
        LineReader reader = new LineReader(in, LONGEST);
        try {
            for (Optional<LineReader.Line> line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.add(line.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static List<String> shown(List<LineReader.Line> lines) {
        return lines.stream()
                .map(line -> Arrays.hashCode(line.bytes()) + " cut " + line.cut() + " ended " + line.ended())
                .toList();
    }

    private static void message(byte[] line) {
        int start = Wire.messageStart(line);
        try {
            if (start >= 0) {
                Law.equal(Wire.decode(line, start), Wire.decode(line, start));
            } else {
                Law.equal(Wire.metricsOf(line), Wire.metricsOf(line));
            }
        } catch (MalformedMessage e) {
            Law.readable(e.getMessage());
        }
    }

    /** A pipe that gives one byte at a time. */
    private static final class Trickle extends InputStream {
        private final InputStream in;

        Trickle(byte[] bytes) {
            in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, Math.min(length, 1));
        }
    }
}
