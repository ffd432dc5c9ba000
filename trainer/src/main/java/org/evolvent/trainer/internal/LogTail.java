package org.evolvent.trainer.internal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.UUID;
import org.evolvent.core.study.Attempt;
import org.evolvent.runtime.EvolventException;
import org.evolvent.runtime.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the trainers of one slot print: the last lines in memory, all of it in a file that is turned over when it is full, so that there
 * are never more than two files of {@value #MOST_FILE_BYTES} bytes. Before the first line of an attempt stands whose it is, for
 * {@link SlotLogs}. Thread-safe.
 */
public final class LogTail implements AutoCloseable {
    /** Begins a line that says whose the next ones are; no line of a trainer does. */
    static final String MARK = "=== evolvent: ";

    static final int MOST_FILE_BYTES = 16 << 20;
    private static final int MOST_LINES = 20;
    private static final int LAST_WORDS = 3;
    private static final int LONGEST_LINE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    private final Path file;
    private final String mark = MARK + UUID.randomUUID();
    private final Deque<String> last = new ArrayDeque<>();
    private Optional<String> attempt = Optional.empty();
    private Optional<String> nextAttempt = Optional.empty();
    private boolean marked;
    private OutputStream out;
    private long fileBytes;
    private long bytes;
    private boolean broken;

    /** Opens the log file and appends to it; the directory is made. */
    public LogTail(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.out = open();
        } catch (IOException e) {
            throw new EvolventException(
                    "The trainers' log %s cannot be written: %s.\nMaybe the directory is not yours, or the disk is full?"
                            .formatted(file, e),
                    e);
        }
    }

    private OutputStream open() throws IOException {
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        fileBytes = Files.size(file);
        return opened;
    }

    /** Appends a line. */
    public void add(LineReader.Line line) {
        add(line.bytes());
    }

    /** Appends a remark of our own. */
    public void note(String remark) {
        write(("--- " + remark).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns a line that a trainer may write where the words of another attempt begin. It knows best: what it says on one stream and what it
     * answers on another may be read in any order.
     */
    public String mark() {
        return mark;
    }

    /**
     * Says whose the lines are from now on; who prints nothing costs nothing.
     *
     * @param marks whether they are from the trainer's next {@link #mark} on, or from the next process on
     */
    public synchronized void attempt(Attempt begun, Instant at, boolean marks) {
        nextAttempt = Optional.of(SlotLogs.heading(begun, at));
        if (!marks) {
            turn();
        }
    }

    private void turn() {
        if (nextAttempt.isPresent()) {
            attempt = nextAttempt;
            nextAttempt = Optional.empty();
            marked = false;
        }
    }

    /** Forgets the lines in memory and begins to count anew; a new process must not be blamed for an old one's words. */
    public synchronized void begin(boolean newProcess) {
        bytes = 0;
        if (newProcess) {
            last.clear();
            turn();
        }
    }

    /** Returns the bytes since {@link #begin}. */
    public synchronized long bytes() {
        return bytes;
    }

    /**
     * Returns what a program that failed says of a medium in its last words: the end of a traceback, or of a tool's complaint. Empty when
     * they are not about one.
     */
    public synchronized Optional<StorageException.Kind> medium() {
        return last.stream()
                .skip(Math.max(0, last.size() - LAST_WORDS))
                .flatMap(line -> StorageException.saidBy(line).stream())
                .findFirst();
    }

    /** Returns a message with the last lines below it, if there are any. */
    public synchronized String quoteBelow(String message) {
        if (last.isEmpty()) {
            return message + "\nIt logged nothing.";
        }
        StringBuilder quoted = new StringBuilder(message).append("\nIts last lines of log:");
        last.forEach(line -> quoted.append("\n  | ").append(line));
        return quoted.toString();
    }

    /** Takes a trainer's line; what it has left without an end, such as a bar of progress, stands before a mark. */
    private synchronized void add(byte[] line) {
        if (endsWithMark(line)) {
            byte[] before = Arrays.copyOf(line, line.length - mark.length());
            if (before.length > 0) {
                addLine(before);
            }
            turn();
        } else {
            addLine(line);
        }
    }

    private boolean endsWithMark(byte[] line) {
        int from = line.length - mark.length();
        return from >= 0 && new String(line, from, mark.length(), StandardCharsets.ISO_8859_1).equals(mark);
    }

    private void addLine(byte[] line) {
        bytes += line.length + 1;
        int length = Math.min(line.length, 4 * LONGEST_LINE);
        String text = new String(line, 0, length, StandardCharsets.UTF_8)
                .stripTrailing()
                .replaceAll("\\p{Cntrl}", " ");
        if (!text.isBlank()) {
            last.addLast(text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + "..." : text);
            if (last.size() > MOST_LINES) {
                last.removeFirst();
            }
        }
        write(line);
    }

    private synchronized void write(byte[] line) {
        if (broken) {
            return;
        }
        try {
            if (fileBytes > MOST_FILE_BYTES) {
                out.close();
                Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
                out = open();
                marked = false;
            }
            if (!marked && attempt.isPresent()) {
                append(new byte[0], (MARK + attempt.get()).getBytes(StandardCharsets.UTF_8));
            }
            marked = true;
            append(SlotLogs.isMark(line) ? new byte[] {' '} : new byte[0], line);
        } catch (IOException e) {
            // A full disk must not cost the study; the checkpoint store will complain louder.
            broken = true;
            LOG.warn("The trainers' log {} cannot be written any more", file, e);
        }
    }

    private void append(byte[] before, byte[] line) throws IOException {
        ByteBuffer whole = ByteBuffer.allocate(before.length + line.length + 1);
        whole.put(before).put(line).put((byte) '\n');
        out.write(whole.array());
        fileBytes += whole.capacity();
    }

    @Override
    public synchronized void close() {
        broken = true;
        try {
            out.close();
        } catch (IOException e) {
            LOG.warn("The trainers' log {} cannot be closed", file, e);
        }
    }
}
