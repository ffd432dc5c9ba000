package org.evolvent.store.internal.json;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Event;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Amendments of studies, within events. */
final class AmendmentJson {
    private AmendmentJson() {}

    static void write(JsonGenerator json, Event.StudyAmended amended) {
        json.writeArrayPropertyStart("changes");
        for (Event.Change change : amended.changes()) {
            json.writeStartObject();
            json.writeStringProperty("key", change.key());
            change.from().ifPresent(from -> json.writeStringProperty("from", from));
            change.to().ifPresent(to -> json.writeStringProperty("to", to));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("definition", amended.definition());
        json.writeArrayPropertyStart("changed");
        amended.hyperparameters().forEach((member, hyperparameters) -> {
            json.writeStartObject();
            json.writeNumberProperty("member", member.index());
            EventWriter.hyperparameters(json, "hyperparameters", hyperparameters);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeArrayPropertyStart("joined");
        for (Event.Newcomer newcomer : amended.joined()) {
            json.writeStartObject();
            json.writeNumberProperty("member", newcomer.member().index());
            EventWriter.hyperparameters(json, "hyperparameters", newcomer.hyperparameters());
            EventWriter.reference(json, "weights", newcomer.weights());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("left");
        amended.left().forEach(member -> json.writeNumber(member.index()));
        json.writeEndArray();
    }

    static Event.StudyAmended read(JsonNode event, Instant at) {
        List<Event.Change> changes = new ArrayList<>();
        for (JsonNode each : event.required("changes")) {
            changes.add(new Event.Change(each.required("key").stringValue(), text(each, "from"), text(each, "to")));
        }
        Map<MemberId, Hyperparameters> changed = new LinkedHashMap<>();
        for (JsonNode each : event.required("changed")) {
            changed.put(
                    EventReader.member(each, "member"), PlainJson.hyperparameters(each.required("hyperparameters")));
        }
        List<Event.Newcomer> joined = new ArrayList<>();
        for (JsonNode each : event.required("joined")) {
            joined.add(new Event.Newcomer(
                    EventReader.member(each, "member"),
                    PlainJson.hyperparameters(each.required("hyperparameters")),
                    EventReader.reference(each, "weights")));
        }
        List<MemberId> left = new ArrayList<>();
        event.required("left").forEach(each -> left.add(new MemberId(each.intValue())));
        return new Event.StudyAmended(event.required("definition").stringValue(), changes, changed, joined, left, at);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.has(name) ? Optional.of(node.get(name).stringValue()) : Optional.empty();
    }
}
