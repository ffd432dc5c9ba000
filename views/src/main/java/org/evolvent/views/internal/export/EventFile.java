package org.evolvent.views.internal.export;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.zip.CRC32C;
import org.evolvent.runtime.EvolventException;

/**
 * A file of scalars as TensorBoard reads it: records of TensorFlow (a length and the bytes, each with a masked checksum), in each an
 * {@code Event} in protocol buffers. Values are kept as 32-bit floats. What is written is in memory until it is flushed, so that there may be
 * thousands of files.
 */
final class EventFile {
    /** TensorBoard knows its files by this, and takes those of one directory for one run. */
    static final String NAME = "events.out.tfevents.evolvent";

    private final Path file;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private boolean isNew = true;

    EventFile(Path directory, Instant begun) {
        this.file = directory.resolve(NAME);
        Message event = at(begun, 0);
        event.bytes(3, "brain.Event:2".getBytes(StandardCharsets.UTF_8));
        record(event);
    }

    void scalar(Instant at, long step, String tag, double value) {
        Message scalar = new Message();
        scalar.bytes(1, tag.getBytes(StandardCharsets.UTF_8));
        scalar.fixed32(2, Float.floatToIntBits((float) value));
        Message summary = new Message();
        summary.bytes(1, scalar.toByteArray());
        Message event = at(at, step);
        event.bytes(5, summary.toByteArray());
        record(event);
    }

    private static Message at(Instant at, long step) {
        Message event = new Message();
        event.fixed64(1, Double.doubleToLongBits(at.getEpochSecond() + at.getNano() / 1e9));
        event.varint(2, step);
        return event;
    }

    private void record(Message event) {
        byte[] bytes = event.toByteArray();
        byte[] length = little(Long.BYTES).putLong(bytes.length).array();
        pending.writeBytes(length);
        pending.writeBytes(little(Integer.BYTES).putInt(masked(length)).array());
        pending.writeBytes(bytes);
        pending.writeBytes(little(Integer.BYTES).putInt(masked(bytes)).array());
    }

    private static int masked(byte[] bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return Integer.rotateRight((int) checksum.getValue(), 15) + 0xa282ead8;
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    void flush() {
        OpenOption how = isNew ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, pending.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        } catch (IOException e) {
            throw new EvolventException("The export cannot be written to %s: %s".formatted(file, e.getMessage()), e);
        }
        isNew = false;
        pending.reset();
    }

    /** A message in protocol buffers, field by field. */
    private static final class Message {
        private static final int VARINT = 0;
        private static final int FIXED64 = 1;
        private static final int BYTES = 2;
        private static final int FIXED32 = 5;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void varint(int field, long value) {
            number((long) field << 3 | VARINT);
            number(value);
        }

        void fixed64(int field, long bits) {
            number((long) field << 3 | FIXED64);
            bytes.writeBytes(little(Long.BYTES).putLong(bits).array());
        }

        void fixed32(int field, int bits) {
            number((long) field << 3 | FIXED32);
            bytes.writeBytes(little(Integer.BYTES).putInt(bits).array());
        }

        void bytes(int field, byte[] content) {
            number((long) field << 3 | BYTES);
            number(content.length);
            bytes.writeBytes(content);
        }

        private void number(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) ((rest & 0x7f) | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
