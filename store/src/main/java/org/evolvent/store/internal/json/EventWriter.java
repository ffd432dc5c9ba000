package org.evolvent.store.internal.json;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.evolvent.core.decision.Decision;
import org.evolvent.core.decision.Evidence;
import org.evolvent.core.population.CheckpointRef;
import org.evolvent.core.population.Score;
import org.evolvent.core.space.Hyperparameters;
import org.evolvent.core.study.Attempt;
import org.evolvent.core.study.Event;
import org.evolvent.core.study.Execution;
import tools.jackson.core.JsonGenerator;

/** Writes events in version 2. */
final class EventWriter {
    private EventWriter() {}

    static String type(Event event) {
        if (event instanceof Event.IntervalFinished) {
            return "interval_finished";
        }
        if (event instanceof Event.Decided) {
            return "decided";
        }
        if (event instanceof Event.AttemptFailed) {
            return "attempt_failed";
        }
        if (event instanceof Event.StudyCreated) {
            return "study_created";
        }
        if (event instanceof Event.PopulationCreated) {
            return "population_created";
        }
        if (event instanceof Event.CheckpointsLost) {
            return "checkpoints_lost";
        }
        if (event instanceof Event.IntervalSuspended) {
            return "interval_suspended";
        }
        if (event instanceof Event.StudyAmended) {
            return "study_amended";
        }
        return event instanceof Event.StudyResumed ? "study_resumed" : "study_ended";
    }

    static void write(JsonGenerator json, Event event) {
        json.writeStartObject();
        json.writeNumberProperty("v", EventJson.VERSION);
        json.writeStringProperty("type", type(event));
        if (event instanceof Event.IntervalFinished finished) {
            finished(json, finished);
        } else if (event instanceof Event.Decided decided) {
            json.writeNumberProperty("member", decided.member().index());
            json.writeNumberProperty("interval", decided.interval());
            json.writeName("decision");
            decision(json, decided.decision());
        } else if (event instanceof Event.AttemptFailed failed) {
            json.writeName("attempt");
            attempt(json, failed.attempt());
            json.writeStringProperty("fault", failed.fault().isTrainers() ? "trainer" : "place");
            if (failed.fault() == Event.Fault.TRAINER_AGAIN) {
                json.writeBooleanProperty("again", true);
            }
            json.writeStringProperty("message", failed.message());
            execution(json, failed.execution());
        } else if (event instanceof Event.IntervalSuspended suspended) {
            json.writeName("attempt");
            attempt(json, suspended.attempt());
            measured(json, suspended.metrics(), suspended.samples());
            json.writeStringProperty("checkpoint", suspended.checkpoint().digest());
            json.writeNumberProperty("checkpoint_bytes", suspended.checkpointBytes());
            execution(json, suspended.execution());
        } else if (event instanceof Event.StudyCreated created) {
            json.writeStringProperty("definition", created.definition());
            at(json, created.at());
        } else if (event instanceof Event.PopulationCreated created) {
            json.writeArrayPropertyStart("hyperparameters");
            created.hyperparameters().forEach(each -> PlainJson.write(json, each.plain()));
            json.writeEndArray();
            if (!created.founders().isEmpty()) {
                FounderJson.write(json, created.founders());
            }
        } else if (event instanceof Event.CheckpointsLost lost) {
            json.writeArrayPropertyStart("checkpoints");
            lost.checkpoints().forEach(id -> json.writeString(id.digest()));
            json.writeEndArray();
            json.writeArrayPropertyStart("stranded");
            lost.stranded().forEach(member -> json.writeNumber(member.index()));
            json.writeEndArray();
            json.writeStringProperty("reason", lost.reason());
            at(json, lost.at());
        } else if (event instanceof Event.StudyAmended amended) {
            AmendmentJson.write(json, amended);
            at(json, amended.at());
        } else if (event instanceof Event.StudyResumed resumed) {
            at(json, resumed.at());
        } else if (event instanceof Event.StudyEnded ended) {
            json.writeStringProperty(
                    "reason",
                    switch (ended.reason()) {
                        case BUDGET -> "budget";
                        case TARGET -> "target";
                        case WALL_CLOCK -> "wall_clock";
                        case FAILURE -> "failure";
                    });
            at(json, ended.at());
        }
        json.writeEndObject();
    }

    private static void finished(JsonGenerator json, Event.IntervalFinished finished) {
        json.writeName("attempt");
        attempt(json, finished.attempt());
        if (finished.score() instanceof Score.Absent absent) {
            json.writeStringProperty("absent", absent.reason());
        } else if (finished.score() instanceof Score.Valid valid) {
            json.writeNumberProperty("score", valid.value());
        } else {
            json.writeStringProperty("invalid", ((Score.Invalid) finished.score()).reason());
        }
        measured(json, finished.metrics(), finished.samples());
        json.writeStringProperty("checkpoint", finished.checkpoint().digest());
        json.writeNumberProperty("checkpoint_bytes", finished.checkpointBytes());
        execution(json, finished.execution());
    }

    private static void measured(JsonGenerator json, Map<String, Double> metrics, List<Double> samples) {
        json.writeObjectPropertyStart("metrics");
        for (Map.Entry<String, Double> metric : metrics.entrySet()) {
            json.writeName(metric.getKey());
            number(json, metric.getValue());
        }
        json.writeEndObject();
        json.writeArrayPropertyStart("samples");
        samples.forEach(sample -> number(json, sample));
        json.writeEndArray();
    }

    private static void attempt(JsonGenerator json, Attempt attempt) {
        json.writeStartObject();
        json.writeNumberProperty("member", attempt.member().index());
        json.writeNumberProperty("interval", attempt.interval());
        json.writeNumberProperty("number", attempt.number());
        json.writeNumberProperty("step_from", attempt.stepFrom());
        json.writeNumberProperty("steps", attempt.steps());
        hyperparameters(json, "hyperparameters", attempt.hyperparameters());
        reference(json, "parent", attempt.parent());
        json.writeNumberProperty("seed", attempt.seed());
        attempt.reseed().ifPresent(seed -> json.writeNumberProperty("reseed", seed));
        attempt.time().ifPresent(time -> json.writeNumberProperty("time_nanos", time.toNanos()));
        json.writeEndObject();
    }

    private static void decision(JsonGenerator json, Decision decision) {
        json.writeStartObject();
        if (decision instanceof Decision.Exploit exploit) {
            json.writeStringProperty("kind", "exploit");
            json.writeNumberProperty("donor", exploit.donor().index());
            json.writeNumberProperty("donor_interval", exploit.donorInterval());
            reference(json, "weights", exploit.weights());
            hyperparameters(json, "before", exploit.before());
            hyperparameters(json, "after", exploit.after());
        } else if (decision instanceof Decision.Explore explore) {
            json.writeStringProperty("kind", "explore");
            hyperparameters(json, "before", explore.before());
            hyperparameters(json, "after", explore.after());
        } else {
            json.writeStringProperty("kind", decision instanceof Decision.Stop ? "stop" : "continue");
        }
        json.writeStringProperty("reason", decision.reason());
        evidence(json, decision.evidence());
        json.writeEndObject();
    }

    private static void evidence(JsonGenerator json, Evidence evidence) {
        json.writeName("evidence");
        PlainJson.write(json, evidence.facts());
    }

    static void hyperparameters(JsonGenerator json, String name, Hyperparameters hyperparameters) {
        json.writeName(name);
        PlainJson.write(json, hyperparameters.plain());
    }

    static void reference(JsonGenerator json, String name, Optional<CheckpointRef> reference) {
        if (reference.isPresent()) {
            CheckpointRef ref = reference.get();
            json.writeObjectPropertyStart(name);
            json.writeNumberProperty("member", ref.member().index());
            json.writeNumberProperty("interval", ref.interval());
            json.writeNumberProperty("step", ref.step());
            json.writeStringProperty("checkpoint", ref.id().digest());
            json.writeEndObject();
        }
    }

    private static void execution(JsonGenerator json, Execution execution) {
        json.writeObjectPropertyStart("execution");
        json.writeNumberProperty("slot", execution.slot());
        json.writeStringProperty("started_at", execution.startedAt().toString());
        json.writeStringProperty("finished_at", execution.finishedAt().toString());
        json.writeNumberProperty("training_nanos", execution.training().toNanos());
        execution.place().ifPresent(place -> json.writeStringProperty("place", place));
        json.writeEndObject();
    }

    private static void at(JsonGenerator json, Instant at) {
        json.writeStringProperty("at", at.toString());
    }

    static void number(JsonGenerator json, double number) {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeString(Double.toString(number));
        }
    }
}
