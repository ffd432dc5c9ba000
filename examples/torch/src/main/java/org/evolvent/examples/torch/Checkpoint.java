package org.evolvent.examples.torch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that holds the parts of a trainer one after another. */
public final class Checkpoint {
    private Checkpoint() {}

    /**
     * Writes a file.
     *
     * @param file must not exist
     * @param format of the caller's parts: another number whenever what they write changes
     * @param parts in the order in which they will be read
     */
    public static void write(Path file, int format, Stateful... parts) throws IOException {
        try (DataOutputStream out = new DataOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)))) {
            out.writeInt(format);
            for (Stateful part : parts) {
                part.write(out);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote into parts of the same shapes.
     *
     * @throws IOException if the file has another format, or holds less or more than the parts
     */
    public static void read(Path file, int format, Stateful... parts) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            read(in, file.toString(), format, parts);
        }
    }

    /**
     * Reads what {@link #write} wrote from a stream.
     *
     * @param name of the stream, for messages
     */
    public static void read(InputStream stream, String name, int format, Stateful... parts) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
        int found = in.readInt();
        if (found != format) {
            throw new IOException("%s has format %d but must have %d.\nMaybe another program wrote it?"
                    .formatted(name, found, format));
        }
        for (Stateful part : parts) {
            part.read(in);
        }
        if (in.read() >= 0) {
            throw new IOException(
                    "%s holds more than is read from it.\nMaybe it is of a model of another shape?".formatted(name));
        }
    }
}
