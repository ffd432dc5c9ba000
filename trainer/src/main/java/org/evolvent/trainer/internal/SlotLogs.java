package org.evolvent.trainer.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.evolvent.core.study.Attempt;

/**
 * Reads what the trainers of all slots have printed, by attempt, also while they print. The files are those of {@link LogTail}. What stands
 * before the first heading of a file belongs to nobody and is left out. Not thread-safe.
 */
public final class SlotLogs {
    private static final byte[] MARK = LogTail.MARK.getBytes(StandardCharsets.UTF_8);
    private static final Pattern HEADING =
            Pattern.compile("member (\\d{1,9}), interval (\\d{1,9}), attempt (\\d{1,9}), (\\S+)");
    private static final Pattern FILE = Pattern.compile("slot-(\\d{1,6})\\.log");
    private static final int CHUNK = 1 << 16;

    /** Longer lines are shown in pieces. */
    private static final int LONGEST_LINE = 1 << 20;

    /**
     * An attempt that printed something.
     *
     * @param begun when
     */
    public record Source(int member, int interval, int attempt, int slot, Instant begun) {
        @Override
        public String toString() {
            return "member %s, interval %s, attempt %s (slot %s, %s)".formatted(member, interval, attempt, slot, begun);
        }
    }

    /** A piece of a file: the lines of one attempt. */
    private record Section(Source source, Path file, long from, long to) {}

    /** Takes lines. */
    public interface Reader {
        /** Takes one, without its end. */
        void line(Source source, String text);
    }

    private final Path directory;
    private final Predicate<Source> wanted;
    private final Map<Integer, Tail> tails = new TreeMap<>();

    /**
     * Reads nothing yet.
     *
     * @param directory where the files are
     * @param wanted whose lines are given
     */
    public SlotLogs(Path directory, Predicate<Source> wanted) {
        this.directory = directory;
        this.wanted = wanted;
    }

    static String heading(Attempt attempt, Instant at) {
        return "%s, %s".formatted(attempt, at);
    }

    static boolean isMark(byte[] line) {
        return line.length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length);
    }

    private static Optional<Source> source(byte[] line, int slot) {
        String text = new String(line, StandardCharsets.UTF_8);
        Matcher heading = HEADING.matcher(text.substring(LogTail.MARK.length()).strip());
        try {
            return heading.matches()
                    ? Optional.of(new Source(
                            Integer.parseInt(heading.group(1)),
                            Integer.parseInt(heading.group(2)),
                            Integer.parseInt(heading.group(3)),
                            slot,
                            Instant.parse(heading.group(4))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Gives all that is there, attempt by attempt in the order of their beginnings. */
    public void read(Reader reader) throws IOException {
        List<Section> sections = new ArrayList<>();
        for (int slot : slots()) {
            Tail tail = tails.computeIfAbsent(slot, Tail::new);
            tail.index(sections::add);
        }
        sections.sort(Comparator.comparing(section -> section.source().begun()));
        for (Section section : sections) {
            if (wanted.test(section.source())) {
                lines(
                        section.file(),
                        section.from(),
                        section.to(),
                        (line, end) -> reader.line(section.source(), text(line)));
            }
        }
    }

    /** Gives what was written since the last call, slot by slot. */
    public void readOn(Reader reader) throws IOException {
        for (int slot : slots()) {
            tails.computeIfAbsent(slot, Tail::new).readOn(reader);
        }
    }

    private List<Integer> slots() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> FILE.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.parseInt(name.group(1)))
                    .sorted()
                    .toList();
        }
    }

    /** Takes lines and where in the file the next one begins. */
    private interface Lines {
        void line(byte[] bytes, long end);
    }

    private static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8).stripTrailing();
    }

    /** Gives the whole lines between two places of a file; returns where the next one begins. */
    private static long lines(Path file, long from, long to, Lines each) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            long at = from;
            long begun = from;
            while (at < to) {
                int read = in.read(chunk, 0, (int) Math.min(chunk.length, to - at));
                if (read < 0) {
                    break;
                }
                for (int i = 0; i < read; i++) {
                    boolean ends = chunk[i] == '\n';
                    if (ends || line.size() >= LONGEST_LINE) {
                        begun = ends ? at + i + 1 : at + i;
                        each.line(line.toByteArray(), begun);
                        line.reset();
                    }
                    if (!ends) {
                        line.write(chunk[i]);
                    }
                }
                at += read;
            }
            return begun;
        }
    }

    /** How far one slot's files were read. */
    private final class Tail {
        private final int slot;
        private final Path file;
        private final Path older;
        private Optional<Object> key = Optional.empty();
        private long position;
        private Optional<Source> source = Optional.empty();

        private Tail(int slot) {
            this.slot = slot;
            this.file = directory.resolve("slot-%s.log".formatted(slot));
            this.older = directory.resolve("slot-%s.log.1".formatted(slot));
        }

        private Optional<Object> keyOf(Path path) throws IOException {
            return Files.exists(path)
                    ? Optional.ofNullable(Files.readAttributes(path, BasicFileAttributes.class)
                            .fileKey())
                    : Optional.empty();
        }

        private void index(Consumer<Section> sections) throws IOException {
            if (Files.exists(older)) {
                index(older, sections);
                position = 0;
            }
            source = Optional.empty();
            key = keyOf(file);
            index(file, sections);
        }

        private void index(Path path, Consumer<Section> sections) throws IOException {
            long[] from = {0};
            long[] to = {0};
            position = lines(path, 0, Files.size(path), (line, end) -> {
                if (isMark(line)) {
                    source.ifPresent(known -> sections.accept(new Section(known, path, from[0], to[0])));
                    source = source(line, slot);
                    from[0] = end;
                }
                to[0] = end;
            });
            source.ifPresent(known -> sections.accept(new Section(known, path, from[0], to[0])));
        }

        private void readOn(Reader reader) throws IOException {
            Optional<Object> now = keyOf(file);
            if (!now.equals(key)) {
                if (key.isPresent() && keyOf(older).equals(key)) {
                    readOn(older, reader); // It was turned over.
                }
                key = now;
                position = 0;
            }
            readOn(file, reader);
        }

        private void readOn(Path path, Reader reader) throws IOException {
            position = lines(path, position, Files.size(path), (line, end) -> {
                if (isMark(line)) {
                    source = source(line, slot);
                } else {
                    source.filter(wanted).ifPresent(known -> reader.line(known, text(line)));
                }
            });
        }
    }
}
