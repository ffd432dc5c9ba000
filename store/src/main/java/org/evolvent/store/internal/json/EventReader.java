package org.evolvent.store.internal.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointId;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.MemberId;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import org.evolvent.runtime.EvolventException;
import tools.jackson.databind.JsonNode;

/** Reads events of versions 1 and 2; the latter has {@code checkpoints_lost} in addition. Throws {@link IllegalArgumentException} or what Jackson throws where a field is missing or of another type. */
final class EventReader {
    private EventReader() {}

    static Event read(long seq, JsonNode event) {
        String type = event.required("type").stringValue();
        return switch (type) {
            case "interval_finished" -> finished(event);
            case "decided" ->
                new Event.Decided(
                        member(event, "member"),
                        event.required("interval").intValue(),
                        decision(event.required("decision")));
            case "attempt_failed" ->
                new Event.AttemptFailed(
                        attempt(event.required("attempt")),
                        fault(event),
                        event.required("message").stringValue(),
                        execution(event.required("execution")));
            case "interval_suspended" ->
                new Event.IntervalSuspended(
                        attempt(event.required("attempt")),
                        metrics(event),
                        samples(event),
                        checkpoint(event),
                        event.required("checkpoint_bytes").longValue(),
                        execution(event.required("execution")));
            case "study_created" ->
                new Event.StudyCreated(event.required("definition").stringValue(), instant(event, "at"));
            case "population_created" ->
                new Event.PopulationCreated(list(event.required("hyperparameters")), FounderJson.read(event));
            case "checkpoints_lost" -> lost(event);
            case "study_amended" -> AmendmentJson.read(event, instant(event, "at"));
            case "study_resumed" -> new Event.StudyResumed(instant(event, "at"));
            case "study_ended" ->
                new Event.StudyEnded(end(event.required("reason").stringValue()), instant(event, "at"));
            default ->
                throw new EvolventException(
                        "Event %s of the log is of type '%s', which this program does not know.\nMaybe it was written by a newer Evolvent: use that one."
                                .formatted(seq, type));
        };
    }

    private static Event lost(JsonNode event) {
        List<CheckpointId> checkpoints = new ArrayList<>();
        event.required("checkpoints").forEach(each -> checkpoints.add(new CheckpointId(each.stringValue())));
        List<MemberId> stranded = new ArrayList<>();
        event.required("stranded").forEach(each -> stranded.add(new MemberId(each.intValue())));
        return new Event.CheckpointsLost(
                checkpoints, stranded, event.required("reason").stringValue(), instant(event, "at"));
    }

    private static Event finished(JsonNode event) {
        return new Event.IntervalFinished(
                attempt(event.required("attempt")),
                score(event),
                metrics(event),
                samples(event),
                checkpoint(event),
                event.required("checkpoint_bytes").longValue(),
                execution(event.required("execution")));
    }

    private static Map<String, Double> metrics(JsonNode node) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        node.required("metrics").properties().forEach(each -> metrics.put(each.getKey(), number(each.getValue())));
        return Collections.unmodifiableMap(metrics);
    }

    private static List<Double> samples(JsonNode node) {
        List<Double> samples = new ArrayList<>();
        node.required("samples").forEach(each -> samples.add(number(each)));
        return List.copyOf(samples);
    }

    private static Score score(JsonNode event) {
        if (event.has("absent")) {
            return new Score.Absent(event.get("absent").stringValue());
        }
        return event.has("invalid")
                ? new Score.Invalid(event.get("invalid").stringValue())
                : new Score.Valid(event.required("score").doubleValue());
    }

    private static Attempt attempt(JsonNode node) {
        return new Attempt(
                member(node, "member"),
                node.required("interval").intValue(),
                node.required("number").intValue(),
                node.required("step_from").longValue(),
                node.required("steps").longValue(),
                hyperparameters(node.required("hyperparameters")),
                reference(node, "parent"),
                node.required("seed").longValue(),
                node.has("reseed") ? Optional.of(node.get("reseed").intValue()) : Optional.empty(),
                node.has("time_nanos")
                        ? Optional.of(Duration.ofNanos(node.get("time_nanos").longValue()))
                        : Optional.empty());
    }

    private static Decision decision(JsonNode node) {
        String kind = node.required("kind").stringValue();
        String reason = node.required("reason").stringValue();
        Evidence evidence = Evidence.of(PlainJson.object(node.required("evidence")));
        return switch (kind) {
            case "continue" -> new Decision.Continue(reason, evidence);
            case "exploit" ->
                new Decision.Exploit(
                        member(node, "donor"),
                        node.required("donor_interval").intValue(),
                        reference(node, "weights"),
                        hyperparameters(node.required("before")),
                        hyperparameters(node.required("after")),
                        reason,
                        evidence);
            case "explore" ->
                new Decision.Explore(
                        hyperparameters(node.required("before")),
                        hyperparameters(node.required("after")),
                        reason,
                        evidence);
            case "stop" -> new Decision.Stop(reason, evidence);
            default ->
                throw new IllegalArgumentException(
                        "The decision is '%s' but must be continue, exploit, explore or stop".formatted(kind));
        };
    }

    private static Event.Fault fault(JsonNode event) {
        String name = event.required("fault").stringValue();
        return switch (name) {
            case "trainer" ->
                event.has("again") && event.get("again").booleanValue()
                        ? Event.Fault.TRAINER_AGAIN
                        : Event.Fault.TRAINER;
            case "place" -> Event.Fault.PLACE;
            default ->
                throw new IllegalArgumentException("The fault is '%s' but must be trainer or place".formatted(name));
        };
    }

    private static Event.End end(String name) {
        return switch (name) {
            case "budget" -> Event.End.BUDGET;
            case "target" -> Event.End.TARGET;
            case "wall_clock" -> Event.End.WALL_CLOCK;
            case "failure" -> Event.End.FAILURE;
            default ->
                throw new IllegalArgumentException(
                        "The reason is '%s' but must be budget, target or wall_clock".formatted(name));
        };
    }

    private static Hyperparameters hyperparameters(JsonNode node) {
        return PlainJson.hyperparameters(node);
    }

    private static List<Hyperparameters> list(JsonNode array) {
        List<Hyperparameters> list = new ArrayList<>();
        array.forEach(each -> list.add(hyperparameters(each)));
        return list;
    }

    static MemberId member(JsonNode node, String name) {
        return new MemberId(node.required(name).intValue());
    }

    static Optional<CheckpointRef> reference(JsonNode node, String name) {
        return node.has(name)
                ? Optional.of(new CheckpointRef(
                        member(node.get(name), "member"),
                        node.get(name).required("interval").intValue(),
                        node.get(name).required("step").longValue(),
                        checkpoint(node.get(name))))
                : Optional.empty();
    }

    private static CheckpointId checkpoint(JsonNode node) {
        return new CheckpointId(node.required("checkpoint").stringValue());
    }

    private static Execution execution(JsonNode node) {
        return new Execution(
                node.required("slot").intValue(),
                instant(node, "started_at"),
                instant(node, "finished_at"),
                Duration.ofNanos(node.required("training_nanos").longValue()),
                node.has("place") ? Optional.of(node.get("place").stringValue()) : Optional.empty());
    }

    private static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.required(name).stringValue());
    }

    static double number(JsonNode node) {
        return node.isString() ? Double.parseDouble(node.stringValue()) : node.doubleValue();
    }
}
