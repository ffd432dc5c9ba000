package org.evolvent.store.internal.run;

import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.evolvent.core.lineage.Lineage;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.store.internal.json.PlainJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code schedule.json}: the hyperparameters that made a model. */
public final class ScheduleJson {
    private static final JsonMapper JSON = new JsonMapper();

    private ScheduleJson() {}

    /**
     * Returns the text of the file.
     *
     * @param study the study's name
     * @param seed by which the model was trained
     * @param score what it scored, finite
     * @param model the model itself
     * @param segments from the first step to the last, at least one; the last one names the member and its interval
     * @param beginning the weights that the first begins with; empty for freshly initialised ones
     */
    public static String of(
            String study,
            long seed,
            double score,
            CheckpointId model,
            List<Lineage.Segment> segments,
            Optional<CheckpointRef> beginning) {
        Lineage.Segment last = segments.get(segments.size() - 1);
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.writerWithDefaultPrettyPrinter().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringProperty("study", study);
            json.writeNumberProperty("seed", seed);
            json.writeNumberProperty("score", score);
            json.writeNumberProperty("member", last.member().index());
            json.writeNumberProperty("interval", last.interval());
            json.writeStringProperty("checkpoint", model.digest());
            if (beginning.isPresent()) {
                json.writeStringProperty("begins_with", beginning.get().id().digest());
            }
            json.writeArrayPropertyStart("schedule");
            for (Lineage.Segment segment : segments) {
                json.writeStartObject();
                json.writeNumberProperty("from_step", segment.fromStep());
                json.writeNumberProperty("to_step", segment.toStep());
                json.writeNumberProperty("member", segment.member().index());
                json.writeNumberProperty("interval", segment.interval());
                json.writeName("hyperparameters");
                PlainJson.write(json, segment.hyperparameters().plain());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
