package org.evolvent.store.internal.snapshot;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Member;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.ReadyPoint;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Study;
import org.evolvent.store.internal.json.PlainJson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** Members and what they published, within a snapshot. */
final class MemberJson {
    private MemberJson() {}

    /** Writes the properties of a member, and its chain of the state digest. */
    static void write(JsonGenerator json, Member member, String chain) {
        json.writeStringProperty("status", member.status().name());
        json.writeNumberProperty("interval", member.interval());
        json.writeNumberProperty("attempt", member.attempt());
        json.writeNumberProperty("faults", member.faults());
        json.writeNumberProperty("trained", member.trained());
        json.writeName("hyperparameters");
        PlainJson.write(json, member.hyperparameters().plain());
        member.parent().ifPresent(parent -> write(json, "parent", parent));
        json.writeArrayPropertyStart("ancestors");
        member.ancestors().forEach(ancestor -> {
            json.writeStartObject();
            fields(json, ancestor);
            json.writeEndObject();
        });
        json.writeEndArray();
        member.last().ifPresent(last -> write(json, "last", last));
        member.suspended().ifPresent(part -> {
            json.writeObjectPropertyStart("suspended");
            write(json, "weights", part.weights());
            json.writeNumberProperty("bytes", part.bytes());
            measured(json, part.samples(), part.metrics());
            json.writeNumberProperty("training_nanos", part.training().toNanos());
            json.writeEndObject();
        });
        json.writeStringProperty("chain", chain);
    }

    /** Writes a property that is a result. Its fitness follows from its score. */
    static void write(JsonGenerator json, String name, ReadyPoint point) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("member", point.member().index());
        json.writeNumberProperty("interval", point.interval());
        json.writeNumberProperty("step", point.step());
        if (point.absences() > 0) {
            json.writeNumberProperty("absences", point.absences());
        }
        if (point.score() instanceof Score.Absent absent) {
            json.writeStringProperty("absent", absent.reason());
        } else if (point.score() instanceof Score.Valid valid) {
            json.writeNumberProperty("score", valid.value());
        } else {
            json.writeStringProperty("invalid", ((Score.Invalid) point.score()).reason());
        }
        measured(json, point.samples(), point.metrics());
        json.writeName("hyperparameters");
        PlainJson.write(json, point.hyperparameters().plain());
        point.checkpoint().ifPresent(checkpoint -> write(json, "checkpoint", checkpoint));
        json.writeEndObject();
    }

    private static void measured(JsonGenerator json, List<Double> samples, Map<String, Double> metrics) {
        json.writeArrayPropertyStart("samples");
        samples.forEach(sample -> number(json, sample));
        json.writeEndArray();
        json.writeObjectPropertyStart("metrics");
        metrics.forEach((metric, value) -> {
            json.writeName(metric);
            number(json, value);
        });
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, CheckpointRef ref) {
        json.writeObjectPropertyStart(name);
        fields(json, ref);
        json.writeEndObject();
    }

    private static void fields(JsonGenerator json, CheckpointRef ref) {
        json.writeNumberProperty("member", ref.member().index());
        json.writeNumberProperty("interval", ref.interval());
        json.writeNumberProperty("step", ref.step());
        json.writeStringProperty("id", ref.id().digest());
    }

    private static void number(JsonGenerator json, double number) {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeString(Double.toString(number));
        }
    }

    static Member member(Study study, MemberId id, JsonNode node) {
        return new Member(
                id,
                Member.Status.valueOf(node.required("status").stringValue()),
                node.required("interval").intValue(),
                node.required("attempt").intValue(),
                node.required("faults").intValue(),
                node.required("trained").longValue(),
                hyperparameters(study, node),
                ref(node, "parent"),
                ancestors(node.required("ancestors")),
                node.has("last") ? Optional.of(point(study, node.get("last"))) : Optional.empty(),
                node.has("suspended") ? Optional.of(suspended(node.get("suspended"))) : Optional.empty());
    }

    static ReadyPoint point(Study study, JsonNode node) {
        Score score = score(node);
        return new ReadyPoint(
                new MemberId(node.required("member").intValue()),
                node.required("interval").intValue(),
                node.required("step").longValue(),
                score,
                study.objective().fitness(score),
                samples(node),
                metrics(node),
                hyperparameters(study, node),
                ref(node, "checkpoint"),
                node.has("absences") ? node.get("absences").intValue() : 0);
    }

    private static Member.Suspended suspended(JsonNode node) {
        return new Member.Suspended(
                ref(node.required("weights")),
                node.required("bytes").longValue(),
                metrics(node),
                samples(node),
                Duration.ofNanos(node.required("training_nanos").longValue()));
    }

    private static Map<String, Double> metrics(JsonNode node) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        node.required("metrics").properties().forEach(each -> metrics.put(each.getKey(), number(each.getValue())));
        return metrics;
    }

    private static List<Double> samples(JsonNode node) {
        List<Double> samples = new ArrayList<>();
        node.required("samples").forEach(sample -> samples.add(number(sample)));
        return samples;
    }

    private static Score score(JsonNode node) {
        if (node.has("absent")) {
            return new Score.Absent(node.get("absent").stringValue());
        }
        return node.has("invalid")
                ? new Score.Invalid(node.get("invalid").stringValue())
                : new Score.Valid(node.required("score").doubleValue());
    }

    private static Hyperparameters hyperparameters(Study study, JsonNode node) {
        Hyperparameters read = PlainJson.hyperparameters(node.required("hyperparameters"));
        if (!study.space().contains(read)) {
            throw new IllegalArgumentException("%s are outside of the space".formatted(read));
        }
        return read;
    }

    private static List<CheckpointRef> ancestors(JsonNode array) {
        List<CheckpointRef> ancestors = new ArrayList<>();
        array.forEach(each -> ancestors.add(ref(each)));
        return List.copyOf(ancestors);
    }

    private static Optional<CheckpointRef> ref(JsonNode node, String name) {
        return node.has(name) ? Optional.of(ref(node.get(name))) : Optional.empty();
    }

    private static CheckpointRef ref(JsonNode node) {
        return new CheckpointRef(
                new MemberId(node.required("member").intValue()),
                node.required("interval").intValue(),
                node.required("step").longValue(),
                new CheckpointId(node.required("id").stringValue()));
    }

    private static double number(JsonNode node) {
        return node.isString() ? Double.parseDouble(node.stringValue()) : node.doubleValue();
    }
}
