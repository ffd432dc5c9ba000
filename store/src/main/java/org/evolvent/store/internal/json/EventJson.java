package org.evolvent.store.internal.json;

import java.io.StringWriter;
import java.time.DateTimeException;
import org.evolvent.core.study.Event;
import org.evolvent.runtime.EvolventException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as JSON, one object each: {@code {"v":1,"type":"interval_finished",...}}. What is written is the same on every platform and
 * JDK, bit by bit; what is read equals what was written, the bits of doubles and the types of hyperparameters included. NaN and the
 * infinities, which JSON does not have, are the strings {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"}.
 */
public final class EventJson {
    /** The version that is written. */
    public static final int VERSION = 2;

    /** Its own shortest form of doubles: what the JDK prints changed with version 19. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final JsonMapper MAPPER = new JsonMapper(FACTORY);
    private static final int TYPICAL_CHARS = 1024;

    private EventJson() {}

    /** Returns the name of an event's type, such as {@code interval_finished}. */
    public static String type(Event event) {
        return EventWriter.type(event);
    }

    /** Returns an event as JSON in the present version. */
    public static String write(Event event) {
        StringWriter text = new StringWriter(TYPICAL_CHARS);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            EventWriter.write(json, event);
        }
        return text.toString();
    }

    /**
     * Reads an event of any version that was ever written.
     *
     * @param seq its place in the log, from 1; for messages only
     * @throws EvolventException when the text is damaged, or of a version or type that this program does not know
     */
    public static Event read(long seq, String text) {
        try {
            JsonNode event = MAPPER.readTree(text);
            int version = event.required("v").intValue();
            if (version < 1 || version > VERSION) {
                throw new EvolventException(
                        "Event %s of the log has version %s, but this program reads versions 1 to %s.\nMaybe it was written by a newer Evolvent: use that one."
                                .formatted(seq, version, VERSION));
            }
            return EventReader.read(seq, event);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new EvolventException(
                    "Event %s of the log cannot be read: %s\nIt is: %s".formatted(seq, e.getMessage(), clipped(text)),
                    e);
        }
    }

    private static String clipped(String text) {
        return text.length() <= TYPICAL_CHARS ? text : text.substring(0, TYPICAL_CHARS) + "...";
    }
}
