package org.evolvent.store.internal.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.study.Event;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** What members begin from that another study has trained, within events. */
final class FounderJson {
    private FounderJson() {}

    static void write(JsonGenerator json, List<Event.Founder> founders) {
        json.writeArrayPropertyStart("founders");
        for (Event.Founder founder : founders) {
            json.writeStartObject();
            json.writeNumberProperty("member", founder.member().index());
            json.writeStringProperty("checkpoint", founder.weights().digest());
            json.writeNumberProperty("step", founder.step());
            json.writeObjectPropertyStart("metrics");
            founder.metrics().forEach((name, value) -> {
                json.writeName(name);
                EventWriter.number(json, value);
            });
            json.writeEndObject();
            json.writeArrayPropertyStart("samples");
            founder.samples().forEach(sample -> EventWriter.number(json, sample));
            json.writeEndArray();
            json.writeStringProperty("origin", founder.origin());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Returns those of an event that may have none. */
    static List<Event.Founder> read(JsonNode event) {
        List<Event.Founder> founders = new ArrayList<>();
        event.path("founders").forEach(each -> {
            Map<String, Double> metrics = new LinkedHashMap<>();
            each.required("metrics")
                    .properties()
                    .forEach(metric -> metrics.put(metric.getKey(), EventReader.number(metric.getValue())));
            List<Double> samples = new ArrayList<>();
            each.required("samples").forEach(sample -> samples.add(EventReader.number(sample)));
            founders.add(new Event.Founder(
                    EventReader.member(each, "member"),
                    new CheckpointId(each.required("checkpoint").stringValue()),
                    each.required("step").longValue(),
                    Collections.unmodifiableMap(metrics),
                    samples,
                    each.required("origin").stringValue()));
        });
        return founders;
    }
}
