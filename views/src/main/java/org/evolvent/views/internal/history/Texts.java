package org.evolvent.views.internal.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Texts that are much alike, by the numbers under which they were added. All but the latest are compressed, many together: the reasons of a
 * million events would be most of what the views of a study weigh. Not thread-safe.
 */
final class Texts {
    private static final int TOGETHER = 256;

    /** The members of a population have their latest decisions in about as many blocks as this. */
    private static final int MOST_OPEN = 64;

    private final List<byte[]> packed = new ArrayList<>();
    private final Map<Integer, List<String>> open = new LinkedHashMap<>(16, 0.75f, true);
    private List<String> latest = new ArrayList<>(TOGETHER);

    /** Adds a text, and returns its number. */
    int add(String text) {
        if (latest.size() == TOGETHER) {
            packed.add(pack(latest));
            latest = new ArrayList<>(TOGETHER);
        }
        latest.add(text);
        return packed.size() * TOGETHER + latest.size() - 1;
    }

    /** Returns the text with a number. */
    String get(int number) {
        int block = number / TOGETHER;
        if (block == packed.size()) {
            return latest.get(number % TOGETHER);
        }
        List<String> texts = open.get(block);
        if (texts == null) {
            texts = unpack(packed.get(block));
            if (open.size() == MOST_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
            open.put(block, texts);
        }
        return texts.get(number % TOGETHER);
    }

    private static byte[] pack(List<String> texts) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(packed, deflater))) {
            for (String text : texts) {
                byte[] bytes = text.getBytes(UTF_8);
                out.writeInt(bytes.length);
                out.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static List<String> unpack(byte[] packed) {
        List<String> texts = new ArrayList<>(TOGETHER);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(packed)))) {
            for (int i = 0; i < TOGETHER; i++) {
                texts.add(new String(in.readNBytes(in.readInt()), UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }
}
